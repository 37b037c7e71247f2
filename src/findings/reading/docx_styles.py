"""What a Word document's styles say of its paragraphs: headings, contents lists, list numbers, bold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from findings.reading.ooxml import W, child, is_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(r"heading ([1-9])")
_CONTENTS = re.compile(r"toc( heading| \d)?|contents heading|table of (figures|authorities)|index \d")
_LIST_BULLET = re.compile(r"list bullet ?(\d)?")
_BODY_TEXT = 9  # the outline level of what is no heading


class Styles:
    """A document's styles, each with what it inherits from the styles that it is based on."""

    def __init__(self, root: _Element | None) -> None:
        """`root` is the styles part; None where the document has none."""
        self._styles: dict[str, _Element] = {}
        self._default: str | None = None
        self._defaults = child(root, "docDefaults", "rPrDefault", "rPr")
        for style in root.iterchildren(f"{W}style") if root is not None else ():
            name = style.get(f"{W}styleId", "")
            self._styles[name] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._default = name

    def heading_level(self, paragraph: _Element) -> int:
        """The level of the heading that a paragraph is by its style or its own outline level; 0 where it is none."""
        outline = value(paragraph, "pPr", "outlineLvl")
        for style in self._chain(paragraph):
            name = _name(style)
            if match := _HEADING.fullmatch(name):
                return int(match[1]) if outline != str(_BODY_TEXT) else 0
            if name in ("title", "subtitle"):
                return 1 if name == "title" else 2
            outline = outline or value(style, "pPr", "outlineLvl")
        return int(outline) + 1 if outline and outline.isdigit() and int(outline) < _BODY_TEXT else 0

    def is_contents(self, paragraph: _Element) -> bool:
        """Whether a paragraph is an entry or the title of a contents list, by its style."""
        return any(_CONTENTS.fullmatch(_name(style)) for style in self._chain(paragraph))

    def list_place(self, paragraph: _Element) -> tuple[str, int] | None:
        """The list (its `numId`) that a paragraph belongs to, and its depth in it from 0; None where it is in none."""
        instance = value(paragraph, "pPr", "numPr", "numId")
        depth = value(paragraph, "pPr", "numPr", "ilvl")
        for style in self._chain(paragraph):
            if instance is None:
                instance = value(style, "pPr", "numPr", "numId")
            if depth is None:
                depth = value(style, "pPr", "numPr", "ilvl")
        if instance in (None, "0"):
            return None
        return str(instance), int(depth) if depth and depth.isdigit() else 0

    def list_bullet_level(self, paragraph: _Element) -> int:
        """The level of a paragraph in one of the styles for bullets ("List Bullet 2"); 0 where it has none."""
        for style in self._chain(paragraph):
            if match := _LIST_BULLET.fullmatch(_name(style)):
                return int(match[1] or 1)
        return 0

    def numbering_style(self, name: str) -> str | None:
        """The list (its `numId`) that a numbering style stands for."""
        return value(self._styles.get(name), "pPr", "numPr", "numId")

    def has_header_row(self, table: _Element) -> bool:
        """Whether a table is set in a style that sets its first row apart as a header, with that row turned on."""
        look = child(table, "tblPr", "tblLook")
        if look is None:
            return False
        on = look.get(f"{W}firstRow")
        on = on if on is not None else str(int(look.get(f"{W}val", "0"), 16) & 0x20)
        if on in ("0", "false", "off"):
            return False
        rows = (row for style in self._based(value(table, "tblPr", "tblStyle")) for row in style.iter(f"{W}tblStylePr"))
        return any(row.get(f"{W}type") == "firstRow" and len(row) > 0 for row in rows)

    def is_bold(self, run: _Element, paragraph: _Element) -> bool:
        """Whether a run's text is bold, by its own formatting or by its styles."""
        settings = [is_on(run, "rPr", "b")]
        settings += [is_on(style, "rPr", "b") for style in self._based(value(run, "rPr", "rStyle"))]
        settings += [is_on(style, "rPr", "b") for style in self._chain(paragraph)]
        settings.append(is_on(self._defaults, "b"))
        return next((setting for setting in settings if setting is not None), False)

    def _chain(self, paragraph: _Element) -> Iterator[_Element]:
        """A paragraph's style and those that it is based on."""
        return self._based(value(paragraph, "pPr", "pStyle") or self._default)

    def _based(self, name: str | None) -> Iterator[_Element]:
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = value(self._styles[name], "basedOn")


def _name(style: _Element) -> str:
    return (value(style, "name") or "").lower()
