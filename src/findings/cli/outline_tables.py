"""How a report was read, as Rich draws it: what it says of itself, its judgements, its outline, its furniture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from findings.cli.tables import text
from findings.reading.outline import Entry, outline

if TYPE_CHECKING:
    from findings.report import Report

_PLURALS = {"furniture": "pieces of furniture"}


def outline_tables(report: Report, *, furniture: bool) -> Iterator[RenderableType]:
    """What to print of a report, in order; its furniture where that is asked for."""
    read = outline(report)
    pages = f"{report.pages} page{'s' * (report.pages != 1)}, " if report.pages else ""
    yield text(report.name, "bold") + text(f": {pages}{_counts(read.counts) or 'no text'}")
    about = [(field.name, getattr(report.metadata, field.name)) for field in fields(report.metadata)]
    yield _table(["About the report", ""], [(name.replace("_", " "), value or "not stated") for name, value in about])
    if report.judgements:
        rows = [(found.judgement, found.grade, str(found.page or "")) for found in report.judgements]
        yield _table(["Judgement", "Grade", "Page"], rows)
    rows = [(_heading(entry), str(entry.page or ""), _counts(entry.counts)) for entry in read.entries]
    yield _table(["Outline", "Page", "Under it"], rows)
    if furniture and read.furniture:
        yield _table(["Furniture", "Times"], [(piece, str(times)) for piece, times in read.furniture.items()])


def _table(columns: list[str], rows: Sequence[tuple[str, ...]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in ("Page", "Times") else "left")
    for row in rows:
        table.add_row(*(text(cell, "dim" if cell == "not stated" else "") for cell in row))
    table.add_row(*[Text()] * len(columns))
    return table


def _heading(entry: Entry) -> str:
    return "  " * max(0, entry.level - 1) + (entry.text or "(before the first heading)")


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(
        f"{count} {kind if count == 1 else _PLURALS.get(kind, kind + 's')}" for kind, count in counts.items()
    )
