"""What an OpenDocument file's styles say of its paragraphs: titles, contents lists, bold, list marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from findings.reading.opendocument import FO, PRESENTATION, STYLE, TEXT

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTENTS = re.compile(r"(contents|toc|index|table index|illustration index)( heading| \d+)+")
_LIST_BULLET = re.compile(r"list bullet ?(\d)?")
_ESCAPED = re.compile(r"_([0-9a-f]{1,4})_")


class Styles:
    """The styles that a document's content uses, each with what it inherits."""

    def __init__(self, content: _Element, styles: _Element | None) -> None:
        """`content` and `styles` are the roots of content.xml and styles.xml; the content's own styles come first."""
        self._styles: dict[tuple[str, str], _Element] = {}
        self._lists: dict[str, _Element] = {}
        self.outline: _Element | None = None
        for root in (styles, content):
            if root is None:
                continue
            for style in root.iter(f"{STYLE}style"):
                self._styles[style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")] = style
            self._lists.update({style.get(f"{STYLE}name", ""): style for style in root.iter(f"{TEXT}list-style")})
            self.outline = next(root.iter(f"{TEXT}outline-style"), self.outline)

    def title_level(self, name: str | None) -> int:
        """1 for the style of titles, 2 for that of subtitles, 0 for any other."""
        names = self._names(name)
        return 1 if "title" in names else 2 if "subtitle" in names else 0

    def is_contents(self, name: str | None) -> bool:
        """Whether a paragraph style is that of a contents list's entries or title."""
        return any(_CONTENTS.fullmatch(name) for name in self._names(name))

    def list_bullet_level(self, name: str | None) -> int:
        """The level that a paragraph style for bullets ("List Bullet 2") is made for; 0 for any other."""
        matches = (_LIST_BULLET.fullmatch(name) for name in self._names(name))
        return next((int(match[1] or 1) for match in matches if match), 0)

    def list_style(self, name: str | None) -> _Element | None:
        """The list style of this name."""
        return self._lists.get(name or "")

    def is_bold(self, family: str, name: str | None) -> bool | None:
        """Whether a "paragraph" or "text" style is bold; None where it does not say."""
        for style in self._chain(family, name):
            for properties in style.iterchildren(f"{STYLE}text-properties"):
                weight = properties.get(f"{FO}font-weight")
                if weight is not None:
                    return weight == "bold" or (weight.isdigit() and int(weight) >= 600)
        return None

    def is_hidden(self, family: str, name: str | None) -> bool:
        """Whether what is in this "paragraph", "text" or "drawing-page" style is not shown."""
        return any(
            properties.get(f"{TEXT}display") == "none" or properties.get(f"{PRESENTATION}visibility") == "hidden"
            for style in self._chain(family, name)
            for properties in style.iterchildren(f"{STYLE}text-properties", f"{STYLE}drawing-page-properties")
        )

    def _names(self, name: str | None) -> list[str]:
        """The names of a paragraph style and of those that it inherits from, in small letters."""
        styles = list(self._chain("paragraph", name))
        own = [style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name") or "" for style in styles]
        return [_ESCAPED.sub(lambda match: chr(int(match[1], 16)), each).lower() for each in own or [name or ""]]

    def _chain(self, family: str, name: str | None) -> Iterator[_Element]:
        seen: set[str] = set()
        while name and (family, name) in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[family, name]
            yield style
            name = style.get(f"{STYLE}parent-style-name")
