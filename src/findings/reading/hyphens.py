"""Words broken by a hyphen at the end of a line, mended by what words the document itself uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

_LAST = re.compile(r"[\w’'-]*$")
_FIRST = re.compile(r"[\w’'-]*")
# "short- and long-term": the hyphen stands for a word left out.
_SUSPENDED = re.compile(r"(?:and|or|to|nor|but)\b")


class Hyphens:
    """Joins what line ends part; `texts` gives the document's lines when they are first needed."""

    def __init__(self, texts: Callable[[], Iterable[str]]) -> None:
        self._texts = texts

    @cached_property
    def _text(self) -> str:
        return f" {' '.join(self._texts())} ".lower()

    def join(self, first: str, second: str) -> str:
        """`first`, which ends in a hyphen, and the line after it as one text."""
        stem = first[:-1]
        before, after = _LAST.search(stem[-60:]), _FIRST.match(second)
        left, right = (before[0].lower() if before else ""), (after[0].lower() if after else "")
        if not left or not right or _SUSPENDED.match(second):
            return f"{first} {second}"
        return f"{stem}{second}" if self._is_one_word(left, right, second) else f"{first}{second}"

    def _is_one_word(self, left: str, right: str, second: str) -> bool:
        if not (left.isalpha() and right.isalpha() and second[0].islower()) or f" {left}-{right}" in self._text:
            return False
        return f" {left}{right}" in self._text or not (f" {left} " in self._text and f" {right} " in self._text)
