"""Marks and automatic numbers of an OpenDocument file's lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from findings.reading.list_numbers import list_number
from findings.reading.opendocument import STYLE, TEXT

if TYPE_CHECKING:
    from lxml.etree import _Element

    from findings.reading.odt_styles import Styles

_LEVELS = 10
_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(slots=True)
class OpenList:
    """A list that is open: its style, its level from 1, and the counts that it shares with the list it goes on from."""

    style: str | None
    level: int
    counts: list[int | None]


class Lists:
    """Counts the items of a document's lists, from its beginning."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._counts: dict[str, list[int | None]] = {}  # by the lists' ids, and by their styles
        self._headings: list[int | None] = [None] * _LEVELS

    def open(self, element: _Element, outer: OpenList | None) -> OpenList:
        """The list that begins with `element`, within the list `outer` if there is one."""
        style = element.get(f"{TEXT}style-name") or (outer.style if outer else None)
        if outer is not None:
            return OpenList(style, min(outer.level + 1, _LEVELS), outer.counts)
        goes_on_from = element.get(f"{TEXT}continue-list")
        counts = self._counts.get(f"#{goes_on_from}") if goes_on_from else None
        if counts is None and element.get(f"{TEXT}continue-numbering") == "true":
            counts = self._counts.get(style or "")
        counts = [None] * _LEVELS if counts is None else counts
        self._counts[style or ""] = self._counts[f"#{element.get(_ID)}"] = counts
        return OpenList(style, 1, counts)

    def count(self, opened: OpenList, item: _Element) -> tuple[str, str]:
        """Count an item of an open list: `(mark, label)` with the mark "bullet", "number" or "none"."""
        style = self._styles.list_style(opened.style)
        return _count(style, opened.level, opened.counts, item.get(f"{TEXT}start-value"))

    def count_heading(self, heading: _Element, level: int) -> str:
        """Count a heading that stands in no list: the label that the document's outline gives it, "" if none."""
        if heading.get(f"{TEXT}is-list-header") == "true" or self._styles.outline is None:
            return ""
        return _count(self._styles.outline, min(level, _LEVELS), self._headings, None)[1]


def _count(style: _Element | None, level: int, counts: list[int | None], start: str | None) -> tuple[str, str]:
    levels = {found.get(f"{TEXT}level"): found for found in style.iterchildren("*")} if style is not None else {}
    own = levels.get(str(level))
    if own is None or own.tag in (f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image"):
        return "bullet", ""
    last = counts[level - 1]
    if start and start.isdigit():
        counts[level - 1] = int(start)
    else:
        counts[level - 1] = _start(own) if last is None else last + 1
    counts[level:] = [None] * (_LEVELS - level)
    if not own.get(f"{STYLE}num-format"):
        return "none", ""
    shown = own.get(f"{TEXT}display-levels", "1")
    first = max(1, level - (int(shown) if shown.isdigit() else 1) + 1)
    numbers = []
    for each in range(first, level + 1):
        each_style = levels.get(str(each), own)
        count = counts[each - 1]
        number_format = each_style.get(f"{STYLE}num-format")
        if number_format:
            numbers.append(list_number(_start(each_style) if count is None else count, number_format))
    return (
        "number",
        f"{own.get(f'{STYLE}num-prefix', '')}{'.'.join(numbers)}{own.get(f'{STYLE}num-suffix', '')}".strip(),
    )


def _start(style: _Element) -> int:
    start = style.get(f"{TEXT}start-value", "1")
    return int(start) if start.isdigit() else 1
