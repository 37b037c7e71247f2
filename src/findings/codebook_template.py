"""A codebook to start from, as a TOML file whose comments say what to write where."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

_HEAD = """\
# A codebook: what annotators and model share. Write each definition so that two people who read it decide alike;
# "..." marks what is yours to write. `findings codebook check {file}` says whether it is sound.

name = {name}
title = {title}
version = "1"
unit = "One sentence, or one bullet or table row, read with its section heading and the lead-in of its list."
# Borderline cases, as you come to decide them: each a sentence in quotation marks.
rulings = []

[finding]
true = "The sentence says how well something works, has changed, or must work."
false = "Everything else: method, dates, descriptions, bare facts and numbers, headings."
"""
_NO_SENTIMENTS = """
# No [[sentiments]]: a theme is there or it is not. Add at least two to tell apart what is said of a theme.
"""
_SENTIMENT = """
[[sentiments]]
name = {name}
title = {title}
definition = "..."
"""
_WHOLE = """\
# true where a sentence can carry it but a theme cannot, as with one that says both.
whole_sentence_only = false
"""
_THEME = """
[[themes]]
name = {name}
title = {title}
definition = "..."
not_included = "..."
# examples = [{example}]
"""


def codebook_template(
    title: str, themes: Sequence[str], sentiments: Sequence[str] = ("strength", "weakness"), *, file: str = "FILE"
) -> str:
    """A codebook of themes and sentiments given by their titles, sound as it stands, to be filled in.

    No sentiments make one without a scale. `file` is the name by which its comments speak of it.
    """
    parts = [_HEAD.format(file=file, name=_quoted(name_of(title)), title=_quoted(title))]
    parts += [] if sentiments else [_NO_SENTIMENTS]
    for at, sentiment in enumerate(sentiments):
        parts.append(_SENTIMENT.format(name=_quoted(name_of(sentiment)), title=_quoted(_capital(sentiment))))
        parts += [] if at else [_WHOLE]
    return "".join((*parts, *(theme_template(theme, sentiments) for theme in themes)))


def theme_template(theme: str, sentiments: Sequence[str]) -> str:
    """The entry of one theme, given by its title, in a codebook whose themes can carry `sentiments`."""
    example = '{ text = "..."' + (f', sentiment = "{name_of(sentiments[0])}"' if sentiments else "") + " }"
    return _THEME.format(name=_quoted(name_of(theme)), title=_quoted(_capital(theme)), example=example)


def name_of(title: str) -> str:
    """The name in a codebook of what people call `title`: `voice_of_the_child`."""
    return re.sub(r"[\W_]+", "_", title.lower()).strip("_")


def _capital(title: str) -> str:
    title = title.strip().replace("_", " ")
    return title[:1].upper() + title[1:]


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, but for DEL.
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "")
