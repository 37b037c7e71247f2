"""Word documents (DOCX) → a report."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docx.package import Package

from findings.reading.archive import check_document
from findings.reading.assemble import Element, assemble
from findings.reading.docx_numbering import Numbering
from findings.reading.docx_styles import Styles
from findings.reading.ooxml import ALTERNATIVES, W, child, chosen, is_on, part_root, related_parts, value
from findings.reading.paragraphs import is_contents_entry, is_misused_heading, list_item, read_paragraph, with_levels
from findings.reading.table_rows import Cell, read_table

if TYPE_CHECKING:
    from lxml.etree import _Element

    from findings.report import Report

# What holds paragraphs or runs without being one itself; tracked insertions count as text of the document.
_WRAPPERS = {
    f"{W}{name}" for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent", "hyperlink", "bdo", "dir")
}
_DELETED = {f"{W}del", f"{W}moveFrom"}
_TEXT_BOX = f"{W}txbxContent"
_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"
_NOTE_KINDS = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_CHARACTERS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}sym": " ",
}  # fmt: skip
_CONTENTS_FIELD = re.compile(r"\s*(TOC|TOA|INDEX)\b")
_PAGE_FIELD = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b")
_WIDEST_SPAN = 100


def read_docx(data: bytes, *, name: str) -> Report:
    """Read a Word document; tracked insertions are read as accepted, deletions, comments and hidden text left out.

    Footnotes follow the section that cites them. Raises `ReadError` where `data` is damaged, encrypted, or a bomb.
    """
    check_document(data, name)
    document = Package.open(io.BytesIO(data)).main_document_part
    elements = list(with_levels(_Document(document).elements()))
    return assemble(elements, name=name)


@dataclass(slots=True)
class _Text:
    """What a paragraph's runs add up to."""

    pieces: list[str] = field(default_factory=list)
    bold: bool = True
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    is_contents: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)


