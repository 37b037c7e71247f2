"""`findings summary`: reports → how many strengths and weaknesses each theme has, with quotations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from findings.cli import console
from findings.cli.batch import Batch
from findings.cli.options import ModelPath, Ocr, Password, Preference, RecallOption, Reports, load_tagger

if TYPE_CHECKING:
    from findings.report import Finding, Report
    from findings.summary import Summary
    from findings.tagging import Tagger

EXAMPLES = """\b
Examples:
  findings summary examples/marlhaven-2023.pdf
  findings summary reports/ --by authority
  findings summary reports/ --by year --quotes 3
  findings summary reports/ -o summary.html
"""


def summary(
    reports: Reports,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to FILE; its ending decides how: .html, .xlsx, .docx, .md, .csv, .json, .jsonl or .parquet.",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", help="Group by report, authority, year, section or kind (repeatable) [default: report]."),
    ] = None,
    quotes: Annotated[
        int | None,
        typer.Option("--quotes", min=0, help="Quotations for each theme and sentiment [default: 1, in a file 3]."),
    ] = None,
    recall: RecallOption = Preference.balanced,
    model: ModelPath = None,
    password: Password = None,
    ocr: Ocr = False,
) -> None:
    """Count strengths and weaknesses by theme.

    Over all the reports and for each of them (or each authority, year, section or kind), with the most telling
    quotations and where they stand.
    """
    from findings.exports.summaries import ENDINGS
    from findings.summary import GROUPINGS, summarise

    by = by or ["report"]
    for grouping in by:
        if grouping not in GROUPINGS:
            raise typer.BadParameter(f"{grouping} is no grouping: use {', '.join(GROUPINGS)}.")
    if output is not None and (output.is_dir() or output.suffix.lower() not in ENDINGS):
        raise typer.BadParameter(f"{output.name}: a file of a summary ends in {', '.join(ENDINGS)}.")
    tagger = load_tagger(model)
    batch = Batch(reports, password=password, ocr=ocr, distinct=True)

    def work(report: Report) -> tuple[Report, list[Finding]]:
        return report, tagger.tag(report, recall.value)

    tagged = list(batch.each(work))
    if tagged:
        findings = [finding for _, found in tagged for finding in found]
        quotes = quotes if quotes is not None else 3 if output else 1
        result = summarise(findings, [report for report, _ in tagged], by=by, quotes=quotes, codebook=tagger.codebook_)
        _show(result, output, tagger, batch)
    batch.close()


def _show(result: Summary, output: Path | None, tagger: Tagger, batch: Batch) -> None:
    if output is None:
        from findings.cli.summary_tables import summary_tables

        for part in summary_tables(result):
            console.stdout().print(part)
        return
    from findings.exports.summaries import write_summary
    from findings.files import write_atomically

    write_atomically(output, write_summary(output.suffix.lower(), result, tagger.manifest_, batch.links(output)))
    console.tell(f"{output}: {result.whole.findings} findings of {batch.done} report{'s' * (batch.done != 1)}.")
