"""`findings model`: what a model is, by its card or its manifest."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from findings.cli import console
from findings.cli.options import ModelPath

EXAMPLES = """\b
Examples:
  findings model
  findings model --model my-model.joblib --json
"""


def model(
    path: ModelPath = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the manifest, as JSON, instead of the card.")] = False,
) -> None:
    """Show what a model is.

    Its card: what it is for, the data it was trained on, its cross-validated scores, its known limits, its versions.
    """
    from findings.tagging.model_card import model_card
    from findings.tagging.persistence import default_model, read_manifest

    manifest = read_manifest(path or default_model())
    if as_json:
        typer.echo(json.dumps(manifest, indent=1, ensure_ascii=False))
        return
    card = model_card(manifest)
    if console.is_terminal():
        from rich.markdown import Markdown

        console.stdout().print(Markdown(card, hyperlinks=False))
    else:
        typer.echo(card, nl=False)
