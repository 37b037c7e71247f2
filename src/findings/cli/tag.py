"""`findings tag`: reports → their findings, on the terminal, into a pipe or a file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from findings.cli import console
from findings.cli.batch import Batch
from findings.cli.options import ModelPath, Ocr, Password, Preference, RecallOption, Reports, load_tagger

if TYPE_CHECKING:
    from findings.codebook import Codebook
    from findings.report import Finding, Report
    from findings.selection import Selection

    # Tags a report by the model and the preference that the user gave.
    Tagging = Callable[[Report], list[Finding]]

EXAMPLES = """\b
Examples:
  findings tag examples/marlhaven-2023.pdf
  findings tag reports/ -o findings.csv
  findings tag northby-2022.pdf -o northby-tagged.pdf
  findings tag reports.zip --theme workforce --sentiment weakness
  findings tag - --format jsonl --all-sentences < report.pdf > tagged.jsonl
"""
# Endings of files that show the whole text with its findings marked.
MARKED = (".html", ".pdf")


class FormatName(StrEnum):
    """How to write the findings."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


def tag(
    reports: Reports,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to FILE; its ending decides how: .csv, .jsonl, .html (the whole text, its findings marked) or "
            ".pdf (a copy of one PDF, likewise).",
        ),
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
    recall: RecallOption = Preference.balanced,
    model: ModelPath = None,
    password: Password = None,
    ocr: Ocr = False,
) -> None:
    """Tag the findings of reports.

    Each sentence that says how well something works is a finding: with its themes, whether it is a strength or a
    weakness, and where it stands.
    """
    marked = output is not None and format_name is None and output.suffix.lower() in MARKED
    format_name = FormatName.table if marked else _format(format_name, output)
    if all_sentences and (themes or sentiments or min_score):
        raise typer.BadParameter("--all-sentences does not go with --theme, --sentiment or --min-score.")
    tagger = load_tagger(model)
    selection = _selection(tagger.codebook_, themes, sentiments, min_score, all_sentences)
    tagging = partial(tagger.tag, recall=recall.value)
    batch = Batch(reports, password=password, ocr=ocr)
    if output is not None and marked:
        _write_marked(output, reports, batch, tagging, selection, password)
    elif output is not None:
        _write(output, format_name, batch, tagging, selection)
    elif format_name == FormatName.table:
        _print_table(batch, tagging, selection)
    else:
        _stream(format_name, batch, tagging, selection)
    batch.close()


def _format(given: FormatName | None, output: Path | None) -> FormatName:
    if output is None:
        return given or (FormatName.table if console.is_terminal() else FormatName.jsonl)
    if output.is_dir():
        raise typer.BadParameter(f"{output} is a folder: name a file in it.")
    ending = output.suffix.lower().lstrip(".")
    given = given or (FormatName(ending) if ending in ("jsonl", "csv") else None)
    if given is None or given == FormatName.table:
        raise typer.BadParameter(
            f"{output.name}: a file of findings ends in .csv, .jsonl, .html or .pdf (or give --format); "
            "`findings summary` makes an .xlsx workbook of them."
        )
    return given


def _selection(
    codebook: Codebook, themes: list[str] | None, sentiments: list[str] | None, min_score: float, all_sentences: bool
) -> Selection:
    from findings.selection import Selection

    try:
        return Selection(codebook, frozenset(themes or ()), frozenset(sentiments or ()), min_score, all_sentences)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None


def _stream(format_name: FormatName, batch: Batch, tagging: Tagging, selection: Selection) -> None:
    """Write each report's findings to standard output as soon as they are known."""
    from findings.exports import FORMATS

    out = FORMATS[format_name]
    sys.stdout.write(out.head(selection.codebook))
    for findings in batch.each(tagging, show_progress=not console.is_terminal()):
        sys.stdout.write(out.body(selection.select(findings), selection.codebook))
        sys.stdout.flush()


def _write(output: Path, format_name: FormatName, batch: Batch, tagging: Tagging, selection: Selection) -> None:
    """Write one file, whole, at the end; where the work is cut short, with what was done until then."""
    from findings.exports import FORMATS
    from findings.files import write_atomically

    kept: list[Finding] = []
    finished = False
    try:
        for findings in batch.each(tagging):
            kept += selection.select(findings)
        finished = True
    finally:
        if finished or batch.done:
            write_atomically(output, FORMATS[format_name].document(kept, selection.codebook))
            what = "sentences" if selection.all_sentences else "findings"
            console.tell(f"{output}: {len(kept)} {what} of {batch.done} report{'s' * (batch.done != 1)}.")


def _write_marked(
    output: Path, paths: list[str], batch: Batch, tagging: Tagging, selection: Selection, password: str | None
) -> None:
    """Write the reports' whole text with its findings marked: as a page, or as a copy of the one PDF given."""
    from findings.files import write_atomically

    tagged = [(report, selection.select(findings)) for report, findings in batch.each(_with(tagging))]
    if not tagged:
        return
    if output.suffix.lower() == ".html":
        from findings.exports.marked_page import marked_page

        write_atomically(output, marked_page(tagged, selection.codebook))
    else:
        from findings.exports.marked_pdf import marked_pdf

        if len(batch.sources) != 1 or not Path(paths[0]).is_file():
            raise typer.BadParameter(f"{output.name}: give one PDF to mark.")
        ((report, findings),) = tagged
        copy = marked_pdf(Path(paths[0]).read_bytes(), report.name, findings, selection.codebook, password)
        write_atomically(output, copy)
    found = sum(finding.finding for _, findings in tagged for finding in findings)
    console.tell(f"{output}: {found} findings of {batch.done} report{'s' * (batch.done != 1)}.")


def _with(tagging: Tagging) -> Callable[[Report], tuple[Report, list[Finding]]]:
    """Tags a report and hands it on with its findings."""
    return lambda report: (report, tagging(report))


def _print_table(batch: Batch, tagging: Tagging, selection: Selection) -> None:
    from findings.cli.tables import findings_table

    for report, findings in list(batch.each(_with(tagging))):
        console.stdout().print(findings_table(report.name, findings, selection))
