"""Pages printed in two columns → their lines in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from findings.reading.lines import Cell, Line, Page

# The part of a page's width in which a second column can begin.
_MIDDLE = (0.4, 0.65)
# A column of text has at least so many lines, of so many letters on average; a column of grades has fewer.
_FEWEST_LINES = 6
_FEWEST_LETTERS = 25


def in_reading_order(page: Page) -> tuple[list[Line], float | None]:
    """The page's lines, those of a left column before those of the right one between lines that cross both.

    With them comes where the right column begins; None where the page is not printed in two.
    """
    lines = page.lines
    gutter = _gutter(page)
    if gutter is None:
        return lines, None
    parts = [part for line in lines for part in _parted(line, gutter)]
    left = [line for line in parts if line.right <= gutter]
    right = [line for line in parts if line.left >= gutter]
    if not _are_columns(left, right):
        return lines, None
    ordered: list[Line] = []
    pending = sorted(parts, key=lambda line: -line.top)
    band: list[Line] = []
    for line in [*pending, None]:
        if line is not None and (line.right <= gutter or line.left >= gutter):
            band.append(line)
            continue
        ordered += [part for part in band if part.right <= gutter] + [part for part in band if part.right > gutter]
        band = []
        if line is not None:
            ordered.append(line)
    return ordered, gutter


def _gutter(page: Page) -> float | None:
    """Where a page's right column begins, if lines enough begin at one place in its middle and no table is ruled."""
    low, high = page.width * _MIDDLE[0], page.width * _MIDDLE[1]
    beside = [line for line in page.lines if line.cells or low < line.left < high]
    if len(beside) < _FEWEST_LINES or len(page.rules) > 1:
        return None
    lefts = Counter(
        round(left)
        for line in beside
        for left in ([cell.left for cell in line.cells[1:]] or [line.left])
        if low < left < high
    )
    if not lefts:
        return None
    place, count = lefts.most_common(1)[0]
    return place - 2.0 if count >= _FEWEST_LINES else None


def _parted(line: Line, gutter: float) -> list[Line]:
    """A line cut in two where the gutter runs between its cells; else the line alone."""
    sides = ([c for c in line.cells if c.right <= gutter], [c for c in line.cells if c.left >= gutter])
    if not all(sides) or len(sides[0]) + len(sides[1]) != len(line.cells):
        return [line]
    return [_line_of(cells, line) for cells in sides]


def _line_of(cells: Sequence[Cell], whole: Line) -> Line:
    return Line(
        " ".join(cell.text for cell in cells),
        whole.page,
        cells[0].left,
        cells[-1].right,
        min(cell.bottom for cell in cells),
        max(cell.top for cell in cells),
        whole.size,
        whole.bold,
        tuple(cells) if len(cells) > 1 else (),
    )


def _are_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether what stands left and right of the gutter are columns of text that stand side by side."""
    for side in (left, right):
        if len(side) < _FEWEST_LINES or sum(len(line.text) for line in side) < _FEWEST_LETTERS * len(side):
            return False
    top = min(max(line.top for line in side) for side in (left, right))
    bottom = max(min(line.bottom for line in side) for side in (left, right))
    shorter = min(max(line.top for line in side) - min(line.bottom for line in side) for side in (left, right))
    return top - bottom > 0.5 * shorter
