"""Characters: what converters leave in text → plain text in Unicode's composed form with single spaces."""

from __future__ import annotations

import re
import unicodedata

PageStarts = tuple[tuple[int, int], ...]

_SPACE = re.compile(r"\s+")
# Presentation ligatures, and characters that print nothing: controls, joiners, marks of direction, byte-order
# marks, non-characters, lone surrogates and the private-use glyphs of symbol fonts.
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_UNPRINTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    "\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufdd0-\ufdef\ufeff\ufffe\uffff\U000f0000-\U0010ffff]"
)


def normalise(text: str) -> str:
    """`text` composed (NFC), ligatures spelt out, unprinted characters left out and white space made single spaces."""
    if (
        text.isprintable()
        and "  " not in text
        and unicodedata.is_normalized("NFC", text)
        and not _LIGATURE.search(text)
    ):
        return text.strip()
    text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = unicodedata.normalize("NFC", _UNPRINTED.sub("", text))
    return _SPACE.sub(" ", text).strip()


def normalise_paged(text: str, page_starts: PageStarts) -> tuple[str, PageStarts]:
    """`normalise(text)` with each `(offset, page)` moved to where that page's first character now is."""
    if not page_starts:
        return normalise(text), ()
    whole, moved, at = "", [], 0
    for offset, page in (*page_starts, (len(text), None)):
        piece = normalise(text[at:offset])
        apart = whole and piece and (text[at - 1 : at].isspace() or text[at : at + 1].isspace())
        whole += " " * bool(apart)
        moved.append((len(whole), page))
        whole += piece
        at = offset
    # Each piece was noted with the page that ends it; a page begins where the piece before it stops.
    starts = [(start, page) for (start, _), (_, page) in zip(moved[1:], moved, strict=False) if page is not None]
    return whole, tuple((start, page) for start, page in starts if 0 < start < len(whole))
