"""OpenDocument texts and presentations (ODT, ODP) → a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from findings.errors import ReadError
from findings.reading.archive import check_document, open_archive
from findings.reading.assemble import Element, assemble
from findings.reading.odt_lists import Lists, OpenList
from findings.reading.odt_styles import Styles
from findings.reading.opendocument import DRAW, OFFICE, PRESENTATION, STYLE, TABLE, TEXT
from findings.reading.paragraphs import is_contents_entry, is_misused_heading, list_item, read_paragraph, with_levels
from findings.reading.table_rows import Cell, read_table

if TYPE_CHECKING:
    from lxml.etree import _Element

    from findings.report import Report

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_CONTENTS = frozenset(
    f"{TEXT}{name}"
    for name in (
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
        "bibliography",
    )
)  # fmt: skip
_UNREAD = frozenset(
    {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{OFFICE}forms", f"{TEXT}page-number"}
    | {f"{TEXT}page-count", f"{PRESENTATION}notes", f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph", f"{TEXT}ruby-text"}
    | {f"{TEXT}sequence-decls", f"{TEXT}note-citation", f"{DRAW}object", f"{DRAW}object-ole"}
)
_FURNITURE_CLASSES = frozenset({"header", "footer", "page-number", "date-time"})
_SUBHEADING = 2
_WIDEST_SPAN = 100


def read_odt(data: bytes, *, name: str) -> Report:
    """Read an OpenDocument text, or a presentation (a page for each slide); deletions and comments are left out.

    Footnotes follow the section that cites them. Raises `ReadError` where `data` is damaged, encrypted, or a bomb.
    """
    check_document(data, name)
    with open_archive(data, name) as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise ReadError(f"{name}: it is encrypted: open it, save it without its password and read that")
        content = etree.fromstring(archive.read("content.xml"), _PARSER)
        styles = etree.fromstring(archive.read("styles.xml"), _PARSER) if "styles.xml" in names else None
        document = _Document(content, styles)
        elements = list(with_levels(document.elements()))
    return assemble(elements, name=name, pages=document.pages)


@dataclass(slots=True)
class _Text:
    """What a paragraph's text adds up to."""

    pieces: list[str] = field(default_factory=list)
    bold: bool = True
    notes: list[_Element] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)


