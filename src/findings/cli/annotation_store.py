"""`findings annotations`: the store of annotations: bringing labels in, checking them, counting them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from findings.cli import agreement, console, exchange, suspects
from findings.cli.options import Annotations, CodebookPath, find_codebook

app = typer.Typer(
    help="Keep annotations: bring labelled sheets in, check, count and compare them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write a sheet (.xlsx, .csv or .jsonl) too.")
]

ADD = """\b
Examples:
  findings annotations add review.xlsx --to our-annotations/ --annotator ann --dry-run
  findings annotations add review.xlsx --to our-annotations/ --annotator ann
  findings annotations add settled.xlsx --to our-annotations/ --annotator consensus
"""


@app.command("add", epilog=ADD)
def add(
    sheets: Annotated[
        list[Path], typer.Argument(metavar="SHEET", help="Labelled sheets: .xlsx, .csv or .jsonl files.")
    ],
    to: Annotated[
        Path, typer.Option("--to", metavar="PATH", help="The store: a folder (its reviewed.jsonl) or a .jsonl file.")
    ],
    annotator: Annotated[
        str | None,
        typer.Option("--annotator", metavar="NAME", help="Who labelled the rows; `consensus` settles conflicts."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    codebook: CodebookPath = None,
) -> None:
    """Bring labelled sheets into a store of annotations.

    Only rows that were changed or marked as reviewed are taken. Each faulty row is named with its cell, and the sound
    ones are added. Where two annotators differ, both are kept and the sentence is listed as a conflict.
    """
    from findings.annotations.merge import add_annotations
    from findings.cli.annotation_tables import merge_tables

    merge = add_annotations(sheets, to, find_codebook(codebook, [to]), annotator=annotator, dry_run=dry_run)
    console.show(merge_tables(merge, dry_run=dry_run))
    console.tell_faults(merge.faults, merge.warnings)


CHECK = """\b
Examples:
  findings annotations check our-annotations/
  findings annotations check new.jsonl --codebook my-codebook.toml
"""


@app.command("check", epilog=CHECK)
def check(data: Annotations, codebook: CodebookPath = None) -> None:
    """Say whether annotations are sound, and name every fault with its file and line."""
    from findings.annotations import load_opinions, resolve

    opinions = load_opinions(data, find_codebook(codebook, data))
    conflicts = len(resolve(opinions).conflicts)
    typer.echo(f"{len(opinions):,} annotations, all sound.")
    if conflicts:
        console.warn(
            f"annotators differ about {conflicts:,} sentences, which are left out of training; "
            "list them with `findings annotations conflicts`."
        )


STATS = """\b
Examples:
  findings annotations stats our-annotations/
  findings annotations stats our-annotations/ --json
"""


@app.command("stats", epilog=STATS)
def stats(
    data: Annotations,
    as_json: Annotated[bool, typer.Option("--json", help="Write the counts as JSON.")] = False,
    codebook: CodebookPath = None,
) -> None:
    """Count annotations by file, annotator, theme and sentiment; list sentences labelled in two ways."""
    from findings.annotations.stats import annotation_stats
    from findings.cli.annotation_tables import stats_tables

    book = find_codebook(codebook, data)
    counts = annotation_stats(data, book)
    if as_json:
        typer.echo(json.dumps(counts.to_dict(), indent=1, ensure_ascii=False))
        return
    console.show(stats_tables(counts, book))


CONFLICTS = """\b
Examples:
  findings annotations conflicts our-annotations/
  findings annotations conflicts our-annotations/ -o settle.xlsx
  findings annotations add settle.xlsx --to our-annotations/ --annotator consensus
"""


@app.command("conflicts", epilog=CONFLICTS)
def conflicts(data: Annotations, output: Output = None, codebook: CodebookPath = None) -> None:
    """List the sentences about which annotators differ.

    Label them in the sheet written with -o, and add it with `--annotator consensus`.
    """
    from findings.annotations import load_opinions, resolve
    from findings.annotations.review import conflict_rows, write_rows
    from findings.cli.annotation_tables import conflict_tables

    book = find_codebook(codebook, data)
    found = resolve(load_opinions(data, book)).conflicts
    console.show(conflict_tables(found))
    if output is not None:
        write_rows(output, conflict_rows(found), book)
        console.tell(f"{output}: {len(found)} sentences to settle.")


app.command("agreement", epilog=agreement.EXAMPLES)(agreement.agreement)
app.command("export", epilog=exchange.EXPORT)(exchange.export)
app.command("import", epilog=exchange.IMPORT)(exchange.import_)
app.command("suspects", epilog=suspects.EXAMPLES)(suspects.suspects)
