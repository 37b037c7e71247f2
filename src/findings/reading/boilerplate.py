"""The lines of legal notices and contact details that every report of a body repeats, told by what they speak of.

What a notice says in full sentences is text of the report, which the codebook has a label for (not a finding).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_NOTICES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bcopyright\b|©|all rights reserved|open government licen[cs]e|\b(?:re-?use|reproduce[sd]?)\b.{0,60}"
        r"\b(?:information|document|report|publication|free of charge|in whole|in part)\b|\bbe reproduced\b"
        r"|\bmay copy\b.{0,60}\b(?:document|report|publication)\b",
        r"\b(?:different|alternative|another|other|accessible) (?:format|language)s?\b|\blarge print\b|\bbraille\b",
        r"\bregulates and inspects\b|\binspects and regulates\b|\bindependent (?:inspectorate|regulator) (?:of|for)\b",
        r"\bcopies of this (?:report|document|publication)"
        r"|^this (?:publication|document|report) is available (?:at|from|on)\b"
        r"|\bsubscribe to\b.{0,40}\b(?:newsletter|updates|news)\b|\be-?mail alerts\b",
        r"\bcomplaints? about\b.{0,60}\b(?:report|inspection|document|publication)\b",
    )
)
_CONTACT = re.compile(
    r"(?i)^(?:t|tel|telephone|textphone|fax|e|e-?mail|w|web(?:site)?)\s*:|^\S+@\S+$|^(?:https?://|www\.)\S+$"
)
_REACH = re.compile(
    r"(?i)\b(?:telephone|e-?mail|visit|write to)\b.*(?:\d{3}|@|www\.|https?:)|@[\w-]+\.|www\.|https?://"
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}$")
_ENDED = re.compile(r"[.?!:;]$")
# What a run must speak of to be a notice: rights, formats or the body's duties. Other papers too tell where copies are.
_TELLING = {0, 1, 2}
_SENTENCE = re.compile(r"(?:\S+\s+){7,}\S+[.?!]$")
_SHORT = 80  # characters
# How many blocks at a report's front and back may be notices.
_FRONT, _BACK = 30, 40
_LONGEST_ADDRESS_LINE = 6  # words
# What tells a notice always has one of: looked for first, since looking for words is faster than looking for patterns.
_SIGNS = (
    "copyright", "©", "rights reserved", "licence", "license", "reproduce", "reuse", "re-use", "may copy",
    "braille", "large print", " format", "t language", "r language", "e language", "regulates", "inspects and",
    "independent regulator", "independent inspectorate", "copies of this", "this report is available", "newsletter",
    "this publication is available", "this document is available", "mail alerts", "complaint", "subscribe",
)  # fmt: skip


def boilerplate(texts: Sequence[str]) -> set[int]:
    """The places, among the texts of a report's blocks, of its legal notices and of the contact details beside them.

    A run of such texts counts as a notice if it speaks of two of the things that notices speak of (rights, formats,
    the body's duties, copies and news, how to reach it), or if it is a copyright line. Full sentences are left out.
    """
    found: set[int] = set()
    topics = {at: about for at in _may_notify(texts) if (about := _topics(texts[at]))}
    for at, about in topics.items():
        if at in found or not about & _TELLING:
            continue
        start, end, about = _run(texts, at, topics)
        if len(about) > 1 or len(texts[at]) < _SHORT:
            found.update(range(start, end))
    return {at for at in found if not _SENTENCE.search(texts[at])}


def _may_notify(texts: Sequence[str]) -> list[int]:
    """The places of the texts at a report's front and back that have a sign of a notice."""
    places = (at for at in range(len(texts)) if at < _FRONT or at >= len(texts) - _BACK)
    return [at for at in places if _has_sign(texts[at].lower())]


def _has_sign(lowered: str) -> bool:
    return any(sign in lowered for sign in _SIGNS)


def _run(texts: Sequence[str], middle: int, topics: Mapping[int, set[int]]) -> tuple[int, int, set[int]]:
    """Where the run of notices and contact details around a notice begins and ends, and what it speaks of."""
    about = set(topics[middle])
    edges = []
    for step in (-1, 1):
        edge = at = middle
        while 0 <= (at := at + step) < len(texts) and abs(at - edge) < 6:
            here = topics.get(at) or (_topics(texts[at]) if len(texts[at]) < _SHORT else set())
            if here:
                about |= here
                edge = at
            elif not _is_address(texts[at]):
                break
        edges.append(edge)
    return edges[0], edges[1] + 1, about


def _topics(text: str) -> set[int]:
    """Which of the things that notices speak of a text speaks of."""
    topics = {topic for topic, notice in enumerate(_NOTICES) if notice.search(text)}
    if (len(text) < _SHORT and (_CONTACT.search(text) or _POSTCODE.search(text))) or (topics and _REACH.search(text)):
        topics.add(len(_NOTICES))
    return topics


def _is_address(text: str) -> bool:
    """Whether a text may be a line of an address, which names only a house, a street or a town."""
    return bool(text) and len(text.split()) <= _LONGEST_ADDRESS_LINE and not _ENDED.search(text)
