"""The clauses of a sentence, where it turns to say another thing, and its parts, where it goes on to say one more."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from findings.tagging.terms import TEXT

Rows = NDArray[np.object_]
Span = tuple[int, int]

_TURN = (
    r"but|however|although|though|while|whilst|whereas|despite|yet|nevertheless|nonetheless|"
    r"except(?:ing)?(?: that| for)?|in spite of|even though|even if|on the other hand|with the exception of|albeit"
)
# A clause ends at a semicolon, before a word of contrast, and at the comma that closes a clause such a word has opened.
_BREAK = re.compile(rf";\s+|:\s+|\s+[–—-]\s+|,\s+(?=(?:{_TURN})\b)|\s+(?=(?:{_TURN})\b)", re.IGNORECASE)
_OPENED = re.compile(rf"^(?:{_TURN})\b", re.IGNORECASE)
# A part ends at a comma, semicolon or colon too, and before a word that joins.
_JOINT = re.compile(r"(?<=[,;:])\s+|\s+(?=(?:and|but|which|although|while)\s)")
# The fewest words of a clause, and of a part.
_SHORTEST, _SHORTEST_PART = 3, 5


def clauses(text: str) -> list[Span]:
    """Spans of the clauses of a sentence, in order; the whole sentence where it does not turn.

    Commas part clauses only after one that opens with a word of contrast ("Although much is good, plans are late").
    """
    pieces: list[Span] = []
    for start, end in _between(_BREAK, text):
        comma = _main_clause(text, start, end)
        pieces += [(start, end)] if comma is None else [(start, comma), (comma, end)]
    return _joined(text, pieces, _SHORTEST)


def parts(text: str) -> list[Span]:
    """Spans of the parts of a sentence, in order, each of five words or more; finer than clauses."""
    return _joined(text, _between(_JOINT, text), _SHORTEST_PART)


def cut(rows: Rows, spans: Callable[[str], list[Span]]) -> tuple[NDArray[np.int64], list[Span], Rows]:
    """Rows that have several clauses (or parts) cut into them: the row each comes from, its span, and its own row."""
    pieces = [(at, span) for at, row in enumerate(rows) if len(found := spans(row[TEXT])) > 1 for span in found]
    owner = np.array([at for at, _ in pieces], dtype=np.int64)
    cut_rows = rows[owner].copy()
    cut_rows[:, TEXT] = [rows[at][TEXT][start:end] for at, (start, end) in pieces]
    return owner, [span for _, span in pieces], cut_rows


def _between(joints: re.Pattern[str], text: str) -> list[Span]:
    """What stands between the joints, each joint with what it ends."""
    return list(pairwise([0, *(found.end() for found in joints.finditer(text)), len(text)]))


def _main_clause(text: str, start: int, end: int) -> int | None:
    """Where the main clause begins after a clause of concession that opens the sentence."""
    if not _OPENED.match(text[start:end]):
        return None
    commas = [at for at in range(start, end) if text[at] == "," and text[at + 1 : at + 2] == " "]
    for comma in commas:
        if len(text[start:comma].split()) >= _SHORTEST and len(text[comma:end].split()) > _SHORTEST:
            return comma + 2
    return None


def _joined(text: str, pieces: list[Span], shortest: int) -> list[Span]:
    """The pieces with those of fewer than `shortest` words joined to what follows, or to what stands before."""
    joined: list[Span] = []
    for start, end in pieces:
        if joined and min(len(text[slice(*joined[-1])].split()), len(text[start:end].split())) < shortest:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
