"""A paragraph of a document that knows its paragraphs (Word, slides, web pages) → the elements it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from findings.reading.assemble import Element
from findings.report import BlockKind

_TYPED_BULLET = re.compile(r"\s*(?:[•●○◦▪■□▫‣⁃∙·\uf0b7\uf0a7\uf0d8\uf06e\uf0fc➢➤✓✔][\s\u200b]*|[–—*-]\s+|o\t\s*)(?=\S)")
_TYPED_ITEM = re.compile(rf"{_TYPED_BULLET.pattern}|\s*\(?(?:\d{{1,3}}|[a-z]|[ivx]{{1,4}})[.)]\s+\S")
_CONTENTS_ENTRY = re.compile(r"(?:[.…·_]\s?){4}\s*(?:\d{1,4}|[ivxl]{1,6})$")
_PURE_NUMBER = re.compile(r"\(?((?:\d{1,4}|[A-Za-z]|[IVXivx]{1,6})(?:\.(?:\d{1,4}|[A-Za-z]|[IVXivx]{1,6}))*)[.):]*")
_MOST_WORDS_OF_HEADING = 16
_MOST_WORDS_OF_STYLED_HEADING = 30


def read_paragraph(text: str, *, bold: bool = False, page: int | None = None) -> Iterator[Element]:
    """The elements that a paragraph's look makes it: paragraphs, typed bullets ("• …") and bold headings.

    `text` has "\\n" where the paragraph breaks its lines: a line that begins with a bullet or number of its own is its
    own element, any other goes on from the line before. `bold` says that all of it is.
    """
    for item in _items(text):
        bullet = _TYPED_BULLET.match(item)
        if bullet:
            yield Element("bullet", item[bullet.end() :], page=page, level=1)
        elif bold and is_heading_like(item):
            yield Element("heading", item, page=page)
        else:
            yield Element("paragraph", item, page=page)


def is_heading_like(text: str) -> bool:
    """Whether a paragraph that is all bold is a heading in all but name: short, with letters, and no sentence's end."""
    text = text.strip()
    return (
        0 < len(text.split()) <= _MOST_WORDS_OF_HEADING
        and not text.endswith((".", ":", ";", ","))
        and any(character.isalpha() for character in text)
    )


def is_misused_heading(text: str) -> bool:
    """Whether what has a heading's style is a paragraph of text: some templates number paragraphs by that style."""
    return len(text.split()) > _MOST_WORDS_OF_STYLED_HEADING and text.rstrip().endswith((".", ":", ";"))


def is_contents_entry(text: str) -> bool:
    """Whether a paragraph is an entry of a typed contents list: dots lead from its title to its page."""
    return bool(_CONTENTS_ENTRY.search(text.strip()))


def list_item(kind: BlockKind, label: str, text: str, level: int = 0) -> Element:
    """The element of an automatically numbered paragraph: a label that says more than its number stays in its text."""
    number = _PURE_NUMBER.fullmatch(label)
    if number:
        return Element(kind, text, level=level, number=number[1])
    return Element(kind, f"{label} {text}" if label else text, level=level)


def with_levels(elements: Iterator[Element]) -> Iterator[Element]:
    """Give each heading without a level (0) the one below the last heading that has its own."""
    last = 0
    for element in elements:
        if element.kind == "heading":
            if element.level:
                last = element.level
            else:
                element.level = last + 1
        yield element


def _items(text: str) -> list[str]:
    items: list[str] = []
    for line in text.split("\n"):
        if items and not _TYPED_ITEM.match(line):
            items[-1] += f" {line}"
        else:
            items.append(line)
    return [item for item in items if item.strip()]
