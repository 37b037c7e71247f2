"""The outline of a report as it was read: the analyst's way to check a reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from findings.report import Report


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading with its level (from 1), its page (None where the format has none) and what stands under it.

    `counts` says how many blocks of each kind come before the next heading. The first entry of an outline has no
    heading (`text` "" and `level` 0) where blocks come before the first one.
    """

    text: str
    level: int
    page: int | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outline:
    """A report's headings, how many blocks of each kind it has, and its furniture: each text and how often it stood."""

    entries: tuple[Entry, ...]
    counts: Mapping[str, int]
    furniture: Mapping[str, int]


def outline(report: Report) -> Outline:
    """The outline of `report`, in reading order; the furniture's texts in the order of their first standing."""
    entries: list[tuple[str, int, int | None, Counter[str]]] = []
    for block in report.blocks:
        if block.kind == "heading":
            text = f"{block.number} {block.text}" if block.number else block.text
            entries.append((text, block.level, block.page, Counter()))
        elif block.kind != "furniture":
            if not entries:
                entries.append(("", 0, block.page, Counter()))
            entries[-1][3][block.kind] += 1
    return Outline(
        entries=tuple(Entry(*entry) for entry in entries),
        counts=Counter(block.kind for block in report.blocks),
        furniture=Counter(block.text for block in report.blocks if block.kind == "furniture"),
    )
