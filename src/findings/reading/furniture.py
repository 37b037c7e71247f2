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
_CONTENTS = re.compile(r"(?i)(?:table of )?contents(?: page)?:?")
_ENTRY = re.compile(r"(?P<title>.*?\S)(?P<leader>[\s.…·_]*[.…·_]{3,}\s*|\s+)(?P<page>\d{1,4}|[ivxl]{1,6})")


def take_furniture(pages: Sequence[Page]) -> dict[int, list[Line]]:
    """Take the furniture out of the pages' lines; the furniture of each page by the page's number."""
    shapes: Counter[tuple[str, bool]] = Counter()
    places: Counter[tuple[str, int, int]] = Counter()
    for page in pages:
        shapes.update({(_shape(line), line.top > page.height / 2) for line in page.lines if _in_margin(line, page)})
        places.update({(line.text, round(line.left), round(line.top)) for line in page.lines})
    often = 2 if len(pages) < 4 else max(3, len(pages) // 12)
    taken = {}
    for page in pages:
        listed = _contents(page.lines)
        kept: list[Line] = []
        furniture: list[Line] = []
        for index, line in enumerate(page.lines):
            away = (
                index in listed
                or places[line.text, round(line.left), round(line.top)] > max(2, len(pages) // 3)
                or (_in_margin(line, page) and _runs(line, page, shapes, often))
            )
            (furniture if away else kept).append(line)
        page.lines = kept
        taken[page.number] = furniture
    return taken


def _in_margin(line: Line, page: Page) -> bool:
    return line.bottom > page.height * (1 - _MARGIN) or line.top < page.height * _MARGIN


def _shape(line: Line) -> str:
    """The line with its numbers made alike, since a running header often holds the page's."""
    return _DIGITS.sub("#", line.text)


def _runs(line: Line, page: Page, shapes: Counter[tuple[str, bool]], often: int) -> bool:
    """Whether a line in a margin is a page number or comes back on other pages."""
    if _PAGE_NUMBER.fullmatch(line.text):
        return True
    return len(page.lines) > 0 and shapes[_shape(line), line.top > page.height / 2] >= often


def _contents(lines: Sequence[Line]) -> set[int]:
    """The places of a page's lines that make up a contents list: its heading, entries and their wrapped lines."""
    listed: set[int] = set()
    start = next((at for at, line in enumerate(lines) if _CONTENTS.fullmatch(line.text)), None)
    if start is None:
        leaders = [at for at, line in enumerate(lines) if (m := _ENTRY.fullmatch(line.text)) and not m["leader"].isspace()]
        return set(range(leaders[0], leaders[-1] + 1)) if len(leaders) > 3 else listed
    pending: list[int] = [start]
    for at in range(start + 1, len(lines)):
        pending.append(at)
        entry = _ENTRY.fullmatch(lines[at].text)
        if entry and (lines[at].cells or not entry["leader"].isspace()):
            listed.update(pending)
            pending = []
        elif len(pending) > 3:
            break
    return listed
