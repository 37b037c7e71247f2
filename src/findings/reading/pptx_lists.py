"""Which paragraphs of a slide are bulleted, numbered or bold, by what they inherit from layout and master."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from findings.reading.list_numbers import list_number
from findings.reading.ooxml import A

if TYPE_CHECKING:
    from lxml.etree import _Element

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MARKS = {f"{A}buNone": "none", f"{A}buChar": "bullet", f"{A}buBlip": "bullet", f"{A}buAutoNum": "number"}


class ListStyles:
    """The list styles of one shape. Its paragraphs are to be asked about in order, since numbers are counted."""

    def __init__(self, shape: Any) -> None:
        self._styles = list(_list_styles(shape))
        self._counts: dict[int, int] = {}

    def mark(self, paragraph: _Element) -> tuple[str, str, int]:
        """`(mark, label, level)`: "bullet", "number" or "none", the number ("2"), and the level from 1."""
        depth = _depth(paragraph)
        for properties in self._properties(paragraph):
            found = next((element for element in properties if element.tag in _MARKS), None)
            if found is None:
                continue
            mark = _MARKS[found.tag]
            self._counts = {at: count for at, count in self._counts.items() if at <= depth - (mark != "number")}
            if mark != "number":
                return mark, "", depth + 1
            start = found.get("startAt", "1")
            first = int(start) if start.isdigit() else 1
            self._counts[depth] = self._counts.get(depth, first - 1) + 1
            return mark, list_number(self._counts[depth], found.get("type", "arabicPeriod")), depth + 1
        return "none", "", depth + 1

    def is_bold(self, paragraph: _Element) -> bool:
        """Whether all of a paragraph's text is bold."""
        inherited = next(
            (
                bold
                for properties in self._properties(paragraph)
                for default in properties.iterchildren(f"{A}defRPr")
                if (bold := default.get("b"))
            ),
            "0",
        )
        runs = [run for run in paragraph.iterchildren(f"{A}r", f"{A}fld") if (run.findtext(f"{A}t") or "").strip()]
        bolds = [_own_bold(run) or inherited for run in runs]
        return bool(bolds) and all(bold in ("1", "true") for bold in bolds)

    def _properties(self, paragraph: _Element) -> Iterator[_Element]:
        """The properties that apply to a paragraph, its own first."""
        yield from paragraph.iterchildren(f"{A}pPr")
        for style in self._styles:
            yield from style.iterchildren(f"{A}lvl{_depth(paragraph) + 1}pPr")


def _depth(paragraph: _Element) -> int:
    properties = paragraph.find(f"{A}pPr")
    level = properties.get("lvl", "0") if properties is not None else "0"
    return min(int(level), 8) if level.isdigit() else 0


def _own_bold(run: _Element) -> str | None:
    properties = run.find(f"{A}rPr")
    return properties.get("b") if properties is not None else None


def _list_styles(shape: Any) -> Iterator[_Element]:
    """The list styles that apply to a shape, the nearest first: its own, its layout's, its master's."""
    yield from shape._element.iter(f"{A}lstStyle")
    if not shape.is_placeholder:
        return
    base = getattr(shape, "_base_placeholder", None)
    for _ in range(2):
        if base is None:
            break
        yield from base._element.iter(f"{A}lstStyle")
        base = getattr(base, "_base_placeholder", None)
    kind = str(shape.placeholder_format.type)
    style = "bodyStyle" if any(word in kind for word in ("BODY", "OBJECT", "SUBTITLE", "CONTENT")) else "otherStyle"
    layout = shape.part.slide_layout if hasattr(shape.part, "slide_layout") else None
    if layout is not None:
        yield from layout.slide_master.element.iterfind(f"{_P}txStyles/{_P}{style}")
