"""How well findings agree with annotations: precision, recall and F1 of every label, with intervals by report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from findings.codebook import Codebook
from findings.report import Annotation, Finding
from findings.tagging.calibration import Bin, expected_calibration_error, reliability
from findings.tagging.model import Probabilities

if TYPE_CHECKING:
    from findings.tagging.tagger import Tagger

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NOT_FINDING = "not_finding"
_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Score:
    """How well one label is found. `interval` is a 95% bootstrap interval of F1 over reports, None for one report."""

    label: str
    kind: str  # finding, theme or sentiment
    precision: float
    recall: float
    f1: float
    support: int
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Metrics:
    """What an evaluation finds. Shares are in [0, 1]; None where there was nothing to measure.

    `sentiment_accuracy` is over the findings whose sentiment a theme can have (not mixed); a finding that was missed
    counts as wrong. `theme_sentiment_accuracy` is over the themes that both sides give, and
    `mixed_theme_sentiment_accuracy` over those of mixed sentences. `sentiment_confusion[a][b]` counts the findings
    annotated `a` and tagged `b` ("" for those not taken for findings). `intervals` has the 95% bootstrap intervals over
    reports of the theme macro-F1 and the sentiment accuracy, by the names of their fields; none for one report.
    `calibration` has the `Bin`s of every decision's probabilities.
    """

    annotations: int
    reports: int
    scores: tuple[Score, ...]
    theme_macro_f1: float
    sentiment_accuracy: float | None
    theme_sentiment_accuracy: float | None
    mixed_theme_sentiment_accuracy: float | None
    sentiment_confusion: dict[str, dict[str, int]]
    calibration_error: dict[str, float]
    intervals: dict[str, tuple[float, float]] = field(default_factory=dict)
    calibration: dict[str, tuple[Bin, ...]] = field(default_factory=dict)

    def score(self, label: str) -> Score:
        """The score of a label; raises `KeyError` where there is none of that name."""
        for score in self.scores:
            if score.label == label:
                return score
        raise KeyError(label)

    def to_dict(self) -> dict[str, Any]:
        """The metrics as plain JSON values, rounded to four decimals."""
        return {
            "annotations": self.annotations,
            "reports": self.reports,
            "theme_macro_f1": _rounded(self.theme_macro_f1),
            "sentiment_accuracy": _rounded(self.sentiment_accuracy),
            "theme_sentiment_accuracy": _rounded(self.theme_sentiment_accuracy),
            "mixed_theme_sentiment_accuracy": _rounded(self.mixed_theme_sentiment_accuracy),
            "labels": {
                score.label: {
                    "kind": score.kind,
                    "precision": _rounded(score.precision),
                    "recall": _rounded(score.recall),
                    "f1": _rounded(score.f1),
                    "f1_interval": [_rounded(end) for end in score.interval] if score.interval else None,
                    "support": score.support,
                }
                for score in self.scores
            },
            "intervals": {name: [_rounded(end) for end in ends] for name, ends in self.intervals.items()},
            "sentiment_confusion": self.sentiment_confusion,
            "calibration_error": {name: _rounded(value) for name, value in self.calibration_error.items()},
            "calibration": {name: [asdict(one) for one in bins] for name, bins in self.calibration.items()},
        }


def evaluate(tagger: Tagger, annotations: Sequence[Annotation]) -> Metrics:
    """How well a tagger's findings agree with annotations that it has not been trained on."""
    from findings.tagging.tagger import as_sentence

    sentences = [as_sentence(annotation) for annotation in annotations]
    chances = tagger.probabilities(sentences)
    return measure(tagger.decide(sentences, chances, explain=False), annotations, tagger.codebook_, chances)


