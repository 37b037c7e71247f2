"""`findings annotations export` and `import`: sentences to other annotation tools, and labels back."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from findings.cli import console
from findings.cli.options import Annotations, CodebookPath, find_codebook

EXPORT = """\b
Examples:
  findings review reports/ -o review.jsonl
  findings annotations export review.jsonl --format label-studio -o tasks.json
  findings annotations export our-annotations/ --format refi-qda -o project.qdpx
"""
IMPORT = """\b
Examples:
  findings annotations import exported.json --format label-studio --to our-annotations/
  findings annotations import project.qdpx --format refi-qda --to our-annotations/ --dry-run
"""


class Tool(StrEnum):
    """A format of exchange."""

    label_studio = "label-studio"
    doccano = "doccano"
    prodigy = "prodigy"
    refi_qda = "refi-qda"


Format = Annotated[Tool, typer.Option("--format", help="The tool or format (refi-qda: NVivo, ATLAS.ti, MAXQDA).")]


def export(
    data: Annotations,
    format_name: Format,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write.")],
    codebook: CodebookPath = None,
) -> None:
    """Write sentences for another annotation tool, with their labels.

    DATA are annotations, or a review written as .jsonl: then the model's labels go out as predictions. What sets the
    tool up for the codebook is written beside it: Label Studio's interface, doccano's labels, REFI-QDA's .qdc.
    """
    from findings.annotations.exchange import FORMATS, export_annotations

    ending = FORMATS[format_name]
    if output.suffix.lower() != ending:
        raise typer.BadParameter(f"{output.name}: a file for {format_name} ends in {ending}.")
    count, files = export_annotations(data, output, format_name, find_codebook(codebook, data))
    console.tell(f"{', '.join(map(str, files))}: {count:,} sentences for {format_name}.")


def import_(
    sources: Annotated[list[Path], typer.Argument(metavar="FILE", help="What the tool has exported.")],
    format_name: Format,
    to: Annotated[
        Path, typer.Option("--to", metavar="PATH", help="The store: a folder (its reviewed.jsonl) or a .jsonl file.")
    ],
    annotator: Annotated[
        str | None, typer.Option("--annotator", metavar="NAME", help="Who labelled what the export names nobody for.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    codebook: CodebookPath = None,
) -> None:
    """Bring what was labelled in another tool into a store of annotations.

    As `findings annotations add` does with sheets: predictions that nobody touched are left alone, each fault is named
    with its place, and where annotators differ both are kept.
    """
    from findings.annotations.exchange import import_annotations
    from findings.cli.annotation_tables import merge_tables

    book = find_codebook(codebook, [to])
    merge = import_annotations(sources, format_name, to, book, annotator=annotator, dry_run=dry_run)
    console.show(merge_tables(merge, dry_run=dry_run))
    console.tell_faults(merge.faults, merge.warnings)
