"""`findings tag`: reports → their findings, on the terminal, into a pipe or a file."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from findings.cli import console
from findings.cli.batch import Batch
from findings.cli.options import ModelPath, Ocr, Password, Reports, load_tagger

if TYPE_CHECKING:
    from findings.codebook import Codebook
    from findings.report import Finding, Report
    from findings.selection import Selection
    from findings.tagging import Tagger

EXAMPLES = """\b
Examples:
  findings tag examples/marlhaven-2023.pdf
  findings tag reports/ -o findings.csv
  findings tag reports.zip --theme workforce --sentiment weakness
  findings tag - --format jsonl --all-sentences < report.pdf > tagged.jsonl
"""


class FormatName(StrEnum):
    """How to write the findings."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


def tag(
    reports: Reports,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to FILE; its ending decides how: .jsonl or .csv."),
    ] = None,
    format_name: Annotated[
        FormatName | None,
        typer.Option("--format", help="How to write [default: a table on a terminal, jsonl into a pipe]."),
    ] = None,
    all_sentences: Annotated[
        bool, typer.Option("--all-sentences", help="Write the sentences that are no findings too.")
    ] = False,
    themes: Annotated[
        list[str] | None, typer.Option("--theme", metavar="NAME", help="Only findings about this theme (repeatable).")
    ] = None,
    sentiments: Annotated[
        list[str] | None,
        typer.Option("--sentiment", metavar="NAME", help="Only findings of this sentiment (repeatable)."),
    ] = None,
    min_score: Annotated[
        float, typer.Option("--min-score", min=0, max=1, help="Leave out findings and themes that score less.")
    ] = 0.0,
    model: ModelPath = None,
    password: Password = None,
    ocr: Ocr = False,
) -> None:
    """Tag the findings of reports.

    Each sentence that says how well something works is a finding: with its themes, whether it is a strength or a
    weakness, and where it stands.
    """
    format_name = _format(format_name, output)
    if all_sentences and (themes or sentiments or min_score):
        raise typer.BadParameter("--all-sentences does not go with --theme, --sentiment or --min-score.")
    tagger = load_tagger(model)
    selection = _selection(tagger.codebook_, themes, sentiments, min_score, all_sentences)
    batch = Batch(reports, password=password, ocr=ocr)
    if output is not None:
        _write(output, format_name, batch, tagger, selection)
    elif format_name == FormatName.table:
        _print_table(batch, tagger, selection)
    else:
        _stream(format_name, batch, tagger, selection)
    batch.close()


def _format(given: FormatName | None, output: Path | None) -> FormatName:
    if output is None:
        return given or (FormatName.table if console.is_terminal() else FormatName.jsonl)
    if output.is_dir():
        raise typer.BadParameter(f"{output} is a folder: name a file in it.")
    ending = output.suffix.lower().lstrip(".")
    given = given or (FormatName(ending) if ending in ("jsonl", "csv") else None)
    if given is None or given == FormatName.table:
        raise typer.BadParameter(f"{output.name}: a file of findings ends in .jsonl or .csv (or give --format).")
    return given


def _selection(
    codebook: Codebook, themes: list[str] | None, sentiments: list[str] | None, min_score: float, all_sentences: bool
) -> Selection:
    from findings.selection import Selection

    try:
        return Selection(codebook, frozenset(themes or ()), frozenset(sentiments or ()), min_score, all_sentences)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None


def _stream(format_name: FormatName, batch: Batch, tagger: Tagger, selection: Selection) -> None:
    """Write each report's findings to standard output as soon as they are known."""
    from findings.exports import FORMATS

    out = FORMATS[format_name]
    sys.stdout.write(out.head(tagger.codebook_))
    for findings in batch.each(tagger.tag, show_progress=not console.is_terminal()):
        sys.stdout.write(out.body(selection.select(findings), tagger.codebook_))
        sys.stdout.flush()


def _write(output: Path, format_name: FormatName, batch: Batch, tagger: Tagger, selection: Selection) -> None:
    """Write one file, whole, at the end; where the work is cut short, with what was done until then."""
    from findings.exports import FORMATS
    from findings.files import write_atomically

    kept: list[Finding] = []
    finished = False
    try:
        for findings in batch.each(tagger.tag):
            kept += selection.select(findings)
        finished = True
    finally:
        if finished or batch.done:
            write_atomically(output, FORMATS[format_name].document(kept, tagger.codebook_))
            what = "sentences" if selection.all_sentences else "findings"
            console.tell(f"{output}: {len(kept)} {what} of {batch.done} report{'s' * (batch.done != 1)}.")


def _print_table(batch: Batch, tagger: Tagger, selection: Selection) -> None:
    from findings.cli.tables import findings_table

    def work(report: Report) -> tuple[Report, list[Finding]]:
        return report, tagger.tag(report)

    for report, findings in list(batch.each(work)):
        console.stdout().print(findings_table(report.name, findings, selection))
