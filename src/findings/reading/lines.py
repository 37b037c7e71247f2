"""The lines of a printed page with where they stand: what layout is worked out from.

Places are in points; they grow to the right and upwards from the lower left corner of the page.
"""

from __future__ import annotations

from dataclasses import dataclass

# What ends the text of a line whose last word is hyphenated and goes on in the next line.
BROKEN_WORD = "\ufffe"


@dataclass(slots=True)
class Cell:
    """A stretch of a line that wide gaps part from the rest."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(slots=True)
class Line:
    """A line of text on a page; `size` (points) and `bold` are those of its first letter after a bullet or number.

    `cells` are its stretches where wide gaps part them (a table's row, a number and its paragraph), else empty.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool = False
    cells: tuple[Cell, ...] = ()


@dataclass(slots=True)
class Page:
    """A page: its number from 1, its size in points, and its lines in the order in which the file draws them.

    `rules` are the heights of the horizontal lines ruled on it, where its text could be a table's.
    """

    number: int
    width: float
    height: float
    lines: list[Line]
    rules: tuple[float, ...] = ()
