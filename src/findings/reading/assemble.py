"""Elements, which every format is read into → a Report with offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from findings.report import Block, BlockKind, Report


@dataclass(slots=True)
class Element:
    """One block before it has its place in the report's text: what a format's reader yields, in reading order.

    `page_starts` are `(offset, page)` with offsets into the element's own `text`. The other fields are `Block`'s.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    page_starts: tuple[tuple[int, int], ...] = ()
    level: int = 0
    number: str | None = None
    columns: tuple[str, ...] = ()
