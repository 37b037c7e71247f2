"""An evaluation as Rich draws it: the metrics, sentiment taken for sentiment, calibration, learning curve, errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from findings.cli.metrics_tables import metrics_tables
from findings.cli.tables import text

if TYPE_CHECKING:
    from findings.codebook import Codebook
    from findings.tagging.evaluation import Metrics
    from findings.tagging.evaluation_report import EvaluationReport
    from findings.tagging.learning_curve import LearningPoint
    from findings.tagging.worst_errors import WorstError

_BAR = 20


def evaluation_tables(report: EvaluationReport, codebook: Codebook) -> Iterator[RenderableType]:
    """What to print, in order."""
    yield from metrics_tables(report.metrics, codebook)
    if codebook.sentiments:
        yield _heading("Sentiment of findings", "a row for what was annotated, a column for what the model says")
        yield _confusion(report.metrics, codebook)
    yield _heading("Are its probabilities true?", "how often it is right, where it gives about …")
    yield _calibration(report.metrics, codebook)
    if report.curve:
        yield _heading("Would more annotations help?", "models that learned from growing shares of these reports")
        yield _curve(report.curve, codebook)
    if report.errors:
        yield _heading("Worst errors", "where it was surest of what the annotator did not say: look at both")
        for error in report.errors:
            yield from _error(error)


def _heading(title: str, note: str) -> Text:
    return Text("\n") + text(title, "bold") + text(f"\n{note}", "dim")


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)


def _confusion(metrics: Metrics, codebook: Codebook) -> Table:
    table = _table()
    table.add_column("Annotated")
    for name in codebook.sentiment_names:
        table.add_column(text(codebook.sentiment(name).title), justify="right")
    table.add_column("Not a finding", justify="right")
    for name, told in metrics.sentiment_confusion.items():
        counts = (text(f"{count:,}", "bold" if other == name else "") for other, count in told.items())
        table.add_row(text(codebook.sentiment(name).title), *counts)
    return table


def _calibration(metrics: Metrics, codebook: Codebook) -> Table:
    """A row for each decision, a column for each tenth; probabilities where it was never given are left empty."""
    table = _table()
    table.add_column("Decision")
    for tenth in range(10):
        table.add_column(f".{tenth}5", justify="right")
    table.add_column("Error", justify="right")
    for name, bins in metrics.calibration.items():
        share = {min(int(one.probability * 10), 9): f"{one.frequency:.2f}" for one in bins}
        cells = (share.get(tenth, "").replace("0.", ".") for tenth in range(10))
        table.add_row(text(_title(name, codebook)), *cells, f"{metrics.calibration_error[name]:.3f}")
    return table


def _curve(points: tuple[LearningPoint, ...], codebook: Codebook) -> Table:
    table = _table()
    for column in ("Sentences", "Reports", "Themes, F1"):
        table.add_column(column, justify="right")
    table.add_column("")
    columns = ["Not a finding, F1"] + (["Sentiment"] if codebook.sentiments else [])
    for column in columns:
        table.add_column(column, justify="right")
    for point in points:
        full = round(point.theme_macro_f1 * _BAR)
        sentiment = [] if point.sentiment_accuracy is None else [f"{point.sentiment_accuracy:.3f}"]
        table.add_row(
            f"{point.sentences:,}",
            f"{point.groups:,}",
            f"{point.theme_macro_f1:.3f}",
            "█" * full + "░" * (_BAR - full),
            f"{point.not_finding_f1:.3f}",
            *sentiment,
        )
    return table


def _error(error: WorstError) -> Iterator[RenderableType]:
    yield Padding(text(error.annotation.text), (1, 0, 0, 0))
    where = (error.annotation.report, error.annotation.section, error.annotation.lead_in)
    yield Padding(text(" · ".join(part for part in where if part), "dim"), (0, 0, 0, 2))
    yield Padding(
        text("annotated ", "dim") + text(str(error.annotated)) + text("   model ", "dim") + text(str(error.tagged)),
        (0, 0, 0, 2),
    )


def _title(decision: str, codebook: Codebook) -> str:
    if decision in codebook.theme_names:
        return codebook.theme(decision).title
    if decision in codebook.sentiment_names:
        return codebook.sentiment(decision).title
    return decision.capitalize()
