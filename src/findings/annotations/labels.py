"""A sentence's labels as one line of text, `weakness; workforce=weakness`, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from findings.report import Annotation

NOT_A_FINDING = "not a finding"
_NO_SENTIMENT = "finding"


class Labels(NamedTuple):
    """What is said of one sentence."""

    finding: bool
    sentiment: str | None
    themes: Mapping[str, str | None]

    @classmethod
    def of(cls, annotation: Annotation) -> Labels:
        """What an annotation says."""
        return cls(annotation.finding, annotation.sentiment, annotation.themes)

    def __str__(self) -> str:
        if not self.finding:
            return NOT_A_FINDING
        themes = (f"{theme}={sentiment}" if sentiment else theme for theme, sentiment in sorted(self.themes.items()))
        return "; ".join((self.sentiment or _NO_SENTIMENT, *themes))


def parse_labels(line: str) -> Labels | None:
    """The labels that `str(labels)` wrote, None for an empty line."""
    first, *rest = (part.strip() for part in line.split(";"))
    if not first:
        return None
    if first == NOT_A_FINDING:
        return Labels(False, None, {})
    pairs = (part.partition("=") for part in rest if part)
    return Labels(True, None if first == _NO_SENTIMENT else first, {theme: value or None for theme, _, value in pairs})
