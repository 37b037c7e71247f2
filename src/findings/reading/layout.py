"""The lines of printed pages → headings, paragraphs, bullets and table rows in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from findings.reading.assemble import Element
from findings.reading.columns import in_reading_order
from findings.reading.furniture import take_furniture
from findings.reading.hyphens import Hyphens
from findings.reading.lines import BROKEN_WORD, Line, Page
from findings.reading.page_tables import Table, find_tables

_BULLET = re.compile("(?:[•▪◼■□●○◦‣⁃∙·➢➤✓❖\uf000-\uf0ff]\\s*|[–—―−o*-]\\s+)(?=\\S)")
_NUMBER = re.compile(
    r"(?:\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zA-Z]|[ivx]{1,5})[.)]|\d{1,3}(?:\.\d{1,3}){1,4})\s+(?=\S)|\d{1,3}\.(?=[A-Z][a-z])"
)
_HYPHENS = frozenset({BROKEN_WORD, "-"})
_CLOSERS = "\"'’”)]"
_FIELD = re.compile(r"[A-Z][\w’' -]{2,40}:\s+\S")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GRADE = re.compile(r"(?i).*:\s*(?:outstanding|good|adequate|satisfactory|inadequate|requires improvement.*)")
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡])\s*(?=\S|$)")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LONGEST_HEADING = 250
_FULL = 0.75  # of the page's width: how far a line goes that its page's end may have cut a paragraph after
_SAMPLE = 20  # pages by which the body's type and leading are told


def _margin(lines: Sequence[Line], otherwise: float) -> float:
    """How far to the right lines go, but for a few that stick out."""
    rights = sorted(line.right for line in lines)
    return rights[-1 - len(rights) // 30] if rights else otherwise


def _mark(text: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The bullet, or else the paragraph's number, with which a line begins."""
    head = text[:7]
    if head[0].isalpha() and head[1:2] != " " and "." not in head and ")" not in head:
        return None, None  # most lines, at little cost
    bullet = _BULLET.match(text)
    return bullet, None if bullet else _NUMBER.match(text)


def _ends(text: str) -> bool:
    """Whether a sentence, or a lead-in, ends with this text."""
    return text.rstrip(_CLOSERS)[-1:] in ".?!:;"


@dataclass(slots=True)
class _Draft:
    """A block that lines are still being added to; `indent` is where its second and later lines begin."""

    lines: list[Line]
    kind: str
    mark: str
    indent: float | None


def lay_out(pages: Sequence[Page]) -> list[Element]:
    """The blocks of a document in reading order, its furniture among them, from the lines of its pages."""
    furniture = take_furniture(pages)
    layout = _Layout(pages)
    for page in pages:
        layout.add(page, furniture[page.number])
    return layout.finish()


