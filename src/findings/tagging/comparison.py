"""Is one model better than another? Both on the same annotations, with the paired difference and its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from findings.annotations.labels import Labels
from findings.codebook import Codebook
from findings.errors import ModelError
from findings.report import Annotation, Finding
from findings.tagging.evaluation import (
    NOT_FINDING,
    Metrics,
    counts_by_report,
    f1_scores,
    labels_of,
    measure,
)
from findings.tagging.tagger import Tagger, as_sentence

Floats = NDArray[np.float64]
Verdict = Literal["better", "no worse", "worse"]

OVERALL = "overall"
# A new model may fall this far behind overall before it is called worse: less than what another seed changes.
MARGIN = 0.005
_RESAMPLES = 1000
_FEWEST_REPORTS = 5  # with fewer, sentences are resampled instead


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of both models, in [0, 1], `difference` = new − old, and its 95% interval (None for one sentence)."""

    measure: str
    old: float
    new: float
    difference: float
    interval: tuple[float, float] | None

    @property
    def clear(self) -> int:
        """1 where the new model is clearly better in this, -1 where it is clearly worse, 0 where that is open."""
        low, high = self.interval or (0.0, 0.0)
        return 1 if low > 0 else -1 if high < 0 else 0


@dataclass(frozen=True, slots=True)
class ChangedTags:
    """A sentence that the two models tag differently."""

    annotation: Annotation
    old: Labels
    new: Labels

    @property
    def outcome(self) -> Literal["now right", "now wrong", "still wrong"]:
        """What the change did, as the annotation sees it."""
        said = Labels.of(self.annotation)
        return "now right" if self.new == said else "now wrong" if self.old == said else "still wrong"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same annotations.

    `differences` are those of the headline measures (theme macro-F1, F1 of what is no finding, sentiment accuracy),
    of their mean (`overall`, first), and of each theme. `resampled` says what the bootstrap drew: reports or sentences.
    `dropped` and `added` are the themes that only the old or the new model knows; they are left out.

    The verdict: worse where overall falls by more than `MARGIN`, or a headline measure is clearly worse (its interval
    lies below 0); better where overall is clearly better; else no worse.
    """

    old: Metrics
    new: Metrics
    differences: tuple[Difference, ...]
    changed: tuple[ChangedTags, ...]
    resampled: Literal["reports", "sentences"]
    dropped: tuple[str, ...]
    added: tuple[str, ...]
    verdict: Verdict

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain JSON values."""
        return {
            "verdict": self.verdict,
            "old": self.old.to_dict(),
            "new": self.new.to_dict(),
            "resampled": self.resampled,
            "differences": [asdict(difference) for difference in self.differences],
            "dropped_themes": list(self.dropped),
            "added_themes": list(self.added),
            "changed": [
                {
                    "id": change.annotation.id,
                    "text": change.annotation.text,
                    "outcome": change.outcome,
                    "annotated": str(Labels.of(change.annotation)),
                    "old": str(change.old),
                    "new": str(change.new),
                }
                for change in self.changed
            ],
        }


def compare(old: Tagger, new: Tagger, annotations: Sequence[Annotation]) -> Comparison:
    """Compare two models on annotations that neither was trained on, made with the new model's codebook.

    Raises `ModelError` where their codebooks have no theme in common, or there are no annotations.
    """
    sentences = [as_sentence(annotation) for annotation in annotations]
    old_findings, new_findings = (
        tagger.decide(sentences, tagger.probabilities(sentences), explain=False) for tagger in (old, new)
    )
    return compare_findings(old_findings, new_findings, annotations, old.codebook_, new.codebook_)


def compare_findings(
    old: Sequence[Finding],
    new: Sequence[Finding],
    annotations: Sequence[Annotation],
    old_codebook: Codebook,
    new_codebook: Codebook,
) -> Comparison:
    """Compare what two models made of the same annotated sentences, in the same order; see `compare`."""
    if not annotations:
        raise ModelError("There are no annotations to compare the models on; name some that neither has seen.")
    shared = _shared(old_codebook, new_codebook)
    said = [_annotation_in(shared, one) for one in annotations]
    tagged = [[_finding_in(shared, one) for one in findings] for findings in (old, new)]
    few = len({one.report for one in said}) < _FEWEST_REPORTS
    units = [replace(one, report=one.id) for one in said] if few else said
    differences = _differences(tagged[0], tagged[1], units, shared)
    return Comparison(
        old=measure(tagged[0], said, shared),
        new=measure(tagged[1], said, shared),
        differences=differences,
        changed=tuple(_changed(tagged[0], tagged[1], said)),
        resampled="sentences" if few else "reports",
        dropped=tuple(name for name in old_codebook.theme_names if name not in shared.theme_names),
        added=tuple(name for name in new_codebook.theme_names if name not in shared.theme_names),
        verdict=_verdict(differences),
    )


