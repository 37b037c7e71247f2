"""A PDF page → its lines with their place, size and weight, by pdfium's text interface."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from ctypes import byref, c_double, c_float, c_int, c_ushort, c_void_p, cast, create_string_buffer
from typing import Any

import pypdfium2.raw as pdfium

from findings.reading.lines import BROKEN_WORD, Cell, Line, Page
from findings.reading.page_tables import is_tabular

# A printed line in pdfium's text, which joins two of them by U+FFFE (or U+0002) where a hyphen breaks a word.
_PRINTED = re.compile("[^\\s\ufffe\x02](?:[^\r\n\ufffe\x02]*[^\\s\ufffe\x02])?")
_BREAKS = ("\ufffe", "\x02")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_SPACES = re.compile(r"\s+")
# Digits that follow a word at once: the mark of a footnote if they are small.
_NOTE_MARK = re.compile(r"\d(?<=[^\W\d_]\d|[.,;:)\]’”'\"]\d)\d?(?![\w%])")
# A bullet or number before a paragraph's text, whose own type is often another than the text's. (A bare number, a star
# and a dagger can be a footnote's mark, which is told by its own size.)
_LIST_MARK = re.compile(r"(?:[^\w\s“‘\"'(£*†‡]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zA-Z]|[ivx]{1,5})[.)])\s+(?=\S)")
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(rb"(?i)bold|black|heavy|demi")
_SCALED = 2.0  # points

_Run = tuple[float, float, float, float]


def _unchecked(function: Any) -> Any:
    """A C function that converts none of its arguments, which costs more than the calls made for every line."""
    same = type(function)(cast(function, c_void_p).value)
    same.restype = function.restype
    return same


_count_rects = _unchecked(pdfium.FPDFText_CountRects)
_get_rect = _unchecked(pdfium.FPDFText_GetRect)
_font_size = _unchecked(pdfium.FPDFText_GetFontSize)
_font_weight = _unchecked(pdfium.FPDFText_GetFontWeight)


class LineReader:
    """Reads the lines of a document's pages through pdfium's own functions, whose wrapped forms cost a tenth more."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._edges = tuple(c_double() for _ in range(4))
        self._as_rect = left, top, right, bottom = tuple(byref(edge) for edge in self._edges)
        self._as_box = left, right, bottom, top
        self._was_bold = False

    def read(self, number: int) -> Page:
        """Page `number` (from 1) with its lines in the order in which the file draws them; `ValueError` if damaged."""
        page = pdfium.FPDF_LoadPage(self._document, number - 1)
        text = pdfium.FPDFText_LoadPage(page) if page else None
        try:
            if not text:
                raise ValueError(f"page {number} cannot be loaded")
            lines = self._lines(text, number)
            tabular = sum(is_tabular(line) for line in lines if line.cells) > 1
            width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            return Page(number, width, height, lines, _rules(page) if tabular else ())
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
            if page:
                pdfium.FPDF_ClosePage(page)

    def _lines(self, handle: Any, number: int) -> list[Line]:
        count = pdfium.FPDFText_CountChars(handle)
        text = _text(handle, count)
        straight = len(text) == count
        marks = [match.start() for match in _NOTE_MARK.finditer(text)]
        lines = []
        for match in _PRINTED.finditer(text):
            start, end = match.span()
            first = start if straight else pdfium.FPDFText_GetCharIndexFromTextIndex(handle, start)
            line = self._line(handle, number, match[0], first, first + end - start)
            if line is None:
                continue
            if marks and bisect_left(marks, end) > bisect_right(marks, start):
                self._drop_note_marks(handle, line, first)
            if text[end : end + 1] in _BREAKS:
                line.text += BROKEN_WORD
            lines.append(line)
        return lines

    def _line(self, handle: Any, number: int, printed: str, start: int, end: int) -> Line | None:
        count = _count_rects(handle, start, end - start)
        if count <= 0:
            return None
        first = start
        if (not printed[0].isalpha() or printed[1:2] in ".)") and (mark := _LIST_MARK.match(printed)):
            first += mark.end()
        size = _font_size(handle, first)
        left, right, bottom, top, runs = self._extent(handle, count, max(8.0, 0.8 * size))
        if size < _SCALED:  # the letters are made larger by the page's own scale, or are not meant to be seen
            size = 1.25 * (top - bottom)
            if size < _SCALED:
                return None
        # Only the body of a paragraph begins a line with a small letter after a line that was not bold.
        bold = (self._was_bold or not printed[0].islower()) and self._bold(handle, first)
        self._was_bold = bold
        line = Line(printed, number, left, right, bottom, top, size, bold)
        if runs:
            line.cells = self._cells(handle, printed, start, runs)
        return line

    def _extent(self, handle: Any, count: int, gap: float) -> tuple[float, float, float, float, list[_Run]]:
        """The left, right, bottom and top of a line, and of each stretch of it if gaps wider than `gap` part it.

        pdfium must just have counted its rectangles, which are `count`.
        """
        edges = self._as_rect
        x0, y1, x1, y0 = self._edges
        _get_rect(handle, 0, *edges)
        left, right, bottom, top = x0.value, x1.value, y0.value, y1.value
        if count == 1:
            return left, right, bottom, top, []
        runs: list[_Run] = []
        for index in range(1, count):
            _get_rect(handle, index, *edges)
            from_left = x0.value
            if from_left - right > gap:
                runs.append((left, right, bottom, top))
                left, right, bottom, top = from_left, x1.value, y0.value, y1.value
                continue
            if (value := x1.value) > right:
                right = value
            if (value := y0.value) < bottom:
                bottom = value
            if (value := y1.value) > top:
                top = value
        if not runs:
            return left, right, bottom, top, runs
        runs.append((left, right, bottom, top))
        lefts, rights, bottoms, tops = zip(*runs, strict=True)
        return lefts[0], max(rights), min(bottoms), max(tops), runs

    def _cells(self, handle: Any, text: str, start: int, runs: list[_Run]) -> tuple[Cell, ...]:
        """The line's text cut at the white space before each run but the first."""
        cells, at, waiting = [], 0, 1
        for space in _SPACES.finditer(text):
            pdfium.FPDFText_GetCharBox(handle, start + space.end(), *self._as_box)
            if self._edges[0].value >= runs[waiting][0] - 1:
                cells.append(Cell(text[at : space.start()], *runs[waiting - 1]))
                at, waiting = space.end(), waiting + 1
                if waiting == len(runs):
                    break
        return (*cells, Cell(text[at:], *runs[waiting - 1])) if cells else ()

    def _bold(self, handle: Any, index: int) -> bool:
        weight = _font_weight(handle, index)
        if weight > 0:
            return bool(weight >= _BOLD_WEIGHT)
        name = create_string_buffer(128)  # fonts without a descriptor, such as PDF's standard ones, tell no weight
        pdfium.FPDFText_GetFontInfo(handle, index, name, len(name), c_int())
        return _BOLD_NAME.search(name.value) is not None

    def _drop_note_marks(self, handle: Any, line: Line, start: int) -> None:
        """Take footnote marks (small digits after a word) out of the line's text."""

        def without(match: re.Match[str]) -> str:
            at = start + match.start()
            size, before = (pdfium.FPDFText_GetFontSize(handle, place) for place in (at, at - 1))
            return "" if size < 0.8 * before else match[0]

        text = _NOTE_MARK.sub(without, line.text)
        if text != line.text:
            line.text = text
            line.cells = tuple(Cell(_NOTE_MARK.sub("", c.text), c.left, c.right, c.bottom, c.top) for c in line.cells)


def _text(handle: Any, count: int) -> str:
    """A page's text; pdfium counts UTF-16 units, so a filler after each astral character keeps offsets in step."""
    buffer = (c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(handle, 0, count, buffer)
    units = max(0, written - 1)
    text = bytes(buffer)[: 2 * units].decode("utf-16-le", "replace")
    return text if len(text) == units else _ASTRAL.sub(lambda match: match[0] + "\u200b", text)


def _rules(page: Any) -> tuple[float, ...]:
    """The heights of the horizontal lines ruled on a page (drawn as thin boxes or strokes), from the top."""
    left, bottom, right, top = (c_float() for _ in range(4))
    heights = []
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        bounded = pdfium.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top))
        if bounded and top.value - bottom.value < 3 and right.value - left.value > 20:
            heights.append((top.value + bottom.value) / 2)
    return tuple(sorted(heights, reverse=True))
