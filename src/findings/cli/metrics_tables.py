"""Metrics as Rich draws them: a row for each label, then the shares that no single label has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich import box
from rich.console import RenderableType
from rich.table import Table

from findings.cli.tables import text

if TYPE_CHECKING:
    from findings.codebook import Codebook
    from findings.tagging.evaluation import Metrics, Score


def metrics_tables(metrics: Metrics, codebook: Codebook) -> Iterator[RenderableType]:
    """What to print, in order."""
    reports = f"{metrics.reports:,} report{'s' * (metrics.reports != 1)}"
    yield text(f"{metrics.annotations:,} annotated sentences of {reports}\n", "bold")
    yield _labels(metrics, codebook)
    shares = [
        ("Mean F1 of the themes", metrics.theme_macro_f1),
        ("Sentiment of a finding right (mixed ones aside)", metrics.sentiment_accuracy),
        ("Sentiment of a theme right", metrics.theme_sentiment_accuracy),
        ("Sentiment of a theme right in mixed findings", metrics.mixed_theme_sentiment_accuracy),
    ]
    table = Table.grid(padding=(0, 2, 0, 0))
    for title, share in shares:
        if share is not None:
            table.add_row(title, f"{share:.3f}")
    yield table


def sufficiency_table(metrics: Metrics, codebook: Codebook) -> Table:
    """How far each theme can be trusted, and how many more sentences about it are wanted."""
    from findings.tagging.sufficiency import sufficiency

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("Theme")
    table.add_column("Sentences", justify="right")
    table.add_column("Trust")
    table.add_column("More wanted", justify="right")
    for row in sufficiency(metrics):
        wanted = f"{row.wanted:,}" if row.wanted else "-"
        table.add_row(text(codebook.theme(row.theme).title), f"{row.support:,}", row.trust, wanted)
    return table


def _labels(metrics: Metrics, codebook: Codebook) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("Label")
    for column in ("Precision", "Recall", "F1", "95% interval", "Support"):
        table.add_column(column, justify="right")
    last = None
    for score in metrics.scores:
        if last not in (None, score.kind):
            table.add_row()
        last = score.kind
        ends = score.interval
        table.add_row(
            text(_title(score, codebook)),
            *(f"{value:.3f}" for value in (score.precision, score.recall, score.f1)),
            f"{ends[0]:.3f} to {ends[1]:.3f}" if ends else "",
            f"{score.support:,}",
        )
    table.add_row()
    return table


def _title(score: Score, codebook: Codebook) -> str:
    if score.kind == "theme":
        return codebook.theme(score.label).title
    if score.kind == "sentiment":
        return codebook.sentiment(score.label).title
    return score.label.capitalize().replace("_", " ")
