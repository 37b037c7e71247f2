"""What a report says of itself: its title, authority, kind, dates and publisher."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from findings.reading.dates import find_date, find_span
from findings.report import Block, Metadata

# How many blocks from the start may hold what a title page holds.
_FRONT = 40
_NAME = r"(?:(?:the|of|and|upon|on|in|with|&)\s+|[A-Z][\w’'.-]*,?\s+)*?[A-Z][\w’'.-]*"
_COUNCIL = re.compile(
    rf"(?:(?:London|Royal|Metropolitan) Borough of |City of |County of ){_NAME}(?: (?:[A-Z]\w+ )*Council)?"
    rf"|{_NAME} (?:(?:[A-Z]\w+ ){{0,4}}Council|County|Borough)"
)
_TITLED = re.compile(
    rf"(?i:\b(?:inspection|visit|review)) (?i:of|to|in) (?i:the )?(?P<name>{_NAME})(?i: local authority)?"
    r"(?i:['’]s)? (?i:children['’]s(?: social care)? services?|services)"
)
_OF_CHILDREN = re.compile(rf"(?i:\b(?:children|people|services)) (?:in )?(?P<name>{_NAME})$")
_SERVICES_IN = re.compile(
    r"(?i:\bchildren['’]s (?:social care |social work )?services|\bprotect children|\bchildren(?: and young people)?)"
    r" in (?P<name>[A-Z][\w’'-]+(?:(?: (?:of|upon|and|on))? [A-Z][\w’'-]+)*)"
)
_PLACE = re.compile(r"(?:[A-Z][\w’'-]+|of|upon|on|and|the|in|with)(?:[ ,-]+(?:[A-Z][\w’'-]+|of|upon|on|and|the))*")
_INSPECTION_OF = re.compile(
    r"(?i)(?:[\w’'-]+ ){0,3}(?:inspection|visit|review)s? (?:of|to)\b.{3,120}(?<![.,;:])",
)
_GRADED = re.compile(r"(?i)[:–-]\s*(?:outstanding|good|adequate|satisfactory|inadequate|requires improvement.*)$")
_SUBJECT = re.compile(r"(?i)\b(?:inspection|visit|report|review|monitoring|improvement|safeguarding|update|findings)\b")
_NO_NAME = re.compile(
    r"(?i)\b(?:children|services?|looked|affected|recommendations?|purpose|summary|agenda|contents)\b"
)
_INSPECTED = re.compile(r"(?i)^(?:inspection|visit)\s+dates?\s*:|^dates? of (?:inspection|visit)s?\s*:")
_VISIT = re.compile(r"(?i)\b(?:inspection|visit|review)\b")
_WHEN = re.compile(r"(?i)\b(?:between|from|on|of|dates?:?|during)\b")
_FAR = 160  # characters from a visit's name to its dates
_PUBLISHED = re.compile(r"(?i)^(?:report |date )?(?:of )?(?:published|publication)(?: date| on)?\s*:")
_DATED = re.compile(r"(?i)^(?:meeting )?date(?: of (?:meeting|report))?\s*:|\bdate:\s")
_TITLE_FIELD = re.compile(r"(?i)^(?:report title|title of report|title|subject)\s*:\s*\|?\s*(?P<title>\S.*)")
_PAPER = re.compile(
    r"(?i)^(?:report (?:to|of|by|title|author)|meeting|title of report|wards?(?: affected|\(s\))|contact officer"
    r"|classification|agenda item|portfolio|cabinet member|committee|background papers|financial implications)\b"
)
# A heading that tells which meeting a paper is for: "Children's Scrutiny Committee: 9 May 2030"
_MEETING = re.compile(r"(?i)\b(?:committee|cabinet|panel|board|executive|council|forum)\b\W{1,3}(?P<date>.*\d)$")
_INSPECTING = re.compile(r"(?i)\bmonitoring\s+visit\b|\bfocused\s+visit\b|\binspection\b")
_BODIES = {
    "Ofsted": "ofsted|office for standards in education",
    "Care Quality Commission": "care quality commission",
    "HMICFRS": "hmicfrs|inspectorate of constabulary and fire",
    "HM Inspectorate of Probation": "inspectorate of probation",
    "Estyn": "estyn",
    "Care Inspectorate Wales": "care inspectorate wales",
    "Care Inspectorate": "care inspectorate",
    "Education Scotland": "education scotland",
}


def read_metadata(blocks: Sequence[Block], kind: str | None = None) -> Metadata:
    """What the blocks say of the report; None for whatever they do not say. `kind` is that of its file's format."""
    stated = [block for block in blocks if block.kind != "furniture"]
    front = stated[:_FRONT]
    headings = [block for block in front if block.kind == "heading" and (block.page or 1) <= 2]
    title = _title(front, headings)
    kind = kind or _kind(front, headings, title)
    inspected = _inspected(front, stated)
    return Metadata(
        title=title,
        authority=_authority(front, headings, title, stated),
        kind=kind,
        inspection_start=inspected and inspected[0],
        inspection_end=inspected and inspected[1],
        published=_published(front, kind),
        publisher=_publisher(blocks, front) if kind in ("inspection", "monitoring visit", "focused visit") else None,
    )


