"""Two models side by side, as Rich draws them: measures with their difference, changed sentences, the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich import box
from rich.console import RenderableType
from rich.table import Table

from findings.annotations.labels import Labels
from findings.cli.tables import text
from findings.tagging.comparison import OVERALL

if TYPE_CHECKING:
    from findings.tagging.comparison import ChangedTags, Comparison, Difference

_MEASURES = {OVERALL: "Overall (mean of the next)", "themes": "Themes, mean F1", "not a finding": "Not a finding, F1"}
_MEASURES |= {"sentiment": "Sentiment, share right"}
_VERDICTS = {
    "better": "The new model is better.",
    "no worse": "The new model is no worse; the data cannot tell that it is better.",
    "worse": "The new model is worse.",
}
_STYLES = {"better": "bold green", "no worse": "bold", "worse": "bold red"}


def comparison_tables(compared: Comparison, *, changes: int) -> Iterator[RenderableType]:
    """What to print, in order, with at most `changes` sentences whose tags changed."""
    yield text(f"{compared.new.annotations:,} annotated sentences of {compared.new.reports:,} reports\n", "bold")
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("Measure")
    for column in ("Old", "New", "Difference", f"95% interval, by {compared.resampled[:-1]}"):
        table.add_column(column, justify="right")
    for row in compared.differences:
        ends = f"{row.interval[0]:+.3f} to {row.interval[1]:+.3f}" if row.interval else ""
        table.add_row(text(_measure(row)), f"{row.old:.3f}", f"{row.new:.3f}", f"{row.difference:+.3f}", ends)
    yield table
    for themes, model in ((compared.dropped, "old"), (compared.added, "new")):
        if themes:
            yield text(f"Only the {model} model knows {', '.join(themes)}; left out of the comparison.")
    yield text(_counted(compared))
    for change in compared.changed[:changes]:
        yield from _change(change)
    if 0 < changes < len(compared.changed):
        yield text(f"… and {len(compared.changed) - changes:,} more (--changes, --json).")
    yield text(_VERDICTS[compared.verdict], _STYLES[compared.verdict])


def _measure(row: Difference) -> str:
    return _MEASURES.get(row.measure, f"  {row.measure}, F1")


def _counted(compared: Comparison) -> str:
    outcomes = [change.outcome for change in compared.changed]
    parts = (f"{outcomes.count(outcome):,} {outcome}" for outcome in ("now right", "now wrong", "still wrong"))
    return f"{len(outcomes):,} sentences changed their tags" + (f": {', '.join(parts)}." if outcomes else ".")


def _change(change: ChangedTags) -> Iterator[RenderableType]:
    yield text(f"{change.outcome}: {change.annotation.text}", "bold")
    for who, labels in (("annotated", Labels.of(change.annotation)), ("old", change.old), ("new", change.new)):
        yield text(f"  {who:9} {labels}")
