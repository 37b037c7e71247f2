"""An inspection's judgements with their grades, as the report prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from findings.report import Block, Judgement

_WORD = r"(?:outstanding|good|adequate|satisfactory|inadequate|requires? improvement(?: to be good)?)"
_NUMBERED = rf"(?:{_WORD}\s*[(,:–-]?\s*grade\s*\d\)?|grade\s*\d\s*[(,:–-]?\s*{_WORD}\)?)"
_GRADE = re.compile(rf"(?i)(?:{_NUMBERED}|{_WORD})")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})?\.?\s+")
# "Overall effectiveness: good", "Children's services in Northby are good", "… is that it requires improvement"
_LABELLED = re.compile(rf"(?i)(?P<judgement>.{{3,160}}?)\s*[:|–-]\s*(?P<grade>{_NUMBERED}|{_WORD})\.?")
_SAID = re.compile(
    rf"(?i)(?P<judgement>.{{3,160}}?)\s+(?:(?:is|are)(?: that (?:it|they)(?: is| are)?)?\s+)?(?P<grade>{_WORD})\.?"
)
_THAT = re.compile(
    rf"(?i)(?:the )?overall judge?ment is that (?P<judgement>.{{3,120}}?)\s+(?:is |are )?(?P<grade>{_WORD})\.?"
)
_PROSE = re.compile(
    rf"(?i)(?P<judgement>[^.;]{{3,160}}?)\s+(?:is|are|was|were)\s+judged\s+(?:to be\s+|as\s+)?(?P<grade>{_WORD})\b"
)
_OVERALL = re.compile(
    rf"(?i)(?:the )?(?P<judgement>overall judge?ment|(?:judge?ment (?:for|of|on) )?overall effectiveness[^.;]{{0,80}}?)"
    rf"\s+is\s+(?:that\s+[^.;]{{3,80}}?\s+)?(?P<grade>{_WORD})\b"
)
# "judging its services as 'good' for safeguarding and 'adequate' for adoption", "judged adoption as 'good'": in quotes
_QUOTE = "['‘’\"“”]"
_JUDGING = re.compile(rf"(?i)\b(?P<verb>judg(?:ed|ing))\s+(?P<said>[^.]{{3,160}}?\sas\s+{_QUOTE}{_WORD}{_QUOTE}[^.]*)")
_AS = re.compile(
    rf"(?i)(?:^|[;,]\s+(?:and\s+)?|\band\s+)(?P<judgement>[^;,]{{3,120}}?)\s+as\s+{_QUOTE}(?P<grade>{_WORD}){_QUOTE}"
)
_FOR = re.compile(
    rf"(?i){_QUOTE}(?P<grade>{_WORD}){_QUOTE}\s+for\s+(?P<judgement>[^;,]{{3,80}}?)(?=[;,]|$|\s+and\s+{_QUOTE})"
)
_BEFORE = re.compile(r"\b(?:previous|last|earlier|prior|previously|formerly)\b", re.IGNORECASE)
_EARLIER = re.compile(rf"\b(?:19|20)\d\d\b|{_BEFORE.pattern}", re.IGNORECASE)
_BECAUSE = re.compile(r"(?i)\s+(?:and (?:is|are) not yet good )?because:?$")
_CLAUSE = re.compile(r"(?i)\b(?:is|are|was|were|which|that|these|this|they|it)\b")
_LITTLE = frozenset("the a an of for and in on to is are that it graded judgement judgment about who with".split())


def read_judgements(blocks: Sequence[Block]) -> tuple[Judgement, ...]:
    """The judgements that the blocks state, in the report's order.

    Tables of judgements come first; what headings or, failing a table, sentences say is added where it is a judgement
    that no table holds. Where a table repeats a label, each is told apart by the heading that it stands under.
    """
    tables = [table for table in _tables(blocks) if len(table) > 1]
    found = [(block, section, judgement) for table in tables for block, section, judgement in table]
    found = _told_apart(found)
    for block, section, judgement in _elsewhere(blocks, prose=not tables):
        if not any(_is_same(known, judgement) for _, _, known in found):
            found.append((block, section, judgement))
    order = {id(block): place for place, block in enumerate(blocks)}
    found.sort(key=lambda item: order[id(item[0])])
    return tuple(judgement for _, _, judgement in found)


_Found = tuple[Block, str, Judgement]


def _tables(blocks: Sequence[Block]) -> Iterator[list[_Found]]:
    """The judgements in each run of table rows, each with the heading that it stands under."""
    section = ""
    for is_row, run in groupby((b for b in blocks if b.kind != "furniture"), key=lambda block: block.kind == "row"):
        table = []
        for block in run:
            if block.kind == "heading":
                section = block.text
            elif is_row and (judgement := _in_row(block)):
                table.append((block, section, judgement))
        yield table


def _in_row(block: Block) -> Judgement | None:
    label, bar, grade = block.text.partition(" | ")
    if not bar or not _GRADE.fullmatch(grade.replace(" | ", " ").strip()) or _GRADE.fullmatch(label):
        return None
    return Judgement(_NUMBER.sub("", label, count=1), grade.replace(" | ", " ").strip(), block.page)


def _told_apart(found: list[_Found]) -> list[_Found]:
    """Judgements whose label comes twice with the heading of each put before it."""
    labels = [judgement.judgement.lower() for _, _, judgement in found]
    return [
        (block, section, Judgement(f"{section}: {judgement.judgement}", judgement.grade, judgement.page))
        if section and labels.count(judgement.judgement.lower()) > 1
        else (block, section, judgement)
        for block, section, judgement in found
    ]


def _elsewhere(blocks: Sequence[Block], *, prose: bool) -> Iterator[_Found]:
    """The judgements in headings and single rows, and in `prose` if a report has no table of them."""
    above: Block | None = None
    for block in blocks:
        if block.kind == "row" and (judgement := _in_row(block)):
            yield block, "", judgement
        elif block.kind == "heading":
            if above is not None and _GRADE.fullmatch(block.text):
                yield block, "", Judgement(above.text, block.text, above.page)
            elif judgement := _in_line(block):
                yield block, "", judgement
            above = block
        elif block.kind in ("paragraph", "bullet"):
            judgement = _in_line(block) if above is not None and not block.number and len(block.text) < 100 else None
            if judgement and above is not None and _words(judgement.judgement) <= _words(above.text):
                yield block, "", judgement
            above = None
            yield from _in_prose(block, judged=prose)


def _in_line(block: Block) -> Judgement | None:
    """The judgement that a heading, or a line under one, states by itself."""
    text = _BECAUSE.sub("", block.text)
    match = _THAT.fullmatch(text) or _LABELLED.fullmatch(text) or _SAID.fullmatch(text)
    if match is None or _CLAUSE.match(match["judgement"]):
        return None
    return Judgement(match["judgement"], match["grade"], block.page)


def _in_prose(block: Block, *, judged: bool) -> Iterator[_Found]:
    if match := _OVERALL.match(block.text):
        yield block, "", Judgement(match["judgement"], match["grade"], block.page)
    elif judged and "judg" in block.text:
        yield from _in_quotes(block)
        for sentence in re.split(r"(?<=[.;])\s+", block.text):
            match = _PROSE.match(sentence)
            if match and not _EARLIER.search(sentence) and not _CLAUSE.search(match["judgement"]):
                yield block, "", Judgement(match["judgement"], match["grade"], block.page)


def _in_quotes(block: Block) -> Iterator[_Found]:
    """The judgements whose grades a sentence puts in quotes, each under what it is a grade for."""
    for sentence in re.split(r"(?<=[.])\s+", block.text):
        match = _JUDGING.search(sentence)
        # "judged" in a sentence with a year may tell of an inspection before; "judging" goes on from one just named.
        if match is None or (_BEFORE if match["verb"].lower() == "judging" else _EARLIER).search(sentence):
            continue
        for found in list(_FOR.finditer(match["said"])) or _AS.finditer(match["said"]):
            yield block, "", Judgement(found["judgement"], found["grade"], block.page)


def _is_same(known: Judgement, other: Judgement) -> bool:
    """Whether two judgements are one that the report states twice, in a shorter and a longer form."""
    first, second = _words(known.judgement), _words(other.judgement)
    same_grade = _words(known.grade) & _words(other.grade) != set()
    short = _initials(known.judgement) in second or _initials(other.judgement) in first
    return same_grade and (first <= second or second <= first or short)


def _initials(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"\b[A-Z][a-z]+", text) if word != "The").lower()


def _words(text: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"[a-z]+", text.lower())} - _LITTLE
