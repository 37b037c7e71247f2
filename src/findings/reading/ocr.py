"""Pages that are pictures → lines of text, by tesseract."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from statistics import median
from typing import Any

from findings.errors import ReadError
from findings.reading.lines import Cell, Line, Page

_DOTS_PER_INCH = 300
_POINTS = 72 / _DOTS_PER_INCH
_BODY = 12.0  # the size given to lines of the usual height; tesseract tells heights, not sizes
_LARGE = 1.2
_GAP = 1.5  # of a line's height: between words of two cells
# A paragraph's number or bullet, which tesseract may see as a block of its own, so far (points) left of its paragraph.
_MARK = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-z]|[ivx]{1,5})[.)]|[^\w\s]")
_BESIDE = 60.0
_ASCENDING = re.compile(r"[A-Zbdfhklt0-9]")
_DESCENDING = re.compile(r"[gjpqyQ,;()/|]")
_LEAST_CONFIDENCE = 30.0  # per cent


def recognise(document: Any, name: str) -> list[Page]:
    """The pages of a pypdfium2 document with the lines that tesseract sees; `ReadError` if it, or text, is missing."""
    try:
        import pytesseract
    except ImportError as error:
        raise ReadError(f"{name}: its pages are pictures: to read them, run `pip install 'findings[ocr]'`") from error
    if shutil.which("tesseract") is None:
        raise ReadError(f"{name}: its pages are pictures: to read them, install tesseract (Debian: tesseract-ocr)")
    pages = []
    for number, page in enumerate(document, 1):
        width, height = page.get_size()
        image = page.render(scale=_DOTS_PER_INCH / 72, grayscale=True).to_pil()
        words = pytesseract.image_to_data(image, lang="eng", output_type=pytesseract.Output.DICT)
        pages.append(Page(number, width, height, page_lines(words, number, height)))
    if not any(page.lines for page in pages):
        raise ReadError(f"{name}: tesseract sees no text on its pages: scan the document again, upright and sharper")
    return pages


def page_lines(words: dict[str, list[Any]], number: int, height: float) -> list[Line]:
    """The lines of page `number`, `height` points high, from the table of words that tesseract makes of its picture."""
    found: dict[tuple[int, int, int], list[int]] = {}
    for at, text in enumerate(words["text"]):
        if text.strip() and float(words["conf"][at]) >= _LEAST_CONFIDENCE:
            found.setdefault((words["block_num"][at], words["par_num"][at], words["line_num"][at]), []).append(at)
    capitals = [_capital(words, line) for line in found.values()]
    usual = median(filter(None, capitals)) if any(capitals) else 1.0
    lines = []
    for places, tall in zip(found.values(), capitals, strict=True):
        cells = tuple(_cell(words, cell, height) for cell in _parted(words, places))
        lines.append(
            Line(
                text=" ".join(cell.text for cell in cells),
                page=number,
                left=cells[0].left,
                right=cells[-1].right,
                bottom=min(cell.bottom for cell in cells),
                top=max(cell.top for cell in cells),
                size=_BODY * tall / usual if tall > _LARGE * usual else _BODY,
                cells=cells if len(cells) > 1 else (),
            )
        )
    return _marked(lines)


def _marked(lines: list[Line]) -> list[Line]:
    """The lines, with those that are only a paragraph's number or bullet put before the line that they stand beside."""
    marks = [line for line in lines if _MARK.fullmatch(line.text)]
    whole = [line for line in lines if not _MARK.fullmatch(line.text)]
    for mark in marks:
        middle = (mark.bottom + mark.top) / 2
        beside = [line for line in whole if line.bottom < middle < line.top and 0 < line.left - mark.right < _BESIDE]
        if not beside:
            whole.append(mark)
            continue
        line = min(beside, key=lambda line: line.left)
        own = line.cells or (Cell(line.text, line.left, line.right, line.bottom, line.top),)
        line.cells = (Cell(mark.text, mark.left, mark.right, mark.bottom, mark.top), *own)
        line.text, line.left = f"{mark.text} {line.text}", mark.left
    return whole


def _capital(words: dict[str, list[Any]], places: list[int]) -> float:
    """How tall a line's capitals are (pixels), by its words that reach as high and not below it; 0 if none does."""
    texts = words["text"]
    heights = [
        words["height"][at] for at in places if _ASCENDING.search(texts[at]) and not _DESCENDING.search(texts[at])
    ]
    return median(heights) if heights else 0.0


def _parted(words: dict[str, list[Any]], places: list[int]) -> list[list[int]]:
    """A line's words, cut where the space between two is as wide as between the cells of a table."""
    widest = _GAP * max(words["height"][at] for at in places)
    cells = [places[:1]]
    for before, at in pairwise(places):
        if words["left"][at] - words["left"][before] - words["width"][before] > widest:
            cells.append([])
        cells[-1].append(at)
    return cells


def _cell(words: dict[str, list[Any]], places: list[int], height: float) -> Cell:
    top = min(words["top"][at] for at in places)
    bottom = max(words["top"][at] + words["height"][at] for at in places)
    return Cell(
        text=" ".join(words["text"][at] for at in places),
        left=words["left"][places[0]] * _POINTS,
        right=(words["left"][places[-1]] + words["width"][places[-1]]) * _POINTS,
        bottom=height - bottom * _POINTS,
        top=height - top * _POINTS,
    )
