"""An evaluation as one self-contained web page: tables and charts drawn in SVG, without scripts or network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from findings.codebook import Codebook
from findings.exports.rendering import asset, environment
from findings.tagging.calibration import Bin
from findings.tagging.evaluation_report import EvaluationReport
from findings.tagging.learning_curve import LearningPoint

_SIDE = 100.0  # of a chart's square, in its own units


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a chart, in its units from the top left corner; `size` is its radius, `told` what it stands for."""

    x: float
    y: float
    size: float
    told: str


def evaluation_page(report: EvaluationReport, codebook: Codebook, data: Sequence[str]) -> str:
    """The HTML of the page; `data` names what the model was evaluated on."""
    titles = {"finding": "Finding", "not_finding": "Not a finding"}
    titles |= {theme.name: theme.title for theme in codebook.themes}
    titles |= {sentiment.name: sentiment.title for sentiment in codebook.sentiments}
    style = asset("evaluation.css")
    return (
        environment()
        .get_template("evaluation.html")
        .render(
            report=report,
            metrics=report.metrics,
            codebook=codebook,
            data=data,
            groups=[list(scores) for _, scores in groupby(report.metrics.scores, key=lambda score: score.kind)],
            titles=titles,
            style=style,
            calibration={name: calibration_dots(bins) for name, bins in report.metrics.calibration.items()},
            curve=curve_dots(report.curve),
        )
    )


def calibration_dots(bins: Sequence[Bin]) -> list[Dot]:
    """A dot for each bin: probability to the right, frequency upwards, larger where there are more decisions."""
    total = sum(one.count for one in bins)
    return [
        Dot(
            round(one.probability * _SIDE, 1),
            round((1 - one.frequency) * _SIDE, 1),
            round(2 + 6 * (one.count / total) ** 0.5, 1),
            f"where it gave about {one.probability:.2f}, {one.frequency:.0%} of {one.count:,} were so",
        )
        for one in bins
    ]


def curve_dots(points: Sequence[LearningPoint]) -> list[Dot]:
    """A dot for each share of the annotations: sentences to the right, mean F1 of the themes upwards."""
    most = max((point.sentences for point in points), default=1)
    return [
        Dot(
            round(point.sentences / most * 2 * _SIDE, 1),
            round((1 - point.theme_macro_f1) * _SIDE, 1),
            3.0,
            f"{point.sentences:,} sentences: {point.theme_macro_f1:.3f}",
        )
        for point in points
    ]
