"""Elements, which every format is read into → a Report with offsets."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from findings.reading.boilerplate import boilerplate
from findings.reading.judgements import read_judgements
from findings.reading.metadata import read_metadata
from findings.reading.normalise import normalise, normalise_paged
from findings.reading.numbering import Numbers
from findings.report import Block, BlockKind, Report

_BETWEEN_BLOCKS = "\n\n"
_WORD = re.compile(r"[^\W_]")


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


def assemble(elements: Iterable[Element], *, name: str, pages: int | None = None, kind: str | None = None) -> Report:
    """The report `name` made of `elements`: their text normalised, their numbers set apart, each with its offsets.

    Elements without a letter or figure are left out. A number that a reader already gave is kept; else it is looked for
    at the start of headings, paragraphs, bullets and rows. Legal notices are made furniture. `pages` is how many pages
    the report has, None where its format has none; `kind` is its `Metadata.kind` where the format tells it.
    """
    drafts = _joined(_normalised(elements))
    stated = [draft for draft in drafts if draft.kind != "furniture"]
    for place in boilerplate([draft.text if draft.kind in ("paragraph", "bullet") else "" for draft in stated]):
        stated[place].kind = "furniture"
    _settle_lists(drafts)
    blocks = _placed(drafts)
    return Report(
        name=name,
        text=_BETWEEN_BLOCKS.join(block.text for block in blocks if block.kind != "furniture"),
        blocks=tuple(blocks),
        pages=pages,
        metadata=read_metadata(blocks, kind),
        judgements=read_judgements(blocks),
    )


def _normalised(elements: Iterable[Element]) -> list[Element]:
    """The elements that have a letter or figure, normalised, with their numbers set apart."""
    numbers = Numbers()
    drafts = []
    for element in elements:
        text, page_starts = normalise_paged(element.text, element.page_starts)
        if element.number is None and element.kind != "furniture":
            element.number, rest = numbers.split(text)
            cut = len(text) - len(rest)
            text, page_starts = rest, tuple((max(0, offset - cut), page) for offset, page in page_starts)
        if _WORD.search(text):
            element.text, element.page_starts = text, page_starts
            element.columns = tuple(normalise(column) for column in element.columns)
            drafts.append(element)
    return drafts


def _joined(drafts: Sequence[Element]) -> list[Element]:
    """The drafts, a heading that ends or begins with "and" made one with its other half on the same page."""
    joined: list[Element] = []
    for draft in drafts:
        if joined and _halves(joined[-1], draft):
            joined[-1].text += " " + draft.text
        else:
            joined.append(draft)
    return joined


def _halves(above: Element, below: Element) -> bool:
    headings = above.kind == below.kind == "heading" and above.page == below.page
    return headings and (above.text.endswith(" and") or below.text == "and" or below.text.startswith("and "))


def _settle_lists(drafts: Sequence[Element]) -> None:
    """Make lead-ins, numbered paragraphs and items of lists what they are, however a format marked them.

    A heading that ends in a colon before a list is the list's lead-in; a bullet with a number in figures is a numbered
    paragraph; paragraphs numbered from "1", "a" or "i" after a lead-in are the items of its list.
    """
    stated = [draft for draft in drafts if draft.kind != "furniture"]
    for draft, after in itertools.pairwise(stated):
        if draft.kind == "heading" and draft.text.endswith(":") and after.kind == "bullet":
            draft.kind, draft.level = "paragraph", 0
    listed = False
    for before, draft in zip([None, *stated], stated, strict=False):
        if draft.kind == "paragraph" and draft.number:
            first = draft.number in ("1", "a", "i") and before is not None and before.text.endswith((":", ":-"))
            listed = first or (listed and draft.number not in ("1", "a"))
            if listed:
                draft.kind, draft.level = "bullet", 1
        elif draft.kind != "bullet":
            listed = False
        elif draft.number and draft.number.isdigit() and draft.level < 2 and not listed:
            draft.kind, draft.level = "paragraph", 0


def _placed(drafts: Iterable[Element]) -> list[Block]:
    """The blocks of the elements, each with its offsets into the report's text."""
    blocks = []
    at = 0
    for draft in drafts:
        start = end = at
        if draft.kind != "furniture":
            end = start + len(draft.text)
            at = end + len(_BETWEEN_BLOCKS)
        starts = tuple((start + offset, page) for offset, page in draft.page_starts if draft.kind != "furniture")
        blocks.append(
            Block(draft.kind, draft.text, start, end, draft.page, starts, draft.level, draft.number, draft.columns)
        )
    return blocks
