"""`findings compare`: is one model better than another?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from findings.cli import console
from findings.cli.options import load_tagger

if TYPE_CHECKING:
    from findings.report import Annotation
    from findings.tagging import Tagger

EXAMPLES = """\b
Examples:
  findings compare shipped my-model.joblib unseen-annotations.jsonl
  findings compare old.joblib new.joblib unseen/ --changes 100
  findings compare old.joblib new.joblib unseen/ --json > comparison.json
"""


def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A model's file or name (see `findings model list`).")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The model to compare with it.")],
    data: Annotated[list[Path], typer.Argument(metavar="DATA", help="Annotations that neither model was trained on.")],
    changes: Annotated[
        int, typer.Option("--changes", min=0, help="How many sentences with changed tags to show.")
    ] = 20,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write everything as JSON, all changed sentences included.")
    ] = False,
) -> None:
    """Compare two models on the same annotations.

    Both models' scores, the difference with its 95% interval (bootstrap by report), the sentences whose tags changed,
    and a verdict: better, no worse, or worse.
    """
    from findings.annotations import load_annotations
    from findings.cli.comparison_tables import comparison_tables
    from findings.tagging.comparison import compare as compare_models

    taggers = {"OLD": load_tagger(old), "NEW": load_tagger(new)}
    annotations = load_annotations(data, taggers["NEW"].codebook_)
    _warn_of_seen(taggers, annotations)
    compared = compare_models(taggers["OLD"], taggers["NEW"], annotations)
    if as_json:
        typer.echo(json.dumps(compared.to_dict(), indent=1, ensure_ascii=False))
        return
    console.show(comparison_tables(compared, changes=changes))


def _warn_of_seen(taggers: dict[str, Tagger], annotations: list[Annotation]) -> None:
    from findings.tagging.promotion import seen_groups

    for name, tagger in taggers.items():
        seen = seen_groups(tagger)
        count = sum(one.group in seen for one in annotations)
        if count:
            console.warn(
                f"{name} was trained on reports of {count:,} of these {len(annotations):,} sentences; that favours it."
            )
