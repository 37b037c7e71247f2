"""The cells of a table in a document that knows its tables → row elements that carry their column headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from findings.reading.assemble import Element

_GRADE = re.compile(r"outstanding|good|adequate|satisfactory|inadequate|requires improvement( to be good)?", re.I)
_LONGEST_HEADER = 80


@dataclass(slots=True)
class Cell:
    """A cell: its content, how many columns it spans, and whether it is set as a header (bold, or so marked)."""

    elements: list[Element]
    span: int = 1
    header: bool = False

    @property
    def text(self) -> str:
        """All of the cell's text."""
        return " ".join(element.text.strip() for element in self.elements if element.text.strip())


Row = Sequence[Cell]


def read_table(rows: Sequence[Row], headers: int | None = None) -> Iterator[Element]:
    """The elements of a table: a row for each of its rows, its cells joined by " | ".

    The first `headers` rows (None: a first row that looks like it, set apart by its look) are column headers: each
    row below carries those above its cells as `columns`. A cell that holds several paragraphs or a list keeps them
    apart, each under its column's header; what stands in a table of one column is no row but what it would be outside.
    """
    rows = [row for row in rows if any(cell.text for cell in row)]
    if all(sum(1 for cell in row if cell.text) <= 1 for row in rows):
        yield from (element for row in rows for cell in row for element in cell.elements)
        return
    count = _header_rows(rows) if headers is None else headers
    if count >= len(rows) or (count and _is_judgement(rows[0])):
        count = 0
    titles = _titles(rows[:count])
    for at, row in enumerate(rows):
        yield from _read_row(row, titles if at >= count else [])


def _read_row(row: Row, titles: list[str]) -> Iterator[Element]:
    texts: list[str] = []
    columns: list[str] = []
    at = 0
    for cell in row:
        title = " ".join(dict.fromkeys(title for title in titles[at : at + cell.span] if title))
        at += cell.span
        if _is_simple(cell):
            if cell.text:
                texts.append(cell.text)
                columns.append(title)
            continue
        yield from _row(texts, columns, row)
        texts, columns = [], []
        for element in cell.elements:
            element.kind = "row" if element.kind == "paragraph" else element.kind
            element.columns = element.columns or ((title,) if title else ())
            yield element
    yield from _row(texts, columns, row)


def _row(texts: list[str], columns: list[str], row: Row) -> Iterator[Element]:
    if len(texts) == 2 and texts[0].endswith(":"):
        yield Element("paragraph", " ".join(texts), page=_page(row))
    elif texts:
        yield Element("row", " | ".join(texts), page=_page(row), columns=tuple(columns) if any(columns) else ())


def _is_simple(cell: Cell) -> bool:
    """Whether a cell is one stretch of text: a bold one is no heading there."""
    filled = [element for element in cell.elements if element.text.strip()]
    return len(filled) <= 1 and all(element.kind in ("paragraph", "heading") for element in filled)


def _header_rows(rows: Sequence[Row]) -> int:
    """1 where the first row is set as a header, the second is not, and all of its cells are short; else 0."""
    first, second = rows[0], rows[1] if len(rows) > 1 else []
    marked = all(cell.header for cell in first if cell.text) and not all(cell.header for cell in second if cell.text)
    short = all(_is_simple(cell) and len(cell.text) <= _LONGEST_HEADER for cell in first)
    return int(marked and short and sum(1 for cell in first if cell.text) > 1)


def _is_judgement(row: Row) -> bool:
    """Whether a row set as a header states a grade ("Overall effectiveness | Good"): it is one of the rows then."""
    return sum(1 for cell in row[1:] if _GRADE.fullmatch(cell.text)) == 1


def _titles(rows: Sequence[Row]) -> list[str]:
    """The header over each column: the texts of all header rows over it."""
    titles: list[list[str]] = []
    for row in rows:
        at = 0
        for cell in row:
            titles += [[] for _ in range(at + cell.span - len(titles))]
            for column in titles[at : at + cell.span]:
                if cell.text:
                    column.append(cell.text)
            at += cell.span
    return [" ".join(column) for column in titles]


def _page(row: Row) -> int | None:
    return next((element.page for cell in row for element in cell.elements), None)
