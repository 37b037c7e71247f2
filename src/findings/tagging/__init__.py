"""Tagging: sentences in context → findings with themes and sentiment; and training, evaluating and keeping the model."""

from __future__ import annotations

from findings.tagging.tagger import Tagger

__all__ = ["Tagger"]
