"""`findings explain`: one sentence → what each of its words adds to every decision."""

from __future__ import annotations

from typing import Annotated

import typer

from findings.cli import console
from findings.cli.options import ModelPath, load_tagger

EXAMPLES = """\b
Examples:
  findings explain "Supervision is regular, but caseloads are too high."
  findings explain "Timeliness of assessments" --section "Areas for improvement"
"""


def explain(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="The sentence, in quotation marks.")],
    section: Annotated[str, typer.Option("--section", metavar="TEXT", help="The heading it stands under.")] = "",
    lead_in: Annotated[str, typer.Option("--lead-in", metavar="TEXT", help="The line that introduces its list.")] = "",
    bullet: Annotated[bool, typer.Option("--bullet", help="It is a bullet of a list.")] = False,
    words: Annotated[int, typer.Option("--words", min=1, help="How many words to name for and against.")] = 4,
    model: ModelPath = None,
) -> None:
    """Show why a sentence is tagged as it is.

    For every theme and sentiment: its score, and the words of the sentence, its heading and its lead-in that speak
    most for it and against it, each with what it adds to the log-odds.
    """
    from findings.cli.explanation_tables import explanation_tables
    from findings.report import Sentence

    sentence = " ".join(sentence.split())
    if not sentence:
        raise typer.BadParameter("there is no sentence to explain.")
    unit = Sentence(sentence, section=section, lead_in=lead_in or None, bullet=bullet or bool(lead_in))
    for part in explanation_tables(load_tagger(model), unit, words):
        console.stdout().print(part)
