"""Which of a report's findings a reader asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from findings.codebook import Codebook
from findings.report import Finding


@dataclass(frozen=True, slots=True)
class Selection:
    """What to keep of the tagged sentences; by default every finding and nothing else.

    `themes` and `sentiments` hold names of the codebook (empty: any). `min_score` in [0, 1] leaves out the findings and
    the themes that score less. `all_sentences` keeps what is no finding too.
    Raises `ValueError`, with a sentence for the user, for a name that the codebook lacks or a score out of range.
    """

    codebook: Codebook
    themes: frozenset[str] = frozenset()
    sentiments: frozenset[str] = frozenset()
    min_score: float = 0.0
    all_sentences: bool = False

    def __post_init__(self) -> None:
        _check(self.themes, self.codebook.theme_names, "theme")
        _check(self.sentiments, self.codebook.sentiment_names, "sentiment")
        if not 0 <= self.min_score <= 1:
            raise ValueError(f"a score lies between 0 and 1, not at {self.min_score:g}")

    def select(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings to keep, in the order given; a theme that scores too little is taken off its finding."""
        kept = (self._confident(finding) for finding in findings)
        return [finding for finding in kept if finding is not None]

    def _confident(self, finding: Finding) -> Finding | None:
        if not finding.finding:
            return finding if self.all_sentences else None
        if finding.finding_score < self.min_score:
            return None
        tags = tuple(tag for tag in finding.themes if tag.score >= self.min_score)
        if len(tags) < len(finding.themes):
            finding = replace(finding, themes=tags)
        return finding if self._asked_for(finding) else None

    def _asked_for(self, finding: Finding) -> bool:
        """A theme and a sentiment asked for together must meet: the theme's own sentiment is the one that counts."""
        if not self.themes:
            return not self.sentiments or finding.sentiment in self.sentiments
        tags = [tag for tag in finding.themes if tag.theme in self.themes]
        if not tags or not self.sentiments:
            return bool(tags)
        of_sentences = self.sentiments.difference(self.codebook.theme_sentiment_names)
        return finding.sentiment in of_sentences or any(tag.sentiment in self.sentiments for tag in tags)


def _check(names: Iterable[str], known: tuple[str, ...], what: str) -> None:
    for name in names:
        if name not in known:
            close = get_close_matches(name, known, 1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise ValueError(f"the codebook has no {what} {name!r} (it has {', '.join(known) or 'none'}){hint}")
