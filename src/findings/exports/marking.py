"""Where the words that earned a tag stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable


def marked(text: str, evidence: Iterable[str]) -> list[tuple[str, bool]]:
    """`text` cut into pieces, in order, each with whether it is evidence; the pieces joined are `text`.

    Evidence is looked for as whole words, in any case; what is not in the text (it came from a heading) is passed over.
    """
    phrases = sorted({phrase for phrase in evidence if phrase.strip()}, key=len, reverse=True)
    if not phrases:
        return [(text, False)] if text else []
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)", re.IGNORECASE)
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in pattern.finditer(text):
        pieces += [(text[at : found.start()], False), (found.group(), True)]
        at = found.end()
    pieces.append((text[at:], False))
    return [piece for piece in pieces if piece[0]]
