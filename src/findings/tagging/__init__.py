"""Tagging: sentences in context → findings with themes and sentiment; training, evaluating and keeping models."""

from __future__ import annotations

from findings.tagging.tagger import Tagger

__all__ = ["Tagger"]
