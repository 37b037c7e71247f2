"""Findings → a Summary: counts, shares and quotations by theme and sentiment, over all reports and for each group."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from findings.codebook import Codebook
from findings.quotations import Quotation, most_telling, quotation
from findings.report import Finding, Judgement, Report

GROUPINGS = ("report", "authority", "year", "section", "kind")
_Z = 1.959964  # of a 95 % interval


@dataclass(frozen=True, slots=True)
class ThemeSummary:
    """What a group's findings say about one theme.

    `findings` is how many are about it, `of` how many findings the group has. `sentiments` counts the theme's own
    sentiment in each, in the codebook's order. `quotations` are the most telling for each sentiment (the key is None
    where the codebook has no sentiments).
    """

    theme: str
    findings: int
    of: int
    sentiments: Mapping[str, int]
    quotations: Mapping[str | None, tuple[Quotation, ...]] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """The share in [0, 1] of the group's findings that are about the theme; None where it has no findings."""
        return self.findings / self.of if self.of else None

    @property
    def per_hundred(self) -> Mapping[str, float]:
        """For each sentiment, how many in a hundred of the group's findings carry it about this theme."""
        return {name: 100 * count / self.of if self.of else 0.0 for name, count in self.sentiments.items()}

    @property
    def positive_share(self) -> float | None:
        """The share in [0, 1] of the first sentiment (strength) in the theme's findings; None without findings."""
        total = sum(self.sentiments.values())
        return next(iter(self.sentiments.values())) / total if total else None

    @property
    def positive_interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of `positive_share`; (0, 1) without findings."""
        return wilson(next(iter(self.sentiments.values()), 0), sum(self.sentiments.values()))

    @property
    def balance(self) -> float | None:
        """Strengths less weaknesses, over both: from -1 to 1; None without findings or with another scale than two."""
        total = sum(self.sentiments.values())
        if len(self.sentiments) != 2 or not total:
            return None
        positive, negative = self.sentiments.values()
        return (positive - negative) / total


@dataclass(frozen=True, slots=True)
class Group:
    """The counts of one group of sentences.

    `key` has a value for each grouping of the summary, None where a report does not state it; that of the whole is
    empty. `sentiments` counts findings by the sentiment of the whole sentence. `judgements` are those of its reports,
    each with the report's name.
    """

    key: tuple[str | None, ...]
    reports: tuple[str, ...]
    sentences: int
    findings: int
    sentiments: Mapping[str, int]
    themes: tuple[ThemeSummary, ...]
    judgements: tuple[tuple[str, Judgement], ...] = ()

    @property
    def name(self) -> str:
        """The group as a reader would call it."""
        return " · ".join(value or "not stated" for value in self.key) or "all reports"


@dataclass(frozen=True)
class Summary:
    """The one summary that every rendering shows: the whole, and its groups in order."""

    codebook: Codebook
    by: tuple[str, ...]
    whole: Group
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...] = ()
    reports: tuple[Report, ...] = ()

    @cached_property
    def has_balance(self) -> bool:
        """Whether themes carry one of two sentiments, so that one can be weighed against the other."""
        return len(self.codebook.theme_sentiment_names) == 2


def summarise(
    findings: Iterable[Finding],
    reports: Iterable[Report] = (),
    *,
    by: Sequence[str] = ("report",),
    quotes: int = 3,
    codebook: Codebook | None = None,
) -> Summary:
    """Summarise tagged sentences (non-findings may be among them) by one or several of `GROUPINGS`.

    `reports` give what the groupings by authority, year and kind need, and the judgements. `quotes` is how many
    quotations to choose for each theme and sentiment of each group. `codebook` (default: the one that ships) names the
    themes and sentiments that are counted. Raises `ValueError` for a grouping that is none.
    """
    for grouping in by:
        if grouping not in GROUPINGS:
            raise ValueError(f"reports cannot be grouped by {grouping!r}: use {', '.join(GROUPINGS)}")
    codebook = codebook or Codebook.default()
    tagged, read = tuple(findings), tuple(reports)
    known = {report.name: report for report in read}
    names = [report.name for report in read] + [finding.sentence.report for finding in tagged]
    keyed: dict[tuple[str | None, ...], list[Finding]] = {}
    if "section" not in by:
        for name in dict.fromkeys(names):
            keyed.setdefault(tuple(_value(grouping, name, "", known) for grouping in by), [])
    for finding in tagged:
        at = finding.sentence
        keyed.setdefault(tuple(_value(grouping, at.report, at.section, known) for grouping in by), []).append(finding)
    counter = _Counter(codebook, quotes, known, tuple(by))
    groups = [counter.group(key, members) for key, members in keyed.items()]
    if "year" in by:
        at_year = by.index("year")
        groups.sort(key=lambda group: group.key[at_year] or "")
    whole = counter.whole(tagged, tuple(dict.fromkeys(names)))
    return Summary(codebook, tuple(by), whole, tuple(groups), tuple(f for f in tagged if f.finding), read)


def wilson(successes: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share; (0, 1) where nothing was counted."""
    if not total:
        return 0.0, 1.0
    share = successes / total
    middle = share + _Z**2 / (2 * total)
    spread = _Z * math.sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2))
    scale = 1 + _Z**2 / total
    low, high = (middle - spread) / scale, (middle + spread) / scale
    return max(0.0, min(low, share)), min(1.0, max(high, share))  # rounding must not leave the share outside


def _value(grouping: str, name: str, section: str, known: Mapping[str, Report]) -> str | None:
    """A sentence's value of a grouping, by its report and section; None where the report does not state it."""
    if grouping == "report":
        return name
    if grouping == "section":
        return section or None
    metadata = known[name].metadata if name in known else None
    value = getattr(metadata, grouping) if metadata else None
    return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class _Counter:
    codebook: Codebook
    quotes: int
    known: Mapping[str, Report]
    by: tuple[str, ...]

    def whole(self, members: Sequence[Finding], names: tuple[str, ...]) -> Group:
        return self._count((), members, names)

    def group(self, key: tuple[str | None, ...], members: Sequence[Finding]) -> Group:
        names = dict.fromkeys(finding.sentence.report for finding in members)
        for report in self.known if "section" not in self.by else ():
            if key == tuple(_value(grouping, report, "", self.known) for grouping in self.by):
                names.setdefault(report)
        return self._count(key, members, tuple(names))

    def _count(self, key: tuple[str | None, ...], members: Sequence[Finding], names: tuple[str, ...]) -> Group:
        found = [finding for finding in members if finding.finding]
        of_sentences = Counter(finding.sentiment for finding in found)
        return Group(
            key=key,
            reports=names,
            sentences=len(members),
            findings=len(found),
            sentiments={name: of_sentences[name] for name in self.codebook.sentiment_names},
            themes=tuple(self._theme(theme, found) for theme in self.codebook.theme_names),
            judgements=tuple(
                (name, judgement) for name in names if name in self.known for judgement in self.known[name].judgements
            ),
        )

    def _theme(self, theme: str, found: Sequence[Finding]) -> ThemeSummary:
        about = [quotation(finding, tag) for finding in found for tag in finding.themes if tag.theme == theme]
        counts = Counter(quoted.sentiment for quoted in about)
        scale: tuple[str | None, ...] = self.codebook.theme_sentiment_names or (None,)
        return ThemeSummary(
            theme=theme,
            findings=len(about),
            of=len(found),
            sentiments={name: counts[name] for name in self.codebook.theme_sentiment_names},
            quotations={
                name: most_telling((quoted for quoted in about if quoted.sentiment == name), self.quotes)
                for name in scale
            },
        )