class _Document:
    """One document while it is read: the state that runs on from paragraph to paragraph."""

    def __init__(self, content: _Element, styles: _Element | None) -> None:
        self._content = content
        self._common = styles
        self._styles = Styles(content, styles)
        self._lists = Lists(self._styles)
        self._cited: list[_Element] = []
        self._slides = list(content.iterfind(f"{OFFICE}body/{OFFICE}presentation/{DRAW}page"))
        self.pages = len(self._slides) or None

    def elements(self) -> Iterator[Element]:
        yield from self._furniture("header")
        for page, slide in enumerate(self._slides, start=1):
            if not self._styles.is_hidden("drawing-page", slide.get(f"{DRAW}style-name")):
                yield from self._slide(slide, page)
        for body in self._content.iterfind(f"{OFFICE}body/{OFFICE}text"):
            for element in self._blocks(body):
                if element.kind == "heading":
                    yield from self._cited_notes()
                yield element
        yield from self._cited_notes()
        yield from self._furniture("footer")

    def _furniture(self, kind: str) -> Iterator[Element]:
        """The running headers or footers of all page styles, each text once."""
        seen: set[str] = set()
        for master in self._common.iter(f"{STYLE}master-page") if self._common is not None else ():
            for region in master.iterchildren("*"):
                if str(region.tag).startswith(f"{STYLE}{kind}"):
                    for element in self._blocks(region):
                        if element.text not in seen:
                            seen.add(element.text)
                            yield Element("furniture", element.text)

    def _cited_notes(self) -> Iterator[Element]:
        cited, self._cited = self._cited, []
        for body in cited:
            for element in self._blocks(body):
                element.kind = "paragraph" if element.kind == "heading" else element.kind
                yield element

    def _slide(self, slide: _Element, page: int) -> Iterator[Element]:
        shapes = list(slide.iterchildren("*"))
        titles = [shape for shape in shapes if shape.get(f"{PRESENTATION}class") == "title"]
        title = " ".join(element.text for element in self._blocks(titles))
        if title.strip():
            yield Element("heading", title, page=page, level=1)
        for shape in shapes:
            if shape in titles:
                continue
            for element in self._blocks([shape]):
                element.page = page
                if shape.get(f"{PRESENTATION}class") in _FURNITURE_CLASSES:
                    element.kind = "furniture"
                elif element.kind == "heading":
                    element.level = element.level or _SUBHEADING
                yield element

    def _blocks(self, container: Iterable[_Element]) -> Iterator[Element]:
        for element in container:
            tag = str(element.tag)
            if tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(element)
            elif tag == f"{TEXT}list":
                yield from self._list(element, None)
            elif tag == f"{TEXT}numbered-paragraph":
                yield from self._numbered(element)
            elif tag == f"{TABLE}table":
                yield from self._table(element)
            elif tag in _CONTENTS:
                yield from (Element("furniture", inner.text) for inner in self._blocks(element))
            elif tag not in _UNREAD:
                yield from self._blocks(element.iterchildren("*"))

    def _list(self, element: _Element, outer: OpenList | None) -> Iterator[Element]:
        opened = self._lists.open(element, outer)
        for item in element.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
            is_counted = item.tag == f"{TEXT}list-header"
            for child in item.iterchildren("*"):
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, opened)
                elif child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    mark, label = ("more", "") if is_counted else self._lists.count(opened, item)
                    is_counted = True
                    yield from self._paragraph(child, mark, label, opened.level)
                else:
                    yield from self._blocks([child])

    def _numbered(self, element: _Element) -> Iterator[Element]:
        """A paragraph that is a list of one item."""
        level = element.get(f"{TEXT}level", "1")
        opened = self._lists.open(element, None)
        opened.level = min(int(level), 9) if level.isdigit() and int(level) else 1
        mark, label = self._lists.count(opened, element)
        for child in element.iterchildren(f"{TEXT}p", f"{TEXT}h"):
            yield from self._paragraph(child, mark, label, opened.level)

    def _paragraph(self, element: _Element, mark: str = "none", label: str = "", level: int = 0) -> Iterator[Element]:
        """A paragraph or heading; `mark` "more" is another paragraph of a list's item."""
        style = element.get(f"{TEXT}style-name")
        if self._styles.is_hidden("paragraph", style):
            return
        read = _Text()
        self._collect(element, bool(self._styles.is_bold("paragraph", style)), read)
        self._cited += read.notes
        text = "".join(read.pieces)
        if text.strip():
            yield from self._classified(element, text, read.bold, mark, label, level)
        for box in read.boxes:
            yield from self._blocks([box])

    def _classified(
        self, element: _Element, text: str, bold: bool, mark: str, label: str, level: int
    ) -> Iterator[Element]:
        style = element.get(f"{TEXT}style-name")
        heading = self._styles.title_level(style)
        if element.tag == f"{TEXT}h":
            outline = element.get(f"{TEXT}outline-level", "1")
            heading = heading or (int(outline) if outline.isdigit() and int(outline) else 1)
            label = label or self._lists.count_heading(element, heading)
        if self._styles.is_contents(style) or is_contents_entry(text):
            yield Element("furniture", text)
        elif heading and not is_misused_heading(text):
            yield list_item("heading", label, text, heading)
        elif mark == "bullet":
            yield Element("bullet", text, level=max(level, self._styles.list_bullet_level(style)))
        elif label:
            yield list_item("paragraph", label, text)
        else:
            yield from read_paragraph(text, bold=bold)

    def _collect(self, element: _Element, is_bold: bool, read: _Text) -> None:
        """Add to `read` what stands in a paragraph or in a part of one."""
        self._add(element.text, is_bold, read)
        for child in element.iterchildren():
            tag = str(child.tag)
            if tag == f"{TEXT}note":
                read.notes += child.iterchildren(f"{TEXT}note-body")
            elif tag in (f"{TEXT}s", f"{TEXT}tab"):
                read.pieces.append(" ")
            elif tag == f"{TEXT}line-break":
                read.pieces.append("\n")
            elif tag.startswith(DRAW):
                read.boxes.append(child)
            elif isinstance(child.tag, str) and tag not in _UNREAD:
                style = child.get(f"{TEXT}style-name") if tag == f"{TEXT}span" else None
                if not self._styles.is_hidden("text", style):
                    own = self._styles.is_bold("text", style)
                    self._collect(child, is_bold if own is None else own, read)
            self._add(child.tail, is_bold, read)

    def _add(self, text: str | None, is_bold: bool, read: _Text) -> None:
        if text:
            read.pieces.append(text)
            read.bold &= is_bold or not text.strip()

    def _table(self, table: _Element) -> Iterator[Element]:
        rows: list[list[Cell]] = []
        headers = 0
        for row in table.iter(f"{TABLE}table-row"):
            if next(row.iterancestors(f"{TABLE}table"), None) is not table:
                continue
            parent = row.getparent()
            headers += parent is not None and parent.tag == f"{TABLE}table-header-rows" and headers == len(rows)
            rows.append(list(self._cells(row)))
        yield from read_table(rows, headers or None)

    def _cells(self, row: _Element) -> Iterator[Cell]:
        covered = 0  # how many of the next cells lie under the one before them in the row
        for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            if cell.tag == f"{TABLE}covered-table-cell" and covered:
                covered -= 1
                continue
            spans = (cell.get(f"{TABLE}number-columns-{how}", "1") for how in ("spanned", "repeated"))
            span, repeated = (min(int(count), _WIDEST_SPAN) if count.isdigit() else 1 for count in spans)
            covered = span - 1
            elements = list(self._blocks(cell.iterchildren("*"))) if cell.tag == f"{TABLE}table-cell" else []
            header = bool(elements) and all(element.kind == "heading" for element in elements)
            yield Cell(elements, max(span, repeated), header)
