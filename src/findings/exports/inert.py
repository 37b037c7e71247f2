"""Text from reports and file names, made harmless for the programs that will show it."""

from __future__ import annotations

import re

# Control characters (the terminal's escape sequences start with one), marks and overrides of direction, line and
# paragraph separators, lone surrogates, non-characters.
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BLANK = frozenset("\t\n\v\f\r\x85\u2028\u2029")
# What spreadsheets take for the start of a formula, full-width forms included.
_FORMULA = re.compile("\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]")


def inert(text: str) -> str:
    """`text` as one line that no terminal, page or sheet obeys: white space for breaks, "�" for what is left."""
    return _HARMFUL.sub(lambda match: " " if match[0] in _BLANK else "\N{REPLACEMENT CHARACTER}", text)


def inert_cell(text: str) -> str:
    """`inert(text)` for a cell of a spreadsheet; what looks like a formula gets the apostrophe that marks text."""
    text = inert(text)
    return f"'{text}" if _FORMULA.match(text) else text


def inert_json(line: str) -> str:
    r"""`line` of JSON with harmful characters as `\uXXXX`: the value is the same, and a terminal shows it safely."""
    return _HARMFUL.sub(lambda match: f"\\u{ord(match[0]):04x}", line)
