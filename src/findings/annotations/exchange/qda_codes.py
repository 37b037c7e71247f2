"""Labels as REFI-QDA codes, and codes as labels.

Every theme is a code with a code for each sentiment under it; the sentiments of whole sentences stand under a code of
their own, and "Not a finding" is one.
"""

from __future__ import annotations

import re

from findings.annotations.labels import NOT_A_FINDING, Labels
from findings.codebook import Codebook

SENTIMENT, NOT = "Sentiment", "Not a finding"
Code = tuple[str, ...]  # a code by the names on the way to it: ("Workforce", "weakness")


def codes_of(labels: Labels, codebook: Codebook) -> list[Code]:
    """The codes that say what the labels say."""
    if not labels.finding:
        return [(NOT,)]
    codes: list[Code] = [(SENTIMENT, labels.sentiment)] if labels.sentiment else []
    for theme, said in labels.themes.items():
        title = codebook.theme(theme).title
        codes.append((title, said) if said else (title,))
    return codes


def meaning(path: Code, codebook: Codebook) -> tuple[str, str | None] | None:
    """What a code means: a tag and, for a theme, its sentiment; None for nothing in the codebook."""
    names = {_folded(item.name): item.name for item in codebook.sentiments}
    names |= {_folded(item.title): item.name for item in codebook.sentiments}
    themes = {_folded(item.name): item.name for item in codebook.themes}
    themes |= {_folded(item.title): item.name for item in codebook.themes}
    last = _folded(path[-1])
    if last in (_folded(NOT), _folded(NOT_A_FINDING)):
        return NOT_A_FINDING, None
    if last in themes:
        return None if codebook.sentiments else (themes[last], None)
    above = next((themes[_folded(name)] for name in reversed(path[:-1]) if _folded(name) in themes), None)
    if last in names:
        return (above, names[last]) if above else (names[last], None)
    theme, _, said = path[-1].replace("=", ":").rpartition(":")
    if _folded(theme) in themes and _folded(said) in names:
        return themes[_folded(theme)], names[_folded(said)]
    return None


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()