def _title(front: Sequence[Block], headings: Sequence[Block]) -> str | None:
    for block in front:
        if match := _TITLE_FIELD.match(block.text):
            return match["title"]
    for block in front:
        if block in headings and _SUBJECT.search(block.text) and not _GRADED.search(block.text):
            return block.text
        if block.kind == "paragraph" and (block.page or 1) == 1 and _INSPECTION_OF.fullmatch(block.text):
            return block.text
    return headings[0].text if headings else None


def _kind(front: Sequence[Block], headings: Sequence[Block], title: str | None) -> str:
    opening = " ".join(block.text for block in front[:12] if len(block.text) < 150)
    papers = len({match[0].lower() for block in front if (match := _PAPER.match(block.text))})
    if papers + any(_meeting_date(block) is not None for block in headings) > 1:
        return "committee paper"
    if re.search(r"(?i)\bpresentation\b", " ".join(block.text for block in headings)) or _mostly_bullets(front):
        return "slides"
    for text in (title or "", opening):
        if match := _INSPECTING.search(text):
            return " ".join(match[0].lower().split())
    return "other"


def _meeting_date(block: Block) -> str | None:
    """The date of the meeting that a heading names; None where it names none."""
    match = _MEETING.search(block.text)
    return find_date(match["date"]) if match else None


def _mostly_bullets(front: Sequence[Block]) -> bool:
    kinds = Counter(block.kind for block in front)
    return kinds["bullet"] > 0.6 * len(front) and kinds["heading"] > 2 and kinds["paragraph"] < 4


def _authority(
    front: Sequence[Block], headings: Sequence[Block], title: str | None, stated: Sequence[Block]
) -> str | None:
    """The authority that the title names, else a heading beside it, else the text at least twice."""
    for name in _named(front, headings, title or ""):
        if not _SUBJECT.search(name) and not _NO_NAME.search(name):
            return name
    counted = Counter(match["name"] for block in stated for match in _SERVICES_IN.finditer(block.text))
    name, count = counted.most_common(1)[0] if counted else ("", 0)
    return name if count > 1 else None


def _named(front: Sequence[Block], headings: Sequence[Block], title: str) -> Iterator[str]:
    if match := _TITLED.search(title):
        yield match["name"]
    for block in headings[:8]:
        if match := _COUNCIL.fullmatch(block.text.title() if block.text.isupper() else block.text):
            yield match[0]
    if headings and _SUBJECT.search(title) and headings[0].text != title and _PLACE.fullmatch(headings[0].text):
        yield headings[0].text
    if match := _OF_CHILDREN.search(title):
        yield match["name"]
    for block in front[:8]:
        if match := _TITLED.search(block.text):
            yield match["name"]


def _inspected(front: Sequence[Block], stated: Sequence[Block]) -> tuple[str, str] | None:
    for block in front:
        if _INSPECTED.match(block.text) and (span := find_span(block.text)):
            return span
    for block in stated[: 2 * _FRONT]:
        for visit in _VISIT.finditer(block.text):
            for when in _WHEN.finditer(block.text, visit.end(), visit.end() + _FAR):
                span = find_span(block.text[when.end() : when.end() + 80])
                if span and span[0] != span[1]:
                    return span
    return None


def _published(front: Sequence[Block], kind: str) -> str | None:
    for block in front:
        if (match := _PUBLISHED.search(block.text)) and (date := find_date(block.text[match.end() :])):
            return date
    if kind in ("committee paper", "slides", "other"):
        for block in front[:12]:
            if (match := _DATED.search(block.text)) and (date := find_date(block.text[match.end() :])):
                return date
        for block in front[:4]:
            if block.kind != "heading":
                continue
            if (date := _meeting_date(block)) or (len(block.text) < 30 and (date := find_date(block.text))):
                return date
    return None


def _publisher(blocks: Sequence[Block], front: Sequence[Block]) -> str | None:
    """The inspectorate that the report's notices, else its first blocks, name first."""
    notices = " ".join(block.text for block in blocks if block.kind == "furniture")
    for text in (notices, " ".join(block.text for block in front)):
        places = {body: match.start() for body, names in _BODIES.items() if (match := re.search(names, text, re.I))}
        if places:
            return min(places, key=lambda body: places[body])
    return None