class _Document:
    """One document while it is read: the state that runs on from paragraph to paragraph."""

    def __init__(self, part: Any) -> None:
        self._part = part
        self._styles = Styles(self._related_root("styles"))
        self._numbering = Numbering(self._related_root("numbering"), self._styles.numbering_style)
        self._notes = {kind: self._note_bodies(kind) for kind in ("footnotes", "endnotes")}
        self._cited: list[tuple[str, str]] = []
        self._fields: list[list[str]] = []  # the open fields: the instruction of each, and "" once its result begins
        self._carried = _Text()  # the text of a paragraph whose end was deleted: it goes on in the next one

    def elements(self) -> Iterator[Element]:
        yield from self._furniture("header")
        body = child(part_root(self._part), "body")
        for element in self._blocks(body if body is not None else []):
            if element.kind == "heading":
                yield from self._cited_notes("footnotes")
            yield element
        yield from self._cited_notes("footnotes")
        yield from self._cited_notes("endnotes")
        yield from self._furniture("footer")

    def _related_root(self, relation: str) -> _Element | None:
        parts = related_parts(self._part, relation)
        return part_root(parts[0]) if parts else None

    def _note_bodies(self, kind: str) -> dict[str, _Element]:
        root = self._related_root(kind)
        return {note.get(f"{W}id", ""): note for note in root.iterchildren("*")} if root is not None else {}

    def _cited_notes(self, kind: str) -> Iterator[Element]:
        """The notes of this kind cited so far, each once, as paragraphs of their own."""
        cited = [number for cited_kind, number in self._cited if cited_kind == kind]
        self._cited = [note for note in self._cited if note[0] != kind]
        for number in cited:
            for element in self._blocks(self._notes[kind].pop(number, [])):
                element.kind = "paragraph" if element.kind == "heading" else element.kind
                yield element

    def _furniture(self, relation: str) -> Iterator[Element]:
        """The document's running headers or footers, and the watermarks in them, each text once."""
        seen: set[str] = set()
        for part in related_parts(self._part, relation):
            root = part_root(part)
            texts = [element.text for element in self._blocks(root)]
            texts += [mark.get("string", "") for mark in root.iter(_WATERMARK)]
            for text in texts:
                if text not in seen:
                    seen.add(text)
                    yield Element("furniture", text)

    def _blocks(self, container: Iterable[_Element]) -> Iterator[Element]:
        for element in container:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag == f"{W}sdt":
                yield from self._control(element)
            elif element.tag == ALTERNATIVES:
                yield from self._blocks(chosen(element))
            elif element.tag in _WRAPPERS:
                yield from self._blocks(element)

    def _control(self, control: _Element) -> Iterator[Element]:
        """A content control: its content, as furniture where it is a contents list."""
        content = child(control, "sdtContent")
        gallery = value(control, "sdtPr", "docPartObj", "docPartGallery") or ""
        for element in self._blocks(content if content is not None else []):
            if gallery.lower().startswith(("table of contents", "bibliographies", "page numbers")):
                element.kind = "furniture"
            yield element

    def _paragraph(self, paragraph: _Element) -> Iterator[Element]:
        read, self._carried = self._carried, _Text()
        self._collect(paragraph, paragraph, read)
        if is_on(paragraph, "pPr", "rPr", "del"):
            self._carried = read
            return
        self._cited += read.notes
        if read.text.strip():
            yield from self._classified(paragraph, read)
        for box in read.boxes:
            yield from self._blocks(box)

    def _classified(self, paragraph: _Element, read: _Text) -> Iterator[Element]:
        text = read.text
        if read.is_contents or self._styles.is_contents(paragraph) or is_contents_entry(text):
            yield Element("furniture", text)
            return
        place = self._styles.list_place(paragraph)
        mark, label = self._numbering.count(*place) if place else ("none", "")
        depth = place[1] if place else 0
        level = self._styles.heading_level(paragraph)
        if level and not is_misused_heading(text):
            yield list_item("heading", label, text, level)
        elif mark == "bullet":
            yield Element("bullet", text, level=max(depth + 1, self._styles.list_bullet_level(paragraph)))
        elif mark == "number":
            yield list_item("paragraph", label, text)
        elif level := self._styles.list_bullet_level(paragraph):
            yield Element("bullet", text, level=level)
        else:
            yield from read_paragraph(text, bold=read.bold)

    def _collect(self, container: Iterable[_Element], paragraph: _Element, read: _Text) -> None:
        """Add to `read` what stands in a paragraph or in a wrapper of its runs."""
        for element in container:
            if element.tag == f"{W}r":
                self._collect_run(element, paragraph, read)
            elif element.tag in _WRAPPERS:
                self._collect(element, paragraph, read)
            elif element.tag == f"{W}sdt":
                content = child(element, "sdtContent")
                self._collect(content if content is not None else [], paragraph, read)
            elif element.tag == ALTERNATIVES:
                self._collect(chosen(element), paragraph, read)
            elif element.tag == f"{W}fldSimple":
                self._fields.append([element.get(f"{W}instr", ""), ""])
                self._collect(element, paragraph, read)
                self._fields.pop()

    def _collect_run(self, run: _Element, paragraph: _Element, read: _Text) -> None:
        if is_on(run, "rPr", "vanish"):
            for element in run.iterchildren(f"{W}fldChar"):
                self._field(element)
            return
        for element in run.iterchildren("*"):
            if element.tag == f"{W}fldChar":
                self._field(element)
            elif element.tag == f"{W}instrText" and self._fields:
                self._fields[-1][0] += element.text or ""
            elif element.tag in _NOTE_KINDS:
                read.notes.append((_NOTE_KINDS[element.tag], element.get(f"{W}id", "")))
            elif element.tag == f"{W}t" or element.tag in _CHARACTERS:
                self._add(_CHARACTERS.get(element.tag, element.text or ""), run, paragraph, read)
            else:
                read.boxes += _text_boxes(element)

    def _add(self, text: str, run: _Element, paragraph: _Element, read: _Text) -> None:
        """Add text of a run, unless it is a field's instruction or a page number."""
        read.is_contents |= any(_CONTENTS_FIELD.match(instruction) for instruction, *_ in self._fields)
        if any(len(parts) == 1 or _PAGE_FIELD.match(parts[0]) for parts in self._fields) and not read.is_contents:
            return
        read.pieces.append(text)
        if text.strip() and read.bold:
            read.bold = self._styles.is_bold(run, paragraph)

    def _field(self, mark: _Element) -> None:
        """Keep account of the fields that a mark opens, turns from instruction to result, or closes."""
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append([""])
        elif kind == "separate" and self._fields:
            self._fields[-1].append("")
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _table(self, table: _Element) -> Iterator[Element]:
        rows: list[list[Cell]] = []
        headers = 0
        for row in _rows(table, "tr"):
            if child(row, "trPr", "del") is not None:
                continue
            if is_on(row, "trPr", "tblHeader") and headers == len(rows):
                headers += 1
            rows.append([self._cell(cell) for cell in _rows(row, "tc")])
        if not headers and rows and self._styles.has_header_row(table):
            for cell in rows[0]:
                cell.header = True
        yield from read_table(rows, headers or None)

    def _cell(self, cell: _Element) -> Cell:
        merged = child(cell, "tcPr", "vMerge")
        goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        span = value(cell, "tcPr", "gridSpan") or "1"
        elements = [] if goes_on else list(self._blocks(cell))
        return Cell(
            elements,
            span=min(int(span), _WIDEST_SPAN) if span.isdigit() else 1,
            header=bool(elements) and all(element.kind == "heading" for element in elements),
        )


def _rows(container: _Element, name: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, also within content controls and tracked insertions."""
    for element in container.iterchildren("*"):
        if element.tag == f"{W}{name}":
            yield element
        elif element.tag in _WRAPPERS or element.tag == f"{W}sdt":
            yield from _rows(element, name)


def _text_boxes(element: _Element) -> list[_Element]:
    """The outermost text boxes in a drawing, in the branch of each alternative that is read."""
    boxes: list[_Element] = []
    waiting = [element]
    while waiting:
        element = waiting.pop()
        if element.tag == _TEXT_BOX:
            boxes.append(element)
        elif element.tag not in _DELETED:
            inner = list(chosen(element)) if element.tag == ALTERNATIVES else list(element.iterchildren("*"))
            waiting += reversed(inner)
    return boxes
