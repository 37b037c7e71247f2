"""Tables on a printed page: lines whose cells stand in columns → rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, starmap

from findings.reading.lines import Cell, Line

# Lines of one cell stand closer than this many times their size; rows mostly stand further apart.
_LEADING = 1.45
# A number or bullet that a gap parts from its own paragraph, which makes no column.
_MARK = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-z]|[ivx]{1,5})[.)]?|[^\w\s“‘\"'(£]|o")
_GRADE = re.compile(r"(?i)(?:outstanding|good|adequate|satisfactory|inadequate|requires improvement.*)")
_HEADS = frozenset({"grade", "judgement", "judgment", "judgement grade", "rating"})
_WIDE = 20.0


@dataclass(slots=True)
class Row:
    """A row of a table: the text of its cells by column, the height at which it begins, whether its label is bold."""

    cells: tuple[str, ...]
    top: float
    bold: bool


@dataclass(slots=True)
class Table:
    """A table's rows from the top; `header` says whether the first holds the heads of the columns."""

    rows: list[Row]
    header: bool
    lines: list[Line]


@dataclass(slots=True)
class _Part:
    """A cell's line: its column, and whether it is the line of its row's label on which the row's other cells stand."""

    column: int
    cell: Cell
    size: float
    bold: bool
    shared: bool
    begins_row: bool


@dataclass(slots=True)
class _Piece:
    """Lines of a column that stand close enough together to be one cell."""

    column: int
    text: str
    bottom: float
    top: float
    bold: bool
    shared: bool


_Columns = list[tuple[float, float]]


def find_tables(lines: Sequence[Line], rules: Sequence[float] = ()) -> list[Line | Table]:
    """The lines of a page, in the order given, with those of a table put together into one."""
    if not any(is_tabular(line) for line in lines if line.cells) and not any(starmap(_is_beside, pairwise(lines))):
        return list(lines)
    cells = [_cells(line) for line in lines]
    found: list[Line | Table] = []
    at = 0
    for start, end in _regions(lines, cells):
        found += lines[at:start]
        found.append(_table(lines[start:end], cells[start:end], rules))
        at = end
    return [*found, *lines[at:]]


def is_tabular(line: Line) -> bool:
    """Whether a line has cells besides its own number or bullet."""
    return len(line.cells) > 2 or (len(line.cells) == 2 and not _MARK.fullmatch(line.cells[0].text))


def _cells(line: Line) -> tuple[Cell, ...]:
    """The line's cells, with its number or bullet put back to the cell that it belongs to; at least one."""
    cells = line.cells or (Cell(line.text, line.left, line.right, line.bottom, line.top),)
    if len(cells) > 1 and _MARK.fullmatch(cells[0].text):
        mark, own = cells[:2]
        bottom, top = min(mark.bottom, own.bottom), max(mark.top, own.top)
        return (Cell(f"{mark.text} {own.text}", mark.left, own.right, bottom, top), *cells[2:])
    return cells


def _regions(lines: Sequence[Line], cells: Sequence[tuple[Cell, ...]]) -> list[tuple[int, int]]:
    """Where tables begin and end: runs of lines with several cells, and the lines of their wrapped cells."""
    seeds = [at for at in range(len(lines)) if len(cells[at]) > 1 or _beside(lines, at)]
    regions: list[tuple[int, int]] = []
    while seeds:
        start = end = seeds.pop(0)
        columns = _columns(cells[start : start + 1 + _beside(lines, start)])
        while seeds:
            wider = _columns([*((Cell("", *edges, 0, 0),) for edges in columns), cells[seeds[0]]])
            between = range(end, seeds[0] + 1)
            if len(wider) < 2 or not all(_fits(lines, cells, at, wider) for at in between):
                break
            end, columns = seeds.pop(0), wider
        end += _beside(lines, end)
        if start == end and not _is_row(cells[start]):
            continue
        while start > (regions[-1][1] if regions else 0) and _wraps(lines, cells, start - 1, start, columns):
            start -= 1
        while end + 1 < len(lines) and _wraps(lines, cells, end, end + 1, columns):
            end += 1
        regions.append((start, end + 1))
        seeds = [seed for seed in seeds if seed > end]
    return regions


def _is_row(cells: tuple[Cell, ...]) -> bool:
    """Whether a line stands for a table of one row, not for words that justified setting has drawn apart."""
    return cells[-1].left - cells[-2].right > _WIDE or _GRADE.fullmatch(cells[-1].text) is not None


def _beside(lines: Sequence[Line], at: int) -> bool:
    """Whether the next line stands to the right of this one instead of under it, as the next cell of a row does."""
    return at + 1 < len(lines) and _is_beside(lines[at], lines[at + 1])


def _is_beside(line: Line, after: Line) -> bool:
    return after.left > line.right + 6 and after.top > line.bottom + 1 and after.bottom < line.top + 2 * line.size


