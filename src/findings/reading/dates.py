"""Dates and spans of dates as reports print them → ISO 8601."""

from __future__ import annotations

import datetime
import re

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = rf"(?:{'|'.join(_MONTHS)})"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"(?:19|20)\d\d"
# "24 – 28 June 2013", "26 November 2018 to 7 December 2018", "27th and 31st January 2010"
_SPAN = re.compile(
    rf"(?i)\b{_WEEKDAY}(?P<d1>{_DAY})(?:\s+(?P<m1>{_MONTH}))?(?:,?\s+(?P<y1>{_YEAR}))?\s*(?:to|until|and|-|–|—)\s*"
    rf"{_WEEKDAY}(?P<d2>{_DAY})\s+(?P<m2>{_MONTH}),?\s+(?P<y2>{_YEAR})\b"
)
# "April 4th and 15th 2011"
_MONTH_FIRST = re.compile(
    rf"(?i)\b(?P<m1>{_MONTH})\s+(?P<d1>{_DAY})\s*(?:to|until|and|-|–|—)\s*(?:(?P<m2>{_MONTH})\s+)?(?P<d2>{_DAY}),?\s+"
    rf"(?P<y2>{_YEAR})\b"
)
_DATE = re.compile(rf"(?i)\b{_WEEKDAY}(?P<d>{_DAY})\s+(?P<m>{_MONTH}),?\s+(?P<y>{_YEAR})\b")
_MONTH_ONLY = re.compile(rf"(?i)\b(?P<m>{_MONTH}),?\s+(?P<y>{_YEAR})\b")
_NUMERIC = re.compile(r"\b(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:19|20)\d\d)\b")


def find_span(text: str) -> tuple[str, str] | None:
    """The first and last day of the first span of days, or the first single day, that `text` names; else None."""
    if match := _SPAN.search(text) or _MONTH_FIRST.search(text):
        given = match.groupdict()
        month, year = given.get("m2") or given["m1"], given["y2"]
        last = _iso(given["d2"], month, year)
        first = _iso(given["d1"], given["m1"] or month, given.get("y1") or year)
        if first and last and first > last:  # "28 November to 9 January 2020": the first year is left out
            first = _iso(given["d1"], given["m1"] or month, str(int(year) - 1))
        if first and last:
            return first, last
    day = find_date(text)
    return (day, day) if day and len(day) == 10 else None


def find_date(text: str) -> str | None:
    """The first date in `text` as `2019-11-26`, or as `2019-11` where it names only a month; else None."""
    if match := _DATE.search(text):
        return _iso(match["d"], match["m"], match["y"])
    if match := _NUMERIC.search(text):
        return _checked(int(match["y"]), int(match["m"]), int(match["d"]))
    if match := _MONTH_ONLY.search(text):
        return f"{match['y']}-{_MONTHS.index(match['m'].lower()) + 1:02}"
    return None


def _iso(day: str, month: str, year: str) -> str | None:
    number = re.match(r"\d+", day)
    return _checked(int(year), _MONTHS.index(month.lower()) + 1, int(number[0]) if number else 0)


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
