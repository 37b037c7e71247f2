"""Web pages, as browsers save them (HTML, MHTML) → a report."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from findings.errors import ReadError
from findings.reading.assemble import Element, assemble
from findings.reading.list_numbers import list_number
from findings.reading.page_parts import PageParts
from findings.reading.paragraphs import list_item, read_paragraph, with_levels
from findings.reading.sniff import is_saved_page
from findings.reading.table_rows import Cell, read_table

if TYPE_CHECKING:
    from lxml.etree import _Element

    from findings.report import Report

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section "
    "summary table tbody td tfoot th thead tr ul".split()
)
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_TABLES = frozenset({"table", "dl"})
_CELLS = frozenset({"td", "th", "dt", "dd"})
_BOLD = frozenset({"b", "strong"})
_NOTE_MARK = re.compile(r"\s*[\[(]?(\d{1,3}|[*†‡]|[a-z]|(foot)?note \d{1,3})[\])]?\s*", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(
    rb"<meta[^>]{1,200}charset\s*=\s*[\"']?\s*([\w:.-]+)|<\?xml[^>]{1,100}encoding=[\"']([\w.-]+)", re.IGNORECASE
)
_BOMS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
_WIDEST_SPAN = 100


def read_html(data: bytes, *, name: str) -> Report:
    """Read a web page; navigation, banners and what else surrounds its content is furniture, hidden parts are left out.

    Raises `ReadError` where `data` cannot be read as one.
    """
    text = _decode(_page(data)).replace("\0", "")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise ReadError(f"{name}: its parts are nested too deep to be read: save the page as a PDF and read that")
    elements = list(with_levels(iter(_Walk(root).elements()))) if root is not None else []
    return assemble(elements, name=name)


def _page(data: bytes) -> bytes:
    """The page itself, where `data` is a page that was saved with its pictures (MHTML)."""
    if not is_saved_page(data):
        return data
    for part in email.message_from_bytes(data, policy=email.policy.default).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            page = content if isinstance(content, bytes) else b""
            charset = part.get_content_charset()
            return (
                page if charset is None or _CHARSET.search(page[:2048]) else _text_in(page, charset).encode("utf-8-sig")
            )
    return b""


def _decode(data: bytes) -> str:
    """A page's text: by its byte-order mark, by the encoding that it declares, as UTF-8, or as Windows-1252."""
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    declared = _CHARSET.search(data[:4096])
    label = (declared[1] or declared[2]).decode("ascii", "replace").lower() if declared else "utf-8"
    return _text_in(data, label)


def _text_in(data: bytes, label: str) -> str:
    try:
        encoding = codecs.lookup(label).name
    except LookupError:
        encoding = "utf-8"
    if encoding in ("iso8859-1", "ascii"):  # which browsers take for Windows-1252
        encoding = "cp1252"
    for candidate in (encoding, "utf-8"):
        try:
            return data.decode(candidate)
        except (UnicodeDecodeError, LookupError):  # LookupError: an encoding of bytes, such as base64
            continue
    return data.decode("cp1252", "replace")


@dataclass(slots=True)
class _List:
    style: str | None  # None: its items have bullets
    count: int
    step: int = 1


@dataclass(slots=True)
class _Item:
    level: int
    label: str | None


@dataclass(slots=True)
class _Table:
    """A table, or a list of terms with what is said of each, while it is read."""

    is_layout: bool = False
    headers: int = 0
    rows: list[list[Cell]] = field(default_factory=list)
    row: list[Cell] = field(default_factory=list)
    heights: dict[int, int] = field(default_factory=dict)  # column → how many more rows its cell reaches down

    def add(self, cell: Cell, height: int = 1) -> None:
        self._pass_over()
        at = sum(cell.span for cell in self.row)
        if height > 1:
            self.heights.update(dict.fromkeys(range(at, at + cell.span), height))
        self.row.append(cell)

    def end_row(self, *, is_header: bool = False) -> None:
        self._pass_over()
        if any(cell.text for cell in self.row):
            self.headers += is_header and self.headers == len(self.rows)
            self.rows.append(self.row)
        self.row = []
        self.heights = {column: height - 1 for column, height in self.heights.items() if height > 1}

    def _pass_over(self) -> None:
        """Add an empty cell for each that reaches down from a row above into the next places of this one."""
        at = sum(cell.span for cell in self.row)
        while self.heights.get(at, 0) > 0:
            self.row.append(Cell([]))
            at += 1


@dataclass(slots=True)
class _Frame:
    """What is open in the page, or in the table cell `cell`, that is being read."""

    cell: _Element | None = None
    elements: list[Element] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)


