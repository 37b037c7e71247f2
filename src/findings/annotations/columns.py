"""The columns of a review sheet, which its writer and its reader share; names are stable, order is not."""

from __future__ import annotations

import re
from difflib import get_close_matches

from findings.codebook import Codebook

THEME = "theme:"

COLUMNS = {
    "report": "The report that the sentence stands in.",
    "page": "Its page, from 1; empty where the format has no pages.",
    "paragraph": "The number of its paragraph, as printed.",
    "section": "The heading above it.",
    "lead_in": "The line that introduces its list.",
    "bullet": "yes where it is a bullet or table row.",
    "previous": "The sentence before it in its paragraph; empty where it is the first.",
    "text": "The sentence to be labelled. Leave its words as they are.",
    "next": "The sentence after it in the report.",
    "finding": "Label: yes or no.",
    "sentiment": "Label: the sentiment of a finding; empty otherwise.",
    THEME: "Label, one column a theme: the sentiment expressed about that theme; empty where the theme does not apply.",
    "reviewed": "yes when you have checked the row. Rows that you changed count too; others are not taken over.",
    "comment": "For your own notes; not taken over.",
    "doubt": "How much the labels would teach the model: its uncertainty over all decisions, in bits.",
    "why": "Why the sentence is here: doubt, or random (a fair sample, for honest estimates of the model's errors).",
    "model": "The model's labels, to tell what was changed. Leave as it is.",
    "id": "The sentence's name in the annotations. Leave as it is; empty in rows that you add.",
}
EXTRA_COLUMNS = ("group", "annotator")  # read where somebody adds them


def theme_column(theme: str) -> str:
    """The column of a theme: `theme:workforce`."""
    return THEME + theme


def column_names(codebook: Codebook) -> list[str]:
    """The columns of a review sheet in the order in which it is written."""
    names: list[str] = []
    for name in COLUMNS:
        names.extend(map(theme_column, codebook.theme_names) if name == THEME else [name])
    return names


class Headers:
    """Finds out which column a header names: its own name, or a theme's name or title, in any case and spacing."""

    def __init__(self, codebook: Codebook) -> None:
        self._known: dict[str, str] = {}
        for theme in codebook.themes:
            for name in (theme.name, theme.title):
                self._known.setdefault(_plain(name), theme_column(theme.name))
                self._known[_plain(THEME + name)] = theme_column(theme.name)
        for name in (*COLUMNS, *EXTRA_COLUMNS):
            if name != THEME:
                self._known[_plain(name)] = name

    def column(self, header: str) -> str | None:
        """The column that a header names, None where it names none of ours."""
        return self._known.get(_plain(header))

    def meant(self, header: str) -> str | None:
        """The column that a header which names none is likely to mean."""
        close = get_close_matches(_plain(header), self._known, 1, cutoff=0.8)
        return self._known[close[0]] if close else None


def _plain(header: str) -> str:
    return re.sub(r"[\W_]+", "", header.casefold())