def _shared(old: Codebook, new: Codebook) -> Codebook:
    """What both codebooks decide: the themes of both, and the sentiments where they have the same."""
    themes = tuple(theme for theme in new.themes if theme.name in old.theme_names)
    if not themes:
        raise ModelError("The two models have no theme in common, so they cannot be compared.")
    same = new.sentiment_names == old.sentiment_names and new.theme_sentiment_names == old.theme_sentiment_names
    return replace(new, themes=themes, sentiments=new.sentiments if same else ())


def _annotation_in(codebook: Codebook, one: Annotation) -> Annotation:
    plain = not codebook.sentiments
    themes = {name: None if plain else its for name, its in one.themes.items() if name in codebook.theme_names}
    return replace(one, themes=themes, sentiment=None if plain else one.sentiment)


def _finding_in(codebook: Codebook, one: Finding) -> Finding:
    plain = not codebook.sentiments
    themes = tuple(
        replace(tag, sentiment=None if plain else tag.sentiment)
        for tag in one.themes
        if tag.theme in codebook.theme_names
    )
    return replace(one, themes=themes, sentiment=None if plain else one.sentiment)


def _differences(
    old: Sequence[Finding], new: Sequence[Finding], units: Sequence[Annotation], codebook: Codebook
) -> tuple[Difference, ...]:
    old_table, new_table = (_Table.of(findings, units, codebook) for findings in (old, new))
    count = len(old_table.counts)
    before, after = old_table.values(np.ones((1, count))), new_table.values(np.ones((1, count)))
    drawn = np.random.default_rng(0).multinomial(count, np.full(count, 1 / count), _RESAMPLES)
    gaps = new_table.values(drawn) - old_table.values(drawn)
    ends = np.quantile(gaps, [0.025, 0.975], axis=0) if count > 1 else None
    return tuple(
        Difference(
            name,
            float(before[0, at]),
            float(after[0, at]),
            float(after[0, at] - before[0, at]),
            None if ends is None else (float(ends[0, at]), float(ends[1, at])),
        )
        for at, name in enumerate(old_table.names)
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """What one model got right, by unit that the bootstrap draws; `values` gives the measures of any draw."""

    names: tuple[str, ...]
    counts: NDArray[np.int64]  # (units, labels, 3): true positives, false positives, false negatives
    sentiment: NDArray[np.int64]  # (units, 2): right, all
    themes: list[int]  # labels that are themes of at least one annotation
    not_finding: int

    @classmethod
    def of(cls, findings: Sequence[Finding], units: Sequence[Annotation], codebook: Codebook) -> _Table:
        labels = labels_of(codebook)
        counts = counts_by_report(findings, units, labels)
        place = {name: at for at, name in enumerate(dict.fromkeys(one.report for one in units))}
        sentiment = np.zeros((len(counts), 2), dtype=np.int64)
        for finding, one in zip(findings, units, strict=True):
            if one.sentiment in codebook.theme_sentiment_names:
                sentiment[place[one.report]] += (finding.sentiment == one.sentiment, 1)
        there = counts[:, :, 0].sum(axis=0) + counts[:, :, 2].sum(axis=0) > 0
        themes = [at for at, (_, kind) in enumerate(labels) if kind == "theme" and there[at]]
        names = [OVERALL, "themes", "not a finding", "sentiment", *(labels[at][0] for at in themes)]
        if not sentiment.any():
            names.remove("sentiment")
        return cls(tuple(names), counts, sentiment, themes, [label for label, _ in labels].index(NOT_FINDING))

    def values(self, drawn: NDArray[Any]) -> Floats:
        """The measures in the order of `names`, shape (draws, names), of draws of shape (draws, units)."""
        f1 = f1_scores(np.tensordot(drawn, self.counts, axes=1))
        themes = f1[:, self.themes].mean(axis=1) if self.themes else np.zeros(len(f1))
        headline = [themes, f1[:, self.not_finding]]
        if "sentiment" in self.names:
            right, every = (drawn @ self.sentiment).T
            headline.append(right / np.maximum(every, 1))
        return np.stack([np.mean(headline, axis=0), *headline, *f1[:, self.themes].T], axis=1)


def _verdict(differences: Sequence[Difference]) -> Verdict:
    overall, *others = differences
    headline = [one for one in others if one.measure in ("themes", "not a finding", "sentiment")]
    if overall.difference < -MARGIN or any(one.clear < 0 for one in headline):
        return "worse"
    return "better" if overall.clear > 0 else "no worse"


def _changed(old: Sequence[Finding], new: Sequence[Finding], said: Sequence[Annotation]) -> list[ChangedTags]:
    """The sentences whose tags differ: those that are wrong now first, then those that are right now."""
    changed = [
        ChangedTags(annotation, _labels(before), _labels(after))
        for before, after, annotation in zip(old, new, said, strict=True)
        if _labels(before) != _labels(after)
    ]
    order = ("now wrong", "now right", "still wrong")
    return sorted(changed, key=lambda change: order.index(change.outcome))


def _labels(finding: Finding) -> Labels:
    return Labels(finding.finding, finding.sentiment, {tag.theme: tag.sentiment for tag in finding.themes})
