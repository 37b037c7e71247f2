"""Furniture of printed pages: running headers and footers, page numbers, watermarks and contents lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from findings.reading.lines import Line, Page

# The part of a page's height at its head and foot in which running headers and footers stand.
_MARGIN = 0.12
_PAGE_NUMBER = re.compile(r"(?i)[-–\s]*(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[-–\s]*")
_DIGITS = re.compile(r"\d+")
_CONTENTS = frozenset({"contents", "contents:", "table of contents", "contents page", "list of contents"})
_ENTRY = re.compile(r"(?P<title>.*?\S)(?P<leader>(?:\s*[.…·_]){3,}\s*|\s+)(?P<page>\d{1,4}|[ivxl]{1,6})")
_LAST = frozenset("0123456789ivxl")
_LEADER = re.compile(r"(?:[.…·_]\s?){3,}\s*(?:\d{1,4}|[ivxl]{1,6})$")


def take_furniture(pages: Sequence[Page]) -> dict[int, list[Line]]:
    """Take the furniture out of the pages' lines; the furniture of each page by the page's number."""
    often = 2 if len(pages) < 4 else max(3, len(pages) // 12)
    margins = [_in_margins(page) for page in pages]
    shapes = Counter(
        shape for page, lines in zip(pages, margins, strict=True) for shape in {_shape(line, page) for line in lines}
    )
    stamped = _stamped(pages)
    taken = {}
    for page, lines in zip(pages, margins, strict=True):
        away = {id(line) for line in lines if _PAGE_NUMBER.fullmatch(line.text) or shapes[_shape(line, page)] >= often}
        away |= {id(page.lines[at]) for at in _contents(page.lines)}
        if stamped:
            away |= {id(line) for line in page.lines if _place(line) in stamped}
        taken[page.number] = [line for line in page.lines if id(line) in away]
        page.lines = [line for line in page.lines if id(line) not in away]
    return taken


def _stamped(pages: Sequence[Page]) -> set[tuple[str, int, int]]:
    """What stands on many pages at the same place, wherever that is, as a watermark does."""
    often = max(2, len(pages) // 3)
    texts = Counter(line.text for page in pages for line in page.lines)
    repeated = {text for text, count in texts.items() if count > often}
    places = Counter(
        place for page in pages for place in {_place(line) for line in page.lines if line.text in repeated}
    )
    return {place for place, count in places.items() if count > often}


def _in_margins(page: Page) -> list[Line]:
    head, foot = page.height * (1 - _MARGIN), page.height * _MARGIN
    return [line for line in page.lines if line.bottom > head or line.top < foot]


def _place(line: Line) -> tuple[str, int, int]:
    return line.text, round(line.left), round(line.top)


def _shape(line: Line, page: Page) -> tuple[str, bool]:
    """The line with its numbers made alike, as running headers often hold the page's, and whether it is at the top."""
    return _DIGITS.sub("#", line.text), line.top > page.height / 2


def _contents(lines: Sequence[Line]) -> set[int]:
    """The places of a page's lines that make up a contents list: its heading, entries and their wrapped lines."""
    listed: set[int] = set()
    start = next((at for at, line in enumerate(lines) if len(line.text) < 20 and line.text.lower() in _CONTENTS), None)
    if start is None:
        leaders = [at for at, line in enumerate(lines) if line.text[-1] in _LAST and _LEADER.search(line.text)]
        return set(range(leaders[0], leaders[-1] + 1)) if len(leaders) > 3 else listed
    pending: list[int] = [start]
    for at in range(start + 1, len(lines)):
        pending.append(at)
        line, before = lines[at], lines[at - 1]
        entry = _ENTRY.fullmatch(line.text)
        page = line.left > before.right and line.top > before.bottom and _PAGE_NUMBER.fullmatch(line.text)
        if page or (entry and (line.cells or not entry["leader"].isspace())):
            listed.update(pending)
            pending = []
        elif len(pending) > 3:
            break
    return listed
