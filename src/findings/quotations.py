"""The sentences that tell most about a theme: confident, of a readable length, and each saying something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from findings.report import Finding, ThemeTag

# Two quotations that share more of their words than this (Jaccard) say the same.
_SAME = 0.5
_WORDS = re.compile(r"\w+")
# Shorter than this a sentence tells little out of its context; longer, nobody reads it.
_SHORTEST, _LONGEST = 7, 45


@dataclass(frozen=True, slots=True)
class Quotation:
    """A finding quoted for one of its themes; `confidence` in [0, 1]: how sure the model is of theme and sentiment."""

    finding: Finding
    theme: str
    sentiment: str | None
    confidence: float


def quotation(finding: Finding, tag: ThemeTag) -> Quotation:
    """The finding as a quotation for one of its tags."""
    sure = finding.sentiment_score if finding.sentiment == tag.sentiment else None
    return Quotation(finding, tag.theme, tag.sentiment, tag.score * (0.5 if sure is None else sure))


def most_telling(quotations: Iterable[Quotation], count: int) -> tuple[Quotation, ...]:
    """The `count` most telling of the quotations, best first; earlier ones win a tie."""
    if count <= 0:
        return ()
    chosen: list[Quotation] = []
    seen: list[frozenset[str]] = []
    for candidate in sorted(quotations, key=_worth, reverse=True):
        words = _words(candidate)
        if all(len(words & other) <= _SAME * len(words | other) for other in seen):
            chosen.append(candidate)
            seen.append(words)
            if len(chosen) == count:
                break
    return tuple(chosen)


def _worth(candidate: Quotation) -> tuple[bool, float]:
    length = len(_WORDS.findall(candidate.finding.sentence.text))
    return _SHORTEST <= length <= _LONGEST, candidate.confidence


def _words(candidate: Quotation) -> frozenset[str]:
    return frozenset(_WORDS.findall(candidate.finding.sentence.text.casefold()))
