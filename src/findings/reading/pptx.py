"""Slides (PPTX) → a report, a page for each slide."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from findings.reading.archive import check_document
from findings.reading.assemble import Element, assemble
from findings.reading.ooxml import ALTERNATIVES, A, chosen, part_root
from findings.reading.paragraphs import list_item, read_paragraph
from findings.reading.pptx_lists import ListStyles
from findings.reading.table_rows import Cell, read_table

if TYPE_CHECKING:
    from lxml.etree import _Element

    from findings.report import Report

_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
_FURNITURE = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.SLIDE_NUMBER}
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SLIDE_TITLE, _SUBHEADING = 1, 2
_MOST_WORDS_OF_TITLE = 20
_WIDEST_SPAN = 100


def read_pptx(data: bytes, *, name: str) -> Report:
    """Read slides in order: each slide's title is a heading; speaker notes, comments and hidden slides are left out.

    Raises `ReadError` where `data` is damaged, encrypted, or a bomb.
    """
    check_document(data, name)
    slides = Presentation(io.BytesIO(data)).slides
    elements = [element for page, slide in enumerate(slides, start=1) for element in _read_slide(slide, page)]
    pages = len(slides)
    return assemble(elements, name=name, pages=pages)


def _read_slide(slide: Any, page: int) -> Iterator[Element]:
    if slide.element.get("show") in ("0", "false"):
        return
    for alternatives in list(slide.element.iter(ALTERNATIVES)):
        _choose(alternatives)
    shapes = list(_flat(slide.shapes))
    titles = [shape for shape in shapes if _placeholder(shape) in _TITLES and shape.has_text_frame]
    others = [shape for shape in shapes if shape not in titles]
    elements = list(chain.from_iterable(_read_shape(shape, slide, page) for shape in others))
    texts = [_text(paragraph) for shape in titles for paragraph in _paragraphs(shape)]
    title = " ".join(text.strip() for text in texts if text.strip())
    if title:
        yield Element("heading", title, page=page, level=_SLIDE_TITLE)
    elif elements:
        _promote_title(elements)
    yield from elements


def _choose(alternatives: _Element) -> None:
    """Put the branch that is read in the place of the alternatives: the library passes over what stands in them."""
    parent = alternatives.getparent()
    if parent is not None:
        for element in chosen(alternatives):
            alternatives.addprevious(element)
        parent.remove(alternatives)


def _promote_title(elements: list[Element]) -> None:
    """Make the first text of a slide without a title its title, where it could be one: else it is under the last's."""
    first = next((element for element in elements if element.kind != "furniture"), None)
    if first is None or first.kind not in ("paragraph", "heading") or len(first.text.split()) > _MOST_WORDS_OF_TITLE:
        return
    if not first.text.rstrip().endswith((".", ":", ";", ",")):
        first.kind, first.level = "heading", _SLIDE_TITLE


def _flat(shapes: Iterable[Any]) -> Iterator[Any]:
    """The shapes in order, those of groups in the place of their group."""
    waiting = [iter(shapes)]
    while waiting:
        shape = next(waiting[-1], None)
        if shape is None:
            waiting.pop()
        elif hasattr(shape, "shapes"):
            waiting.append(iter(shape.shapes))
        else:
            yield shape


def _placeholder(shape: Any) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _read_shape(shape: Any, slide: Any, page: int) -> Iterator[Element]:
    if getattr(shape, "has_table", False):
        yield from _read_table(shape.table, page)
    elif getattr(shape, "has_text_frame", False):
        if _placeholder(shape) in _FURNITURE:
            for paragraph in _paragraphs(shape):
                yield Element("furniture", _text(paragraph), page=page)
        else:
            yield from _read_text(shape, page)
    elif _diagram(shape) is not None:
        yield from _read_diagram(shape, slide, page)


def _paragraphs(shape: Any) -> list[_Element]:
    return list(shape.text_frame._txBody.iterchildren(f"{A}p"))


def _text(paragraph: _Element) -> str:
    """A paragraph's text, with "\\n" where it breaks its lines."""
    pieces = []
    for element in paragraph.iterchildren(f"{A}r", f"{A}br", f"{A}fld"):
        pieces.append("\n" if element.tag == f"{A}br" else element.findtext(f"{A}t") or "")
    return "".join(pieces).replace("\v", "\n")


def _read_text(shape: Any, page: int) -> Iterator[Element]:
    styles = ListStyles(shape)
    for paragraph in _paragraphs(shape):
        text = _text(paragraph)
        if not text.strip():
            continue
        mark, label, level = styles.mark(paragraph)
        if mark == "bullet":
            yield Element("bullet", text, page=page, level=level)
        elif mark == "number":
            element = list_item("paragraph", label, text)
            element.page = page
            yield element
        else:
            yield from _subheadings(read_paragraph(text, bold=styles.is_bold(paragraph), page=page))


def _subheadings(elements: Iterable[Element]) -> Iterator[Element]:
    for element in elements:
        if element.kind == "heading":
            element.level = _SUBHEADING
        yield element


def _read_table(table: Any, page: int) -> Iterator[Element]:
    rows: list[list[Cell]] = []
    for row in table.rows:
        cells: list[Cell] = []
        for cell in row.cells:
            if cell.is_spanned and not cell.is_merge_origin:
                if not cells or cell._tc.get("vMerge") in ("1", "true"):
                    cells.append(Cell([]))
                continue
            texts = [_text(paragraph) for paragraph in cell._tc.iter(f"{A}p")]
            span = min(cell.span_width if cell.is_merge_origin else 1, _WIDEST_SPAN)
            cells.append(Cell([Element("paragraph", text, page=page) for text in texts if text.strip()], span=span))
        rows.append(cells)
    yield from read_table(rows, 1 if table.first_row else None)


def _diagram(shape: Any) -> _Element | None:
    """What relates a shape to the text of its diagram (SmartArt); None where it is no diagram."""
    found: _Element | None = next(shape._element.iter(f"{_DIAGRAM}relIds"), None)
    return found


def _read_diagram(shape: Any, slide: Any, page: int) -> Iterator[Element]:
    """The texts of a diagram's nodes, as bullets: how they are connected is drawn, not written."""
    relation = _diagram(shape)
    part = slide.part.rels[relation.get(f"{_RELATION}dm")].target_part if relation is not None else None
    root = part_root(part) if part is not None else etree.Element("none")
    for node in root.iter(f"{_DIAGRAM}pt"):
        if node.get("type", "node") in ("node", "asst"):
            text = " ".join(_text(paragraph).strip() for paragraph in node.iter(f"{A}p"))
            if text.strip():
                yield Element("bullet", text, page=page, level=1)
