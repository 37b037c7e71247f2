"""`findings explain`: one sentence → what each of its words adds to every decision."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from findings.cli import console
from findings.cli.options import ModelPath, load_tagger

EXAMPLES = """\b
Examples:
  findings explain "Supervision is regular, but caseloads are too high."
  findings explain "Timeliness of assessments" --section "Areas for improvement"
  findings explain "This leaves children at risk." --previous "Visits are often late."
"""


def explain(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="The sentence, in quotation marks.")],
    section: Annotated[str, typer.Option("--section", metavar="TEXT", help="The heading it stands under.")] = "",
    lead_in: Annotated[str, typer.Option("--lead-in", metavar="TEXT", help="The line that introduces its list.")] = "",
    bullet: Annotated[bool, typer.Option("--bullet", help="It is a bullet of a list.")] = False,
    previous: Annotated[
        str, typer.Option("--previous", metavar="TEXT", help="The sentence before it in its paragraph.")
    ] = "",
    words: Annotated[int, typer.Option("--words", min=1, help="How many words to name for and against.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Write everything as JSON, every word included.")] = False,
    model: ModelPath = None,
) -> None:
    """Show why a sentence is tagged as it is.

    For every theme and sentiment: its probability, and the words of the sentence, its heading and its lead-in that
    speak most for it and against it. The number beside a word is what it adds to the log-odds: +0.7 doubles the odds,
    −0.7 halves them, and together they give the probability.
    """
    from findings.report import Sentence

    sentence, section, lead_in, previous = (" ".join(part.split()) for part in (sentence, section, lead_in, previous))
    if not sentence:
        raise typer.BadParameter("there is no sentence to explain.")
    unit = Sentence(
        sentence,
        section=section,
        lead_in=lead_in or None,
        bullet=bullet or bool(lead_in),
        end=len(sentence),
        previous=previous,
    )
    tagger = load_tagger(model)
    from findings.tagging.sentence_explanation import explain as explain_sentence

    explanation = explain_sentence(tagger, unit)
    if as_json:
        typer.echo(json.dumps(explanation.to_dict(), indent=1, ensure_ascii=False))
        return
    from findings.cli.explanation_tables import explanation_tables

    for part in explanation_tables(explanation, tagger.codebook_, words):
        console.stdout().print(part)
