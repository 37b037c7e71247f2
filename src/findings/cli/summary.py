"""`findings summary`: reports → how many strengths and weaknesses each theme has, with quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from findings.cli import console
from findings.cli.batch import Batch
from findings.cli.options import ModelPath, Ocr, Password, Reports, load_tagger

if TYPE_CHECKING:
    from findings.report import Finding, Report

EXAMPLES = """\b
Examples:
  findings summary examples/marlhaven-2023.pdf
  findings summary reports/ --by authority
  findings summary reports/ --by year --quotes 3
"""


def summary(
    reports: Reports,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", help="Group by report, authority, year, section or kind (repeatable) [default: report]."),
    ] = None,
    quotes: Annotated[int, typer.Option("--quotes", min=0, help="Quotations for each theme and sentiment.")] = 1,
    model: ModelPath = None,
    password: Password = None,
    ocr: Ocr = False,
) -> None:
    """Count strengths and weaknesses by theme.

    Over all the reports and for each of them (or each authority, year, section or kind), with the most telling
    quotations and where they stand.
    """
    from findings.summary import GROUPINGS, summarise

    by = by or ["report"]
    for grouping in by:
        if grouping not in GROUPINGS:
            raise typer.BadParameter(f"{grouping} is no grouping: use {', '.join(GROUPINGS)}.")
    tagger = load_tagger(model)
    batch = Batch(reports, password=password, ocr=ocr)

    def work(report: Report) -> tuple[Report, list[Finding]]:
        return report, tagger.tag(report)

    tagged = list(batch.each(work))
    if tagged:
        from findings.cli.summary_tables import summary_tables

        findings = [finding for _, found in tagged for finding in found]
        result = summarise(findings, [report for report, _ in tagged], by=by, quotes=quotes, codebook=tagger.codebook_)
        for part in summary_tables(result):
            console.stdout().print(part)
    batch.close()
