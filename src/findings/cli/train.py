"""`findings train`: annotations → a model of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from findings.cli import console
from findings.cli.options import CodebookPath, find_codebook

if TYPE_CHECKING:
    from findings.codebook import Codebook
    from findings.report import Annotation
    from findings.tagging.retraining import Retrained

EXAMPLES = """\b
Examples:
  findings train data/annotations -o my-model.joblib
  findings train my-sentences.jsonl --codebook my-codebook.toml -o my-model.joblib
  findings train our-annotations/ --include-default-data --promote
"""
_DATA = Path("data/annotations")
_MODEL = Path("model.joblib")


def train(
    data: Annotated[
        list[Path] | None,
        typer.Argument(metavar="DATA", help=f"Files or folders of annotations (JSON Lines) [default: {_DATA}]."),
    ] = None,
    codebook: CodebookPath = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help=f"Where to write the model [default: {_MODEL}; none with --promote]."
        ),
    ] = None,
    include_default_data: Annotated[
        bool, typer.Option("--include-default-data", help="Learn from the annotations that ship as well.")
    ] = False,
    promote: Annotated[
        bool, typer.Option("--promote", help="Put the model to use if it is no worse than the one in use.")
    ] = False,
    validation: Annotated[
        list[Path] | None,
        typer.Option(
            "--validation",
            metavar="PATH",
            help="With --promote: compare on these annotations, and do not learn from their reports (repeatable).",
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same data and seed give the same model.")] = 0,
) -> None:
    """Train a model on annotations.

    Writes the model with its manifest (.json) and its card (.md) beside it, and prints how well models that had not
    seen a sentence's group tagged it (cross-validation), how far each theme can be trusted, and how many more
    sentences about it are wanted.
    """
    output = output or (None if promote else _MODEL)
    if output is not None and (output.suffix != ".joblib" or output.is_dir()):
        raise typer.BadParameter(f"{output}: a model's file ends in .joblib.")
    if validation and not promote:
        raise typer.BadParameter("--validation goes with --promote.")
    data = data or [_DATA]
    book = find_codebook(codebook, data)
    held_out = _load(validation or [], book)
    from findings.tagging.retraining import card_path, retrain

    with console.progress("Training", None) as bar:
        retrained = retrain(
            data,
            book,
            seed=seed,
            include_default_data=include_default_data,
            held_out=held_out,
            progress=bar.step,
        )
        if output is not None:
            retrained.save(output)
    _show(retrained, book)
    if output is not None:
        console.tell(f"{output}: the model; its card is {card_path(output)}.")
    if promote:
        _promote(retrained, held_out)


def _load(paths: list[Path], codebook: Codebook) -> list[Annotation]:
    from findings.annotations import load_annotations

    return load_annotations(paths, codebook) if paths else []


def _show(retrained: Retrained, codebook: Codebook) -> None:
    from findings.cli.metrics_tables import metrics_tables, sufficiency_table

    console.show(metrics_tables(retrained.metrics, codebook))
    console.stdout().print(sufficiency_table(retrained.metrics, codebook))
    for theme, count in retrained.unclear.items():
        console.tell(
            f"The default data was not annotated for {theme}: {count:,} of its sentences that may be about it are "
            "left out."
        )


def _promote(retrained: Retrained, held_out: list[Annotation]) -> None:
    """Put the model to use, or say why not and end with exit code 1."""
    from findings.cli.comparison_tables import comparison_tables
    from findings.tagging.promotion import promote

    promotion = promote(retrained, held_out)
    console.show(comparison_tables(promotion.comparison, changes=0))
    if promotion.name is None:
        console.tell("Not promoted: the new model is worse than the one in use, which stays in use.")
        raise typer.Exit(1)
    console.tell(f"{promotion.name}: this model is in use now; `findings model rollback` goes back.")
