"""`findings inspect`: how a report was read, so that an analyst can check it before trusting its tags."""

from __future__ import annotations

from typing import Annotated

import typer

from findings.cli import console
from findings.cli.batch import Batch
from findings.cli.options import Ocr, Password, Reports

EXAMPLES = """\b
Examples:
  findings inspect examples/marlhaven-2023.pdf
  findings inspect reports/ --furniture | less
"""


def inspect(
    reports: Reports,
    furniture: Annotated[
        bool, typer.Option("--furniture", help="List what was left out as furniture: headers, footers, contents.")
    ] = False,
    password: Password = None,
    ocr: Ocr = False,
) -> None:
    """Show how a report was read.

    Its outline (headings and what stands under each), what it says of itself (authority, dates, kind) and its
    judgements, as the report prints them.
    """
    from findings.cli.outline_tables import outline_tables

    batch = Batch(reports, password=password, ocr=ocr)
    for report in batch.each(lambda report: report, show_progress=False):
        for part in outline_tables(report, furniture=furniture):
            console.stdout().print(part)
    batch.close()
