"""A PDF page → its lines with their place, size and weight, by pdfium's text interface."""

from __future__ import annotations

import re
from ctypes import byref, c_double, c_float, c_int, create_string_buffer
from typing import Any

import pypdfium2.raw as pdfium

from findings.reading.lines import BROKEN_WORD, Cell, Line, Page

# A printed line in pdfium's text, which joins two of them by U+FFFE (or U+0002) where a hyphen breaks a word.
_PRINTED = re.compile("[^\\s\ufffe\x02](?:[^\r\n\ufffe\x02]*[^\\s\ufffe\x02])?")
_BREAKS = ("\ufffe", "\x02")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_SPACES = re.compile(r"\s+")
# Digits that follow a word at once: the mark of a footnote if they are small.
_NOTE_MARK = re.compile(r"(?<=[^\W\d_])\d{1,2}(?![\w%])|(?<=[.,;:)\]’”'\"])\d{1,2}(?=\s|$)")
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(rb"(?i)bold|black|heavy|demi")


class LineReader:
    """Reads the lines of a document's pages; one serves all its pages, since its buffers are what makes it fast."""

    def __init__(self) -> None:
        self._edges = tuple(c_double() for _ in range(4))
        self._as_rect = left, top, right, bottom = tuple(byref(edge) for edge in self._edges)
        self._as_box = left, right, bottom, top

    def read(self, page: Any, number: int) -> Page:
        """Page `number` of the document with its lines, in the order in which the file draws them."""
        textpage = page.get_textpage()
        try:
            # pdfium counts UTF-16 units: a filler after each astral character keeps its offsets in step with ours.
            text = _ASTRAL.sub(lambda match: match[0] + "\u200b", textpage.get_text_range())
            lines = list(filter(None, (self._line(textpage.raw, number, text, m) for m in _PRINTED.finditer(text))))
        finally:
            textpage.close()
        width, height = page.get_size()
        tabular = sum(len(line.cells) > 1 for line in lines) > 1
        return Page(number, width, height, lines, _rules(page) if tabular else ())

    def _line(self, handle: Any, number: int, text: str, match: re.Match[str]) -> Line | None:
        start, end = match.span()
        printed = match[0]
        count = pdfium.FPDFText_CountRects(handle, start, end - start)
        if count <= 0:
            return None
        size = pdfium.FPDFText_GetFontSize(handle, start)
        gap = max(8.0, 0.8 * size)
        runs: list[list[float]] = []
        for index in range(count):
            pdfium.FPDFText_GetRect(handle, index, *self._as_rect)
            left, top, right, bottom = (edge.value for edge in self._edges)
            if runs and left - runs[-1][1] <= gap:
                run = runs[-1]
                run[1], run[2], run[3] = max(run[1], right), min(run[2], bottom), max(run[3], top)
            else:
                runs.append([left, right, bottom, top])
        line = Line(printed, number, *runs[0], size, self._bold(handle, start))
        if len(runs) > 1:
            line.right = max(run[1] for run in runs)
            line.bottom, line.top = min(run[2] for run in runs), max(run[3] for run in runs)
            line.cells = self._cells(handle, printed, start, runs)
        if _NOTE_MARK.search(printed):
            self._drop_note_marks(handle, line, start)
        if text[end : end + 1] in _BREAKS:
            line.text += BROKEN_WORD
        return line

    def _cells(self, handle: Any, text: str, start: int, runs: list[list[float]]) -> tuple[Cell, ...]:
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
        weight = pdfium.FPDFText_GetFontWeight(handle, index)
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


def _rules(page: Any) -> tuple[float, ...]:
    """The heights of the horizontal lines ruled on a page (drawn as thin boxes or strokes), from the top."""
    left, bottom, right, top = (c_float() for _ in range(4))
    heights = []
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if pdfium.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top)):
            if top.value - bottom.value < 3 and right.value - left.value > 20:
                heights.append((top.value + bottom.value) / 2)
    return tuple(sorted(heights, reverse=True))