class _Walk:
    """One walk over a page's tree, which gathers text until a block begins or ends.

    It keeps its own stacks: pages are nested deeper than calls may be.
    """

    def __init__(self, root: _Element) -> None:
        self._root = root
        self._parts = PageParts(root)
        self._frames = [_Frame()]
        self._pieces: list[str] = []
        self._is_bold = True  # whether all the text gathered is bold
        self._open = Counter[str]()  # how many elements of each tag are open
        self._unread: _Element | None = None  # the outermost open element that is passed over
        self._furniture: _Element | None = None  # the outermost open one that is furniture
        self._in_main = not self._parts.has_main

    def elements(self) -> list[Element]:
        for event, element in etree.iterwalk(self._root, events=("start", "end", "comment", "pi")):
            if event == "start":
                self._start(element)
                self._add(element.text)
            elif element is not self._root:
                if event == "end":
                    self._end(element)
                self._add(element.tail)
        self._flush()
        return self._frames[0].elements

    def _start(self, element: _Element) -> None:
        if self._unread is not None:
            return
        part = self._parts.part(element)
        if part == "unread" or _is_note_mark(element):
            self._unread = element
            return
        tag = str(element.tag)
        if tag in _BLOCKS or part == "furniture":
            self._flush()
        if part == "furniture" and self._furniture is None:
            self._furniture = element
        if self._parts.is_main(element):
            self._in_main = True
        self._open[tag] += 1
        if tag == "br":
            self._pieces.append("\n")
        elif tag in _LISTS:
            self._frames[-1].lists.append(_new_list(element))
        elif tag == "li":
            self._frames[-1].items.append(self._new_item(element))
        elif tag in _TABLES:
            self._frames[-1].tables.append(_Table(element.get("role") in ("presentation", "none")))
        elif tag in _CELLS and self._frames[-1].tables:
            if tag == "dt":
                self._frames[-1].tables[-1].end_row()
            self._frames.append(_Frame(element))

    def _end(self, element: _Element) -> None:
        if self._unread is not None:
            self._unread = None if element is self._unread else self._unread
            return
        tag = str(element.tag)
        if tag in _BLOCKS or element is self._furniture:
            self._flush()
        if element is self._furniture:
            self._furniture = None
        if self._parts.is_main(element):
            self._in_main = False
        self._open[tag] -= 1
        frame = self._frames[-1]
        if tag in _LISTS:
            frame.lists.pop()
        elif tag == "li":
            frame.items.pop()
        elif frame.cell is element:
            self._end_cell(element)
        elif tag == "tr" and frame.tables:
            parent = element.getparent()
            frame.tables[-1].end_row(is_header=parent is not None and parent.tag == "thead")
        elif tag in _TABLES:
            self._end_table(is_terms=tag == "dl")

    def _new_item(self, element: _Element) -> _Item:
        lists = self._frames[-1].lists
        if not lists or lists[-1].style is None:
            return _Item(max(1, len(lists)), None)
        lists[-1].count = _int(element.get("value"), lists[-1].count + lists[-1].step)
        return _Item(len(lists), list_number(lists[-1].count, lists[-1].style))

    def _end_cell(self, element: _Element) -> None:
        frame = self._frames.pop()
        cell = Cell(frame.elements, _span(element, "colspan"), header=element.tag == "th")
        self._frames[-1].tables[-1].add(cell, _span(element, "rowspan"))

    def _end_table(self, *, is_terms: bool) -> None:
        frame = self._frames[-1]
        table = frame.tables.pop()
        table.end_row()
        if table.is_layout:
            frame.elements += [element for row in table.rows for cell in row for element in cell.elements]
        else:
            frame.elements += read_table(table.rows, 0 if is_terms else table.headers or None)

    def _add(self, text: str | None) -> None:
        if not text or self._unread is not None:
            return
        self._pieces.append(text if self._open["pre"] else _SPACE.sub(" ", text))
        if text.strip():
            self._is_bold &= any(self._open[tag] for tag in _BOLD)

    def _flush(self) -> None:
        """Make elements of the text gathered."""
        text, is_bold = "".join(self._pieces), self._is_bold
        self._pieces, self._is_bold = [], True
        if text.strip():
            self._frames[-1].elements += self._read(text, is_bold)

    def _read(self, text: str, is_bold: bool) -> Iterator[Element]:
        level = next((level for level in range(1, 7) if self._open[f"h{level}"]), 0)
        items = self._frames[-1].items
        if self._furniture is not None or not self._in_main:
            yield Element("furniture", text)
        elif level:
            yield Element("heading", text, level=level)
        elif items and items[-1].label is None:
            yield Element("bullet", text, level=items[-1].level)
        elif items:
            label, items[-1].label = items[-1].label or "", ""  # what follows in the item is not numbered again
            yield list_item("paragraph", label, text)
        else:
            for paragraph in _PARAGRAPH_END.split(text):
                yield from read_paragraph(paragraph, bold=is_bold)


def _is_note_mark(element: _Element) -> bool:
    """Whether an element is the mark of a footnote: a linked number, raised or by its role or class, and no more."""
    if element.tag not in ("sup", "a"):
        return False
    links = [link for link in (element, *element.iter("a"), *element.iterancestors("a")) if link.tag == "a"]
    return (
        any((link.get("href") or "").rpartition("#")[1] for link in links)
        and (element.tag == "sup" or element.find("sup") is not None or element.get("role") == "doc-noteref")
        and bool(_NOTE_MARK.fullmatch("".join(map(str, element.itertext()))))
    )


def _new_list(element: _Element) -> _List:
    if element.tag != "ol":
        return _List(None, 0)
    step = -1 if element.get("reversed") is not None else 1
    start = _int(element.get("start"), sum(1 for _ in element.iterchildren("li")) if step < 0 else 1)
    return _List(element.get("type") or "1", start - step, step)


def _span(element: _Element, attribute: str) -> int:
    return min(max(1, _int(element.get(attribute), 1)), _WIDEST_SPAN)


def _int(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*-?\d{1,6}\s*", text) else default
