"""Annotations: sentences that people have labelled with a codebook; their store, and the ways in and out of it."""

from __future__ import annotations

from findings.annotations.opinions import Conflict, Resolved, resolve
from findings.annotations.store import load_annotations, load_opinions, save_annotations

__all__ = ["Conflict", "Resolved", "load_annotations", "load_opinions", "resolve", "save_annotations"]