def _columns(rows: Sequence[tuple[Cell, ...]]) -> _Columns:
    """The left and right edges of the columns that the cells of `rows` stand in."""
    columns: _Columns = []
    for left, right in sorted((cell.left, cell.right) for row in rows for cell in row):
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _fits(lines: Sequence[Line], cells: Sequence[tuple[Cell, ...]], at: int, columns: _Columns) -> bool:
    """Whether line `at` follows the line before it inside a table with these columns."""
    line = lines[at]
    if at and lines[at - 1].bottom - line.top > 4 * line.size:
        return False
    for cell in cells[at]:
        here = [column for column, (left, right) in enumerate(columns) if cell.left < right and cell.right > left]
        if len(here) != 1:
            return False
        if here[0] + 1 < len(columns) and cell.right > columns[here[0] + 1][0] - 2:
            return False
    return True


def _wraps(lines: Sequence[Line], cells: Sequence[tuple[Cell, ...]], upper: int, lower: int, columns: _Columns) -> bool:
    """Whether two lines stand as close as lines of one cell do, the one outside the table inside its columns."""
    first, second = lines[upper], lines[lower]
    close = abs(first.bottom - second.bottom) < _LEADING * second.size and abs(first.size - second.size) < 0.7
    single = len(cells[upper]) == 1 or len(cells[lower]) == 1
    narrow = all(cell.right < columns[1][0] or cell.left > columns[0][1] for at in (upper, lower) for cell in cells[at])
    return close and single and narrow


def _table(lines: Sequence[Line], cells: Sequence[tuple[Cell, ...]], rules: Sequence[float]) -> Table:
    columns = _columns(cells)
    bottom, top = min(line.bottom for line in lines), max(line.top for line in lines)
    inside = [rule for rule in rules if bottom < rule < top]
    rows = _rows(_pieces(_parts(lines, cells, columns), inside), len(columns))
    first, last = rows[0], rows[-1]
    heads = sum(map(bool, first.cells)) > 1 and len(rows) > 1
    header = heads and ((first.bold and not last.bold) or first.cells[-1].lower() in _HEADS)
    return Table(rows, header, list(lines))


def _parts(lines: Sequence[Line], cells: Sequence[tuple[Cell, ...]], columns: _Columns) -> list[_Part]:
    """The cells' lines by column, each column's from the top."""
    parts = []
    for line, beside in zip(lines, cells, strict=True):
        places = [
            next(i for i, (left, right) in enumerate(columns) if left <= cell.left and cell.right <= right)
            for cell in beside
        ]
        shared = len(beside) > 1 and places[0] == 0
        begins_row = shared and not beside[0].text[:1].islower()
        parts += [
            _Part(place, cell, line.size, line.bold, shared, begins_row)
            for place, cell in zip(places, beside, strict=True)
        ]
    return sorted(parts, key=lambda part: (part.column, -part.cell.top))


def _pieces(parts: Sequence[_Part], rules: Sequence[float]) -> list[_Piece]:
    """The cells of each column from the top, their wrapped lines joined."""
    pieces: list[_Piece] = []
    for part in parts:
        cell = part.cell
        last = pieces[-1] if pieces and pieces[-1].column == part.column else None
        if last is None or _begins_cell(last, part, rules):
            pieces.append(_Piece(part.column, cell.text, cell.bottom, cell.top, part.bold, part.shared))
        else:
            last.text += " " + cell.text
            last.bottom = min(last.bottom, cell.bottom)
            last.shared |= part.shared
    return pieces


def _begins_cell(above: _Piece, part: _Part, rules: Sequence[float]) -> bool:
    """Whether a line begins a new cell under the one above it in its column."""
    cell = part.cell
    if above.bottom - cell.bottom > _LEADING * part.size + 2:
        return True
    if any(cell.top - 2 < rule < above.bottom + 2 for rule in rules):
        return True
    if rules or cell.text[:1].islower():
        return False
    if part.column == 0:
        return part.begins_row or above.shared or part.bold != above.bold
    return part.begins_row or bool(_GRADE.fullmatch(above.text) and _GRADE.fullmatch(cell.text))


def _rows(pieces: Sequence[_Piece], width: int) -> list[Row]:
    """Rows by the first column's cells; a cell that stands beside none of them makes a row of its own."""
    rows: list[tuple[_Piece, list[str]]] = []
    for piece in pieces:
        best = max(rows, key=lambda row: _overlap(row[0], piece), default=None)
        if piece.column and best and _overlap(best[0], piece) > -4:
            row = best[1]
        else:
            row = [""] * width
            rows.append((piece, row))
        row[piece.column] = f"{row[piece.column]} {piece.text}".strip()
    rows.sort(key=lambda row: -row[0].top)
    return [Row(tuple(row), piece.top, piece.bold) for piece, row in rows]


def _overlap(first: _Piece, second: _Piece) -> float:
    return min(first.top, second.top) - max(first.bottom, second.bottom)
