"""The sentences that tell most about a theme: confident, of a readable length, and each saying something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from findings.report import Finding, ThemeTag

# Two quotations that share more of their words than this (Jaccard) say the same.
_SAME = 0.5
_WORDS = re.compile(r"\w+")
# Shorter than this a sentence tells little out of its context; longer, nobody reads it.
_SHORTEST, _LONGEST = 7, 45
_LONG_WORD = 5  # letters; shorter words seldom say what a sentence is about


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
    """The `count` most telling of the quotations, best first: confident, and in words that many of them use.

    Earlier ones win a tie. Of two that say the same in nearly the same words, one is left out.
    """
    if count <= 0:
        return ()
    candidates = [(candidate, _words(candidate)) for candidate in quotations]
    used = Counter(word for _, words in candidates for word in words)

    def worth(item: tuple[Quotation, frozenset[str]]) -> tuple[bool, float]:
        candidate, words = item
        telling = [used[word] for word in words if len(word) >= _LONG_WORD]
        typical = sum(telling) / len(telling) / len(candidates) if telling else 0.0
        length = len(_WORDS.findall(candidate.finding.sentence.text))
        return _SHORTEST <= length <= _LONGEST, candidate.confidence * (1 + typical)

    chosen: list[Quotation] = []
    seen: list[frozenset[str]] = []
    for candidate, words in sorted(candidates, key=worth, reverse=True):
        if all(len(words & other) <= _SAME * len(words | other) for other in seen):
            chosen.append(candidate)
            seen.append(words)
            if len(chosen) == count:
                break
    return tuple(chosen)


def _words(candidate: Quotation) -> frozenset[str]:
    return frozenset(_WORDS.findall(candidate.finding.sentence.text.casefold()))
