"""Text made inert for spreadsheets: whatever a report says, a spreadsheet program shows it and runs nothing."""

from __future__ import annotations

import re

MAX_CELL = 32_767  # what Excel holds in one cell
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def shown(text: str) -> str:
    """The text without what a cell cannot hold or must not obey: control characters and direction overrides.

    At most `MAX_CELL` characters. Written to a cell of type string, it is never a formula.
    """
    return _CONTROL.sub(" ", text)[:MAX_CELL]


def csv_cell(text: str) -> str:
    """The text as a CSV cell that no spreadsheet program takes for a formula: where it could, `'` stands before it."""
    text = shown(text)
    return f"'{text}" if _FORMULA.match(text) else text


def from_csv_cell(cell: str) -> str:
    """The text that `csv_cell` was given (as `shown`)."""
    return cell[1:] if _ESCAPED.match(cell) else cell
