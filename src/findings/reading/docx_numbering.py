"""Automatic numbers of Word paragraphs, from a document's numbering part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from findings.reading.list_numbers import list_number
from findings.reading.ooxml import W, child, value

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_STYLE_LINKS = 5


@dataclass(frozen=True, slots=True)
class _Level:
    style: str
    text: str
    start: int
    digits: bool  # whether this level prints the numbers of the levels above it in digits, whatever their styles


class Numbering:
    """Counts a document's numbered paragraphs as Word does. One object counts one document, from its beginning."""

    def __init__(self, root: _Element | None, style_number: Callable[[str], str | None]) -> None:
        """`root` is the numbering part; `style_number` gives the `numId` of a numbering style."""
        self._style_number = style_number
        self._lists: dict[str, _Element] = {}
        self._instances: dict[str, _Element] = {}
        if root is not None:
            self._lists = {a.get(f"{W}abstractNumId", ""): a for a in root.iterchildren(f"{W}abstractNum")}
            self._instances = {n.get(f"{W}numId", ""): n for n in root.iterchildren(f"{W}num")}
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[str] = set()

    def count(self, instance: str, depth: int) -> tuple[str, str]:
        """Count a paragraph of the list `instance` (its `numId`) at `depth` (from 0).

        Gives `("bullet", "")`, `("number", label)` with the label as Word prints it ("2.1", "(a)", "Annex 3:"), or
        `("none", "")`.
        """
        list_id, levels = self._levels(instance)
        level = levels.get(depth)
        if list_id is None or level is None or not 0 <= depth < _LEVELS:
            return "none", ""
        if level.style == "bullet":
            return "bullet", ""
        counts = self._counts.setdefault(list_id, [None] * _LEVELS)
        self._restart(instance, counts)
        last = counts[depth]
        counts[depth] = level.start if last is None else last + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        if level.style == "none" or not level.text.strip():
            return "none", ""

        def number(match: re.Match[str]) -> str:
            above = levels.get(int(match[1]) - 1, level)
            count = counts[int(match[1]) - 1]
            return list_number(above.start if count is None else count, "1" if level.digits else above.style)

        return "number", _PLACE.sub(number, level.text).strip()

    def _restart(self, instance: str, counts: list[int | None]) -> None:
        """Begin the levels anew that `instance` says to, the first time it is met."""
        if instance in self._restarted:
            return
        self._restarted.add(instance)
        for override in self._instances[instance].iterchildren(f"{W}lvlOverride"):
            depth = _int(override.get(f"{W}ilvl"), 0)
            if child(override, "startOverride") is not None and 0 <= depth < _LEVELS:
                counts[depth:] = [None] * (_LEVELS - depth)

    def _levels(self, instance: str) -> tuple[str | None, dict[int, _Level]]:
        """The list that an instance counts in, and its levels with the changes that the instance makes to them."""
        own = self._instances.get(instance)
        if own is None:
            return None, {}
        base, list_id = own, value(own, "abstractNumId")
        for _ in range(_STYLE_LINKS):
            listed = self._lists.get(list_id or "")
            link = value(listed, "numStyleLink") if listed is not None else None
            linked = self._instances.get(self._style_number(link) or "") if link else None
            if linked is None:
                break
            base, list_id = linked, value(linked, "abstractNumId")
        listed = self._lists.get(list_id or "")
        levels = {} if listed is None else {_depth(level): _level(level) for level in listed.iterchildren(f"{W}lvl")}
        for instance_element in (base, own) if base is not own else (own,):
            for override in instance_element.iterchildren(f"{W}lvlOverride"):
                depth, changed = _depth(override), child(override, "lvl")
                if changed is not None:
                    levels[depth] = _level(changed)
                start = value(override, "startOverride")
                if start is not None and depth in levels:
                    old = levels[depth]
                    levels[depth] = _Level(old.style, old.text, _int(start, 1), old.digits)
        return list_id, levels


def _depth(element: _Element) -> int:
    return _int(element.get(f"{W}ilvl"), 0)


def _level(element: _Element) -> _Level:
    return _Level(
        style=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        start=_int(value(element, "start"), 1),
        digits=child(element, "isLgl") is not None,
    )


def _int(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default