def evaluate_out_of_fold(tagger: Tagger, annotations: Sequence[Annotation]) -> Metrics:
    """How well the tagger's models agree with the annotations that it was fitted on, each judged out of fold.

    Sentences that were `chosen` for what they teach are left out: their kind is commoner among them than in reports.
    """
    from findings.tagging.tagger import as_sentence
    from findings.tagging.training import in_natural_proportion

    natural = in_natural_proportion(annotations)
    kept = [annotation for annotation, stays in zip(annotations, natural, strict=True) if stays]
    every = tagger.out_of_fold_
    chances = Probabilities(
        every.finding[natural], every.themes[natural], every.sentiment[natural], every.theme_sentiment[natural]
    )
    findings = tagger.decide([as_sentence(annotation) for annotation in kept], chances, explain=False)
    return measure(findings, kept, tagger.codebook_, chances)


def measure(
    findings: Sequence[Finding],
    annotations: Sequence[Annotation],
    codebook: Codebook,
    chances: Probabilities | None = None,
) -> Metrics:
    """Compare findings with the annotations of the same sentences, in the same order."""
    labels = labels_of(codebook)
    counts = counts_by_report(findings, annotations, labels)
    total = counts.sum(axis=0)
    f1 = f1_scores(total)
    drawn = _resamples(len(counts))
    intervals = None if drawn is None else _ends(f1_scores(np.einsum("dr,rlc->dlc", drawn, counts)))
    scores = tuple(
        Score(
            label,
            kind,
            precision=_share(total[at, 0], total[at, 0] + total[at, 1]),
            recall=_share(total[at, 0], total[at, 0] + total[at, 2]),
            f1=float(f1[at]),
            support=int(total[at, 0] + total[at, 2]),
            interval=None if intervals is None else (float(intervals[0, at]), float(intervals[1, at])),
        )
        for at, (label, kind) in enumerate(labels)
    )
    pairs = list(zip(findings, annotations, strict=True))
    sentiment = _sentiments_by_report(pairs, codebook)
    right, clear = sentiment.sum(axis=0).tolist()
    themed = _theme_sentiments(pairs)
    decided = {} if chances is None else probabilities_and_truths(chances, annotations, codebook)
    return Metrics(
        annotations=len(annotations),
        reports=len(counts),
        scores=scores,
        theme_macro_f1=float(np.mean([score.f1 for score in scores if score.kind == "theme"])),
        sentiment_accuracy=right / clear if clear else None,
        theme_sentiment_accuracy=_mean([right for right, _ in themed]),
        mixed_theme_sentiment_accuracy=_mean(
            [right for right, sentiment in themed if sentiment not in (None, *codebook.theme_sentiment_names)]
        ),
        sentiment_confusion=_confusion(pairs, codebook),
        calibration_error={name: expected_calibration_error(*judged) for name, judged in decided.items()},
        intervals=_headline_intervals(
            drawn, counts, sentiment, [at for at, (_, kind) in enumerate(labels) if kind == "theme"]
        ),
        calibration={name: reliability(*judged) for name, judged in decided.items()},
    )


def labels_of(codebook: Codebook) -> list[tuple[str, str]]:
    """Every label that is measured, with its kind: finding, theme or sentiment."""
    return [
        ("finding", "finding"),
        (NOT_FINDING, "finding"),
        *((theme, "theme") for theme in codebook.theme_names),
        *((sentiment, "sentiment") for sentiment in codebook.sentiment_names),
    ]


def counts_by_report(
    findings: Sequence[Finding], annotations: Sequence[Annotation], labels: list[tuple[str, str]]
) -> Counts:
    """True positives, false positives and false negatives by report and label: shape (reports, labels, 3)."""
    report = {name: at for at, name in enumerate(dict.fromkeys(a.report for a in annotations))}
    column = {label: at for at, (label, _) in enumerate(labels)}
    counts = np.zeros((len(report), len(labels), 3), dtype=np.int64)
    for finding, annotation in zip(findings, annotations, strict=True):
        said = _said(annotation.finding, annotation.sentiment, annotation.themes)
        told = _said(finding.finding, finding.sentiment, [tag.theme for tag in finding.themes])
        if not annotation.finding:
            told.discard(finding.sentiment or "")  # sentiment is measured on findings alone
        for place, part in enumerate((said & told, told - said, said - told)):
            for label in part:
                counts[report[annotation.report], column[label], place] += 1
    return counts