@dataclass(slots=True)
class _Layout:
    pages: Sequence[Page]
    elements: list[Element] = field(default_factory=list)
    draft: _Draft | None = None
    notes: list[Element] = field(default_factory=list)
    styles: list[tuple[Element, tuple[float, bool]]] = field(default_factory=list)
    bullets: list[float] = field(default_factory=list)
    body: float = 12.0
    leading: float = 1.2
    bold: bool = False
    width: float = 0.0
    left: float = 0.0
    margin: float = 0.0
    left_margin: float = 0.0
    gutter: float | None = None
    hyphens: Hyphens = field(init=False)

    def __post_init__(self) -> None:
        self.hyphens = Hyphens(lambda: (line.text for page in self.pages for line in page.lines))
        sample = [page.lines for page in self.pages[:_SAMPLE]]
        sizes: Counter[tuple[float, bool]] = Counter()
        for line in chain.from_iterable(sample):
            sizes[line.size, line.bold] += len(line.text)
        if not sizes:
            return
        self.body, self.bold = max(sizes, key=lambda style: sizes[style])
        pitches = Counter(
            round(first.top + first.bottom - second.top - second.bottom)
            for first, second in chain.from_iterable(map(pairwise, sample))
            if first.size == second.size == self.body
        )
        pitch = next((p / 2 for p, _ in pitches.most_common() if 0.9 * self.body < p / 2 < 2.5 * self.body), None)
        self.leading = (pitch or 1.2 * self.body) / self.body

    def add(self, page: Page, furniture: Sequence[Line]) -> None:
        """Lay out the next page."""
        for line in furniture:
            self.elements.append(Element("furniture", line.text, page.number))
        lines, self.gutter = in_reading_order(page)
        lines, notes = self._part_notes(lines)
        self.width = page.width
        self.left = min((line.left for line in lines), default=0)
        self.margin = _margin(lines, page.width)
        self.left_margin = _margin([line for line in lines if line.right <= self.gutter], 0) if self.gutter else 0.0
        if not lines:
            self._close()
        for item in find_tables(lines, page.rules):
            if isinstance(item, Table):
                self._close()
                self._add_table(item, page.number)
            elif not (item.size < 0.75 * self.body and _NOTE_MARK.fullmatch(item.text)):
                self._add_line(item)
        self._add_notes(notes)

    def finish(self) -> list[Element]:
        """All the blocks, once every page has been added."""
        self._close()
        ranks = sorted({style for _, style in self.styles}, reverse=True)
        for element, style in self.styles:
            element.level = ranks.index(style) + 1
        return self.elements

    def _part_notes(self, lines: list[Line]) -> tuple[list[Line], list[Line]]:
        """The page's lines, and the footnotes at its foot: small type that begins with a small mark."""
        start = len(lines)
        while start and lines[start - 1].size < 0.92 * self.body:
            start -= 1
        while start < len(lines) and not (lines[start].size < 0.75 * self.body and _NOTE_MARK.match(lines[start].text)):
            start += 1
        return lines[:start], lines[start:]

    def _add_notes(self, lines: Sequence[Line]) -> None:
        """Keep footnotes until the block that runs on to the next page has ended."""
        for line in lines:
            mark = _NOTE_MARK.match(line.text) if line.size < 0.75 * self.body else None
            if mark or not self.notes:
                self.notes.append(Element("paragraph", line.text[mark.end() :] if mark else line.text, line.page))
            else:
                self.notes[-1].text = self._join(self.notes[-1].text, line.text)
        if self.draft is None:
            self._flush_notes()

    def _flush_notes(self) -> None:
        self.elements += self.notes
        self.notes = []

    def _add_line(self, line: Line) -> None:
        if line.size < 0.75 * self.body:
            self._take_note_mark(line)
        bullet, number = _mark(line.text)
        if not bullet and not (number and self._numbers(line)) and self.draft and self._continues(line):
            if self.draft.indent is None and line.left < self.draft.lines[-1].right:
                self.draft.indent = line.left
            self.draft.lines.append(line)
            return
        self._close()
        mark = bullet or number
        indent = line.cells[1].left if mark and line.cells else None
        self.draft = _Draft([line], "bullet" if bullet else "paragraph", mark[0] if mark else "", indent)

    def _take_note_mark(self, line: Line) -> None:
        """Take a footnote's mark off a line that goes on, after it, with the line before at the same height."""
        last = self.draft.lines[-1] if self.draft else None
        mark = _NOTE_MARK.match(line.text)
        if mark and last and last.size > line.size and line.left >= last.right - 1 and line.top > last.bottom:
            line.text = line.text[mark.end() :] or line.text
            line.size = last.size

    def _numbers(self, line: Line) -> bool:
        """Whether what looks like a paragraph's number at the start of a line is one, and not the text going on."""
        draft = self.draft
        if draft is None or line.cells or _ends(draft.lines[-1].text):
            return True
        inside = abs(line.left - (draft.lines[0].left if draft.indent is None else draft.indent)) < 3
        return not inside or self._would_fit(draft.lines[-1], line)

    def _continues(self, line: Line) -> bool:
        """Whether an unmarked line goes on with the block being drafted."""
        draft = self.draft
        assert draft is not None
        last = draft.lines[-1]
        small = line.text[:1].islower()
        if last.text[-1] == BROKEN_WORD:
            return True
        ended = _ends(last.text)
        if abs(last.size - line.size) > 0.7 and not (
            small and not ended and (max(last.size, line.size) < 1.25 * min(last.size, line.size) or draft.mark)
        ):
            return False
        if line.page != last.page:
            return self._runs_on(draft, line, ended, small)
        gap = (last.top + last.bottom - line.top - line.bottom) / 2
        if abs(gap) < 0.3 * line.size:
            return line.left >= last.right - 1
        if gap < 0 or gap > 1.27 * self.leading * max(line.size, last.size):
            return False
        if not self._aligned(draft, line):
            return False
        if small:
            return True
        if last.bold != line.bold and (ended or self._would_fit(last, line)):
            return False
        return not self._would_fit(last, line)

    def _aligned(self, draft: _Draft, line: Line) -> bool:
        first = draft.lines[0]
        if draft.indent is not None:
            return abs(line.left - draft.indent) < 4 or (line.size > self.body + 0.9 and not draft.mark)
        if draft.mark:
            return first.left - 2 <= line.left < first.left + 60
        return abs(line.left - first.left) < 40

    def _runs_on(self, draft: _Draft, line: Line, ended: bool, small: bool) -> bool:
        """Whether the first line of a page goes on with the block that the page before it ended in."""
        last = draft.lines[-1]
        if line.page != last.page + 1 or self._is_large(draft) or last.bold != line.bold:
            return False
        if small and not ended:
            return True
        if ended and last.right < _FULL * self.width:
            return False
        if draft.indent is not None and abs(line.left - draft.indent) > 6:
            return False
        return not self._would_fit(last, line)

    def _would_fit(self, last: Line, line: Line) -> bool:
        """Whether the next line's first word had room on the line before, so that the line was ended on purpose."""
        width = (last.right - last.left) / max(1, len(last.text))
        word = len(line.text.split(" ", 1)[0]) + 1
        in_left_column = self.gutter is not None and last.right <= self.gutter
        margin = self.left_margin if in_left_column else self.margin
        return last.right + 1.2 * word * width + 0.5 * last.size < margin

    def _is_large(self, draft: _Draft) -> bool:
        return draft.lines[0].size > self.body + 0.9 and not draft.mark

    def _join(self, text: str, more: str) -> str:
        if text.endswith(BROKEN_WORD):
            return self.hyphens.join(text[:-1] + "-", more)
        if text.endswith("-") and text[-2:-1].isalnum() and more[:1].isalnum():
            return self.hyphens.join(text, more)
        return f"{text} {more}"

    def _close(self) -> None:
        """End the block being drafted."""
        draft, self.draft = self.draft, None
        if draft is None:
            return
        first = draft.lines[0]
        element = self._joined(draft)
        if draft.kind == "bullet":
            element.kind = "bullet"
            element.level = self._depth(first.left)
        elif self._is_heading(draft, element.text):
            element.kind = "heading"
            self.styles.append((element, (round(first.size), first.bold)))
        if element.kind != "bullet":
            self.bullets = []
        self.elements.append(element)
        self._flush_notes()

    def _joined(self, draft: _Draft) -> Element:
        """The text of a block's lines, with where each later page begins in it."""
        first = draft.lines[0]
        text = first.text if draft.kind == "paragraph" else first.text[len(draft.mark) :]
        if draft.lines[-1].page == first.page and not any(line.text[-1] in _HYPHENS for line in draft.lines):
            text = " ".join([text, *(line.text for line in draft.lines[1:])])
            return Element("paragraph", text.replace(" ,", ","), first.page)
        starts = []
        page = first.page
        for line in draft.lines[1:]:
            text = self._join(text, line.text)
            if line.page != page:
                page = line.page
                starts.append((len(text) - len(line.text), page))
        return Element("paragraph", text.removesuffix(BROKEN_WORD), first.page, tuple(starts))

    def _depth(self, left: float) -> int:
        """How deep a bullet stands that begins at `left`, by the bullets before it."""
        while self.bullets and self.bullets[-1] > left + 3:
            self.bullets.pop()
        if not self.bullets or self.bullets[-1] < left - 3:
            self.bullets.append(left)
        return len(self.bullets)

    def _is_heading(self, draft: _Draft, text: str) -> bool:
        first = draft.lines[0]
        large = first.size > self.body + 0.9
        bold = all(line.bold for line in draft.lines)
        ended = re.search(r"[.;,]$", text) is not None
        if len(text) > _LONGEST_HEADING or not _LETTERS.search(text) or (ended and not (large and bold)):
            return False
        if _FIELD.match(text) and not _GRADE.fullmatch(text) and (not large or _YEAR.search(text)):
            return False
        if large:
            return True
        centred = abs(first.left + first.right - self.width) < 30
        return bold and not self.bold and (centred or first.left < self.left + 60)

    def _add_table(self, table: Table, page: int) -> None:
        self.bullets = []
        columns = tuple(filter(None, table.rows[0].cells)) if table.header else ()
        plain = not all(row.bold for row in table.rows)
        for index, row in enumerate(table.rows):
            filled = [cell for cell in row.cells if cell]
            alone = len(table.rows) == 1 and len(filled) == 2
            if len(filled) == 2 and filled[0].endswith(":"):
                self.elements.append(Element("paragraph", " ".join(filled), page))
            elif row.bold and (alone or (plain and len(filled) == 1 and row.cells[0])):
                element = Element("heading", ": ".join(filled), page)
                self.styles.append((element, (round(table.lines[0].size), True)))
                self.elements.append(element)
            else:
                self.elements.append(Element("row", " | ".join(filled), page, columns=columns if index else ()))
