"""`findings evaluate`: how well a model agrees with annotations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from findings.cli import console
from findings.cli.options import ModelPath, load_tagger

EXAMPLES = """\b
Examples:
  findings evaluate our-annotations.jsonl
  findings evaluate our-annotations/ --model my-model.joblib --json > metrics.json
"""


def evaluate(
    data: Annotated[
        list[Path], typer.Argument(metavar="DATA", help="Files or folders of annotations that the model has not seen.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Write the metrics as JSON.")] = False,
    model: ModelPath = None,
) -> None:
    """Measure a model against annotations.

    Precision, recall and F1 of every theme, of finding and of every sentiment, with 95% intervals by report. Use
    annotations that the model was not trained on.
    """
    from findings.annotations import load_annotations
    from findings.cli.metrics_tables import metrics_tables
    from findings.tagging.evaluation import evaluate as measure

    tagger = load_tagger(model)
    metrics = measure(tagger, load_annotations(data, tagger.codebook_))
    if as_json:
        typer.echo(json.dumps(metrics.to_dict(), indent=1))
        return
    for part in metrics_tables(metrics, tagger.codebook_):
        console.stdout().print(part)
