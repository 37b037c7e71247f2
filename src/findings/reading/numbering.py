"""Paragraph numbers: "12.", "7 The outcomes…", "a)", "(iv)", "1.2.3" at the start of a paragraph, bullet or heading."""

from __future__ import annotations

import re

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_ROMAN = r"x{0,3}(?:ix|iv|v?i{1,3}|v|x)"
_MARKED = re.compile(
    rf"""(?:\( (?P<bracketed>\d{{1,3}}|[A-Za-z]|{_ROMAN}) \)
        | (?P<pointed>\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}|[a-z]|{_ROMAN}) [.)]
        | (?P<capital>[A-Z]) \)
        | (?P<dotted>\d{{1,3}}(?:\.\d{{1,3}}){{1,4}}) (?=\s+["'‘“(]?[A-Z])
        ) \s+ (?=\S)
        | (?P<tight>\d{{1,3}}) \. (?=[A-Z][a-z])""",
    re.VERBOSE,
)
_BARE = re.compile(rf"(?P<bare>\d{{1,3}})\s+(?!(?:{_MONTHS})\b)(?=[\"'‘“(]?[A-Z])")


class Numbers:
    """Reads the numbers of one report's paragraphs in order: a bare "7" counts as one only where 6 came before it."""

    def __init__(self) -> None:
        self._last = 0

    def split(self, text: str) -> tuple[str | None, str]:
        """`(number, rest)` of a paragraph's text; `(None, text)` where it has no number."""
        if match := _MARKED.match(text):
            number = next(group for group in match.groups() if group)
        elif (match := _BARE.match(text)) and int(match["bare"]) in (1, self._last + 1):
            number = match["bare"]
        else:
            return None, text
        if number.isdigit():
            self._last = int(number)
        return number, text[match.end() :]
