"""Automatic list numbers: a count and a style of numbering → the number that is printed."""

from __future__ import annotations

# Office Open XML's, DrawingML's, OpenDocument's and HTML's names of the styles → the first number of each.
_STYLES = {
    "decimal": "1", "decimalzero": "1", "arabic": "1", "1": "1",
    "lowerletter": "a", "alphalc": "a", "a": "a",
    "upperletter": "A", "alphauc": "A", "A": "A",
    "lowerroman": "i", "romanlc": "i", "i": "i",
    "upperroman": "I", "romanuc": "I", "I": "I",
}  # fmt: skip
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def list_number(count: int, style: str) -> str:
    """`count` as a list of this style prints it: "3", "c", "C", "iii" or "III"; in digits where the style is unknown.

    `style` is "1", "a", "A", "i" or "I", or a name such as "lowerRoman", "alphaLcParenR" or "arabicPeriod".
    """
    known = _STYLES.get(style) or next(
        (first for name, first in _STYLES.items() if len(name) > 1 and style.lower().startswith(name)), "1"
    )
    if known == "1" or not 0 < count < 4000:
        return str(count)
    number = _letters(count) if known in "aA" else _roman(count)
    return number.upper() if known.isupper() else number


def _letters(count: int) -> str:
    """1 → a, 26 → z, 27 → aa, 28 → bb, as word processors go on."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    number = ""
    for value, letters in _ROMAN:
        number += letters * (count // value)
        count %= value
    return number
