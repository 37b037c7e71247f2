"""The legal notices and contact details that every report of a body repeats, told by what such notices speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NOTICES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bcopyright\b|©|all rights reserved|open government licen[cs]e|\b(?:re-?use|reproduce[sd]?)\b.{0,60}"
        r"\b(?:information|document|report|publication|free of charge|in whole|in part)\b|\bbe reproduced\b",
        r"\b(?:different|alternative|another|other|accessible) (?:format|language)s?\b|\blarge print\b|\bbraille\b",
        r"\bregulates and inspects\b|\binspects and regulates\b|\bindependent (?:inspectorate|regulator) (?:of|for)\b",
        r"\bcopies of this (?:report|document|publication)|\b(?:publication|document|report) is available (?:at|from|on)\b"
        r"|\bsubscribe\b|\bnewsletter\b|\bmailing list\b",
    )
)
_CONTACT = re.compile(
    r"(?i)^(?:t|tel|telephone|textphone|fax|e|e-?mail|w|web(?:site)?)\s*:|^\S+@\S+$|^(?:https?://|www\.)\S+$"
)
_REACH = re.compile(r"(?i)\b(?:telephone|e-?mail|visit|write to)\b.*(?:\d{3}|@|www\.|https?:)|@[\w-]+\.|www\.|https?://")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}$")
_ENDED = re.compile(r"[.?!:;]$")
_LONGEST_ADDRESS_LINE = 6  # words
_QUICK = re.compile(r"(?i)copyright|©|licen[cs]e|reproduce|braille|large print|regulates|newsletter|copies of this")


def boilerplate(texts: Sequence[str]) -> set[int]:
    """The places, among the texts of a report's blocks, of its legal notices and of the contact details beside them.

    A run of such texts counts as a notice if it speaks of two of the things that notices speak of (rights, formats,
    the body's duties, copies and news, how to reach it), or if it is a copyright line.
    """
    found: set[int] = set()
    if not any(_QUICK.search(text) for text in texts):
        return found
    at = 0
    while at < len(texts):
        if not _topics(texts[at]):
            at += 1
            continue
        end, topics = _run(texts, at)
        line = texts[at]
        if len(topics) > 1 or (0 in topics and len(line) < 80):
            found.update(range(at, end))
        at = end
    return found


def _run(texts: Sequence[str], start: int) -> tuple[int, set[int]]:
    """Where the run that begins at `start` ends, and what it speaks of."""
    topics: set[int] = set()
    end = start
    for at in range(start, len(texts)):
        here = _topics(texts[at])
        if here:
            topics |= here
            end = at + 1
        elif not _is_address(texts[at]) or at - end > 5:
            break
    return end, topics


def _topics(text: str) -> set[int]:
    """Which of the things that notices speak of a text speaks of."""
    topics = {topic for topic, notice in enumerate(_NOTICES) if notice.search(text)}
    if _CONTACT.search(text) or _POSTCODE.search(text) or (len(text) < 400 and _REACH.search(text)):
        topics.add(len(_NOTICES))
    return topics


def _is_address(text: str) -> bool:
    """Whether a text may be a line of an address, which names only a house, a street or a town."""
    return len(text.split()) <= _LONGEST_ADDRESS_LINE and not _ENDED.search(text)
