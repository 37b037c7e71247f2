"""`findings annotations agreement`: how far annotators agree, and where they do not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from findings.cli import console
from findings.cli.options import CodebookPath, find_codebook

if TYPE_CHECKING:
    from findings.codebook import Codebook
    from findings.report import Annotation

EXAMPLES = """\b
Examples:
  findings annotations agreement ann.jsonl bo.jsonl
  findings annotations agreement our-annotations/ -o adjudicate.xlsx
"""


def agreement(
    data: Annotated[
        list[Path],
        typer.Argument(
            metavar="A [B]…", help="A file or folder for each annotator, or a single one that names its annotators."
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the disagreements to a sheet.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the figures as JSON.")] = False,
    codebook: CodebookPath = None,
) -> None:
    """Measure how far annotators agree on the sentences that they share.

    Cohen's kappa and F1 of each label for two annotators, Krippendorff's alpha for any number, and the disagreements
    side by side.
    """
    from findings.annotations.agreement import agreement as compare
    from findings.annotations.review import conflict_rows, write_rows
    from findings.cli.annotation_tables import agreement_tables

    book = find_codebook(codebook, data)
    codings = _codings(data, book)
    if len(codings) < 2:
        raise typer.BadParameter("agreement needs the annotations of at least two annotators.")
    compared = compare(codings, book)
    if as_json:
        typer.echo(json.dumps(compared.to_dict(), indent=1, ensure_ascii=False))
    else:
        console.show(agreement_tables(compared))
    if output is not None:
        write_rows(output, conflict_rows(compared.disagreements), book)
        console.tell(f"{output}: {len(compared.disagreements)} sentences to settle.")


def _codings(data: list[Path], codebook: Codebook) -> dict[str, list[Annotation]]:
    """Each annotator's labels: of one path, those it names; of several, each path is an annotator."""
    from findings.annotations import load_annotations, load_opinions
    from findings.annotations.agreement import by_annotator

    if len(data) == 1:
        return by_annotator(load_opinions(data, codebook))
    stems = [path.stem for path in data]
    names = stems if len(set(stems)) == len(stems) else [str(path) for path in data]
    return {name: load_annotations([path], codebook) for name, path in zip(names, data, strict=True)}
