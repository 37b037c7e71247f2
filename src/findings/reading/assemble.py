"""Elements, which every format is read into → a Report with offsets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from findings.reading.judgements import read_judgements
from findings.reading.metadata import read_metadata
from findings.reading.normalise import normalise, normalise_paged
from findings.reading.numbering import Numbers
from findings.report import Block, BlockKind, Report

_BETWEEN_BLOCKS = "\n\n"


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


def assemble(elements: Iterable[Element], *, name: str, pages: int | None = None) -> Report:
    """The report `name` made of `elements`: their text normalised, their numbers set apart, each with its offsets.

    Elements without text are left out. A number that a reader already gave is kept; else it is looked for at the start
    of headings, paragraphs and bullets. `pages` is how many pages the report has, None where its format has none.
    """
    blocks: list[Block] = []
    texts: list[str] = []
    numbers = Numbers()
    at = 0
    for element in elements:
        text, page_starts = normalise_paged(element.text, element.page_starts)
        if element.number is None and element.kind in ("heading", "paragraph", "bullet"):
            number, rest = numbers.split(text)
            cut = len(text) - len(rest)
            text, page_starts = rest, tuple((max(0, offset - cut), page) for offset, page in page_starts)
        else:
            number = element.number
        if not text:
            continue
        start = end = at
        if element.kind != "furniture":
            end = start + len(text)
            at = end + len(_BETWEEN_BLOCKS)
            texts.append(text)
        blocks.append(
            Block(
                kind=element.kind,
                text=text,
                start=start,
                end=end,
                page=element.page,
                page_starts=tuple((start + offset, page) for offset, page in page_starts),
                level=element.level,
                number=number,
                columns=tuple(normalise(column) for column in element.columns),
            )
        )
    return Report(
        name=name,
        text=_BETWEEN_BLOCKS.join(texts),
        blocks=tuple(blocks),
        pages=pages,
        metadata=read_metadata(blocks),
        judgements=read_judgements(blocks),
    )
