"""`findings train`: annotations → a model of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from findings.cli import console
from findings.cli.options import CodebookPath, find_codebook

EXAMPLES = """\b
Examples:
  findings train data/annotations -o my-model.joblib
  findings train my-sentences.jsonl --codebook my-codebook.toml -o my-model.joblib
"""
_DATA = Path("data/annotations")


def train(
    data: Annotated[
        list[Path] | None,
        typer.Argument(metavar="DATA", help=f"Files or folders of annotations (JSON Lines) [default: {_DATA}]."),
    ] = None,
    codebook: CodebookPath = None,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write the model.")] = Path(
        "model.joblib"
    ),
    seed: Annotated[int, typer.Option("--seed", help="The same data and seed give the same model.")] = 0,
) -> None:
    """Train a model on annotations.

    Writes the model with its manifest (.json) and its card (.md) beside it, and prints how well models that had not
    seen a sentence's group tagged it (cross-validation).
    """
    if output.suffix != ".joblib" or output.is_dir():
        raise typer.BadParameter(f"{output}: a model's file ends in .joblib.")
    data = data or [_DATA]
    book = find_codebook(codebook, data)
    from findings.cli.metrics_tables import metrics_tables
    from findings.tagging.retraining import card_path, retrain

    with console.progress("Training", None) as bar:
        retrained = retrain(data, book, seed=seed, progress=bar.step)
        retrained.save(output)
    for part in metrics_tables(retrained.metrics, book):
        console.stdout().print(part)
    console.tell(f"{output}: the model; its card is {card_path(output)}.")
