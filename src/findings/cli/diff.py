"""`findings diff`: two reports on one authority → what has become of each theme."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from findings.cli import console
from findings.cli.batch import Batch
from findings.cli.options import ModelPath, Ocr, Password, load_tagger

if TYPE_CHECKING:
    from findings.report import Finding, Report

EXAMPLES = """\b
Examples:
  findings diff northby-2019.pdf northby-2022.pdf
  findings diff northby-2019.pdf northby-2022.pdf --json > northby.json
"""


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The earlier report.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later report.")],
    quotes: Annotated[int, typer.Option("--quotes", min=0, help="Quotations under each heading.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Write all pairs and findings, as JSON.")] = False,
    model: ModelPath = None,
    password: Password = None,
    ocr: Ocr = False,
) -> None:
    """Set two reports side by side.

    By theme: what was a weakness and is now a strength, or the other way round, what persists, what is new and what
    is no longer said, with the sentences that are most alike.
    """
    from findings.cli.difference_tables import difference_tables
    from findings.differences import differences
    from findings.exports.inert import inert_json

    tagger = load_tagger(model)
    batch = Batch([old, new], password=password, ocr=ocr)

    def work(report: Report) -> tuple[Report, list[Finding]]:
        return report, tagger.tag(report)

    tagged = list(batch.each(work))
    if len(batch.sources) != 2:
        raise typer.BadParameter(f"OLD and NEW are a report each, and together these are {len(batch.sources)}.")
    batch.close()
    (before, was), (after, now) = tagged
    found = differences(was, now, tagger.codebook_)
    if as_json:
        values = {"old": before.name, "new": after.name, "themes": [theme.to_dict() for theme in found]}
        typer.echo(inert_json(json.dumps(values, ensure_ascii=False)))
        return
    for part in difference_tables(before.name, after.name, found, tagger.codebook_, quotes):
        console.stdout().print(part)