def _said(finding: bool, sentiment: str | None, themes: Any) -> set[str]:
    if not finding:
        return {NOT_FINDING}
    return {"finding", *themes, *([sentiment] if sentiment else [])}


def f1_scores(counts: NDArray[Any]) -> NDArray[np.float64]:
    """F1 of true positives, false positives and false negatives, which the last axis holds; 0 where all are 0."""
    hit, false, missed = counts[..., 0], counts[..., 1], counts[..., 2]
    value: NDArray[np.float64] = 2 * hit / np.maximum(2 * hit + false + missed, 1)
    return value


def _resamples(reports: int) -> Counts | None:
    """How often each report is drawn in each resample of Efron's bootstrap, shape (resamples, reports)."""
    if reports < 2:
        return None
    return np.random.default_rng(0).multinomial(reports, np.full(reports, 1 / reports), _RESAMPLES)


def _ends(resampled: Floats) -> Floats:
    """The ends of the 95% percentile intervals of values resampled along the first axis."""
    ends: Floats = np.quantile(resampled, [0.025, 0.975], axis=0)
    return ends


def _headline_intervals(
    drawn: Counts | None, counts: Counts, sentiment: Counts, themes: list[int]
) -> dict[str, tuple[float, float]]:
    """Intervals of the theme macro-F1 and, from `sentiment` (reports; right, all), of the sentiment accuracy."""
    if drawn is None:
        return {}
    macro = _ends(f1_scores(np.einsum("dr,rlc->dlc", drawn, counts[:, themes])).mean(axis=1))
    intervals = {"theme_macro_f1": (float(macro[0]), float(macro[1]))}
    if sentiment.any():
        right, every = (drawn @ sentiment).T
        accuracy = _ends(right / np.maximum(every, 1))
        intervals["sentiment_accuracy"] = (float(accuracy[0]), float(accuracy[1]))
    return intervals


def _sentiments_by_report(pairs: list[tuple[Finding, Annotation]], codebook: Codebook) -> Counts:
    """How many findings' sentiments are right and how many there are, of those a theme can have: shape (reports, 2)."""
    place = {name: at for at, name in enumerate(dict.fromkeys(a.report for _, a in pairs))}
    counts = np.zeros((len(place), 2), dtype=np.int64)
    for finding, annotation in pairs:
        if annotation.sentiment in codebook.theme_sentiment_names:
            counts[place[annotation.report]] += (finding.sentiment == annotation.sentiment, 1)
    return counts


def _theme_sentiments(pairs: list[tuple[Finding, Annotation]]) -> list[tuple[bool, str | None]]:
    """For each theme that both sides give: whether its sentiment is right, and the sentence's annotated sentiment."""
    return [
        (tag.sentiment == annotation.themes[tag.theme], annotation.sentiment)
        for finding, annotation in pairs
        for tag in finding.themes
        if tag.theme in annotation.themes and tag.sentiment is not None
    ]


def _confusion(pairs: list[tuple[Finding, Annotation]], codebook: Codebook) -> dict[str, dict[str, int]]:
    names = codebook.sentiment_names
    confusion = {said: dict.fromkeys((*names, ""), 0) for said in names}
    for finding, annotation in pairs:
        if annotation.sentiment:
            confusion[annotation.sentiment][finding.sentiment or ""] += 1
    return confusion


def probabilities_and_truths(
    chances: Probabilities, annotations: Sequence[Annotation], codebook: Codebook
) -> dict[str, tuple[Floats, Bools]]:
    """For each decision its probabilities and what the annotations say; sentiments on findings alone."""
    finding = np.array([a.finding for a in annotations], dtype=bool)
    judged = {"finding": (chances.finding, finding)}
    for at, theme in enumerate(codebook.theme_names):
        judged[theme] = (chances.themes[:, at], np.array([theme in a.themes for a in annotations], dtype=bool))
    for at, sentiment in enumerate(codebook.sentiment_names):
        said = np.array([a.sentiment == sentiment for a in annotations], dtype=bool)
        judged[sentiment] = (chances.sentiment[finding, at], said[finding])
    return judged


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0


def _mean(values: list[bool]) -> float | None:
    return float(np.mean(values)) if values else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
