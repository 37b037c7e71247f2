"""`findings annotations suspects`: which annotations are likely wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from findings.cli import console
from findings.cli.options import Annotations, CodebookPath, find_codebook

EXAMPLES = """\b
Examples:
  findings annotations suspects our-annotations/
  findings annotations suspects our-annotations/ -o suspects.xlsx --limit 200
  findings annotations add suspects.xlsx --to our-annotations/ --annotator ann
"""


def suspects(
    data: Annotations,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write a sheet (.xlsx, .csv, .jsonl) to correct them in."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many sentences at most.")] = 50,
    codebook: CodebookPath = None,
) -> None:
    """List annotations that are likely wrong.

    Models that had not seen a sentence's group contradict its annotation with confidence. The likeliest errors come
    first; correct them in the sheet written with -o, and bring it back with `findings annotations add`.
    """
    from findings.annotations import load_annotations
    from findings.annotations.review import check_ending, write_rows
    from findings.cli.annotation_tables import suspect_tables
    from findings.tagging import Tagger
    from findings.tagging.suspects import suspect_rows
    from findings.tagging.suspects import suspects as find

    if output is not None:
        check_ending(output)
    book = find_codebook(codebook, data)
    annotations = load_annotations(data, book)
    with console.progress("Training", None) as bar:
        found = find(Tagger(book).fit(annotations, bar.step), annotations)
    console.show(suspect_tables(found[:limit], len(found), len(annotations)))
    if output is not None:
        write_rows(output, suspect_rows(found[:limit]), book)
        console.tell(f"{output}: {min(limit, len(found))} sentences to look at again.")
