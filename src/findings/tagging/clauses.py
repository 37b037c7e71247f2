"""The clauses of a sentence: where it says one thing, and where it turns to say another."""

from __future__ import annotations

import re

_TURN = (
    r"but|however|although|though|while|whilst|whereas|despite|yet|nevertheless|nonetheless|"
    r"except(?:ing)?(?: that| for)?|in spite of|even though|even if|on the other hand|with the exception of|albeit"
)
# A clause ends at a semicolon, before a word of contrast, and at the comma that closes a clause such a word has opened.
_BREAK = re.compile(rf";\s+|:\s+|\s+[–—-]\s+|,\s+(?=(?:{_TURN})\b)|\s+(?=(?:{_TURN})\b)", re.IGNORECASE)
_OPENED = re.compile(rf"^(?:{_TURN})\b", re.IGNORECASE)
_SHORTEST = 3


def clauses(text: str) -> list[tuple[int, int]]:
    """Spans of the clauses of a sentence, in order; the whole sentence where it does not turn.

    Commas part clauses only after one that opens with a word of contrast ("Although much is good, plans are late").
    """
    cuts = [0]
    for found in _BREAK.finditer(text):
        cuts.append(found.end())
    pieces: list[tuple[int, int]] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        comma = _main_clause(text, start, end)
        pieces += [(start, end)] if comma is None else [(start, comma), (comma, end)]
    return _joined(text, pieces)


def _main_clause(text: str, start: int, end: int) -> int | None:
    """Where the main clause begins after a clause of concession that opens the sentence."""
    if not _OPENED.match(text[start:end]):
        return None
    commas = [at for at in range(start, end) if text[at] == "," and text[at + 1 : at + 2] == " "]
    for comma in commas:
        if len(text[start:comma].split()) >= _SHORTEST and len(text[comma:end].split()) > _SHORTEST:
            return comma + 2
    return None


def _joined(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces with those of a word or two joined to what follows, or to what stands before the last."""
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and min(len(text[slice(*joined[-1])].split()), len(text[start:end].split())) < _SHORTEST:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
