"""What Word and PowerPoint files have in common: parts of a package, and the reading of their XML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def part_root(part: Any) -> _Element:
    """The root element of a package's part, whether or not the library knows what the part is."""
    element = getattr(part, "_element", None)
    root: _Element = etree.fromstring(part.blob, _PARSER) if element is None else element
    return root


def related_parts(part: Any, relation: str) -> list[Any]:
    """The parts that `part` is related to by a relation of this type (the last word of its URI: "footnotes")."""
    return [
        related.target_part
        for related in part.rels.values()
        if related.reltype.rsplit("/", 1)[-1] == relation and not related.is_external
    ]


def child(element: _Element | None, *names: str) -> _Element | None:
    """The descendant of a Word element by this path of names; None where there is none."""
    for name in names:
        if element is None:
            return None
        element = element.find(f"{W}{name}")
    return element


def value(element: _Element | None, *names: str) -> str | None:
    """The `w:val` of the descendant by this path of names."""
    found = child(element, *names)
    return None if found is None else found.get(f"{W}val")


def is_on(element: _Element | None, *names: str) -> bool | None:
    """Whether the property by this path of names is on; None where it is not set."""
    found = child(element, *names)
    return None if found is None else found.get(f"{W}val", "true") not in ("0", "false", "off", "none")


def chosen(alternatives: _Element) -> Iterator[_Element]:
    """The children of the one branch of an `mc:AlternateContent` that is read: the first, which is the newest."""
    branch = alternatives.find(f"{_MC}Choice")
    branch = alternatives.find(f"{_MC}Fallback") if branch is None else branch
    if branch is not None:
        yield from branch.iterchildren("*")


ALTERNATIVES = f"{_MC}AlternateContent"
