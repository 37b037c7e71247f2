"""`findings evaluate`: how well a model agrees with annotations."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from findings.cli import console
from findings.cli.options import ModelPath, load_tagger

if TYPE_CHECKING:
    from findings.codebook import Codebook
    from findings.report import Annotation
    from findings.tagging import Tagger
    from findings.tagging.evaluation_report import EvaluationReport

EXAMPLES = """\b
Examples:
  findings evaluate our-annotations.jsonl
  findings evaluate our-annotations/ --model my-model.joblib -o evaluation.html
  findings evaluate our-annotations/ --learning-curve
  findings evaluate our-annotations.jsonl --format json > metrics.json
"""


class EvaluationFormat(StrEnum):
    """How to write an evaluation."""

    text = "text"
    json = "json"
    html = "html"


def evaluate(
    data: Annotated[
        list[Path], typer.Argument(metavar="DATA", help="Files or folders of annotations that the model has not seen.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to FILE; its ending decides how: .html or .json."),
    ] = None,
    format_name: Annotated[
        EvaluationFormat | None, typer.Option("--format", help="How to write [default: by FILE's ending, else text].")
    ] = None,
    curve: Annotated[
        bool,
        typer.Option(
            "--learning-curve",
            help="Train on growing shares of DATA's reports and judge the rest: would more annotations help? "
            "Takes a few trainings' time.",
        ),
    ] = False,
    errors: Annotated[int, typer.Option("--errors", min=0, help="How many of the worst errors to show.")] = 10,
    model: ModelPath = None,
) -> None:
    """Measure a model against annotations.

    Precision, recall and F1 of every theme, of finding and of every sentiment, with 95% intervals by report; which
    sentiments it takes for which; whether its probabilities are true; and its worst errors. Use annotations that the
    model was not trained on.
    """
    format_name = _format(format_name, output)
    from findings.annotations import load_annotations
    from findings.tagging.evaluation_report import examine

    tagger = load_tagger(model)
    annotations = load_annotations(data, tagger.codebook_)
    _warn_of_seen(tagger, annotations)
    with console.progress("Evaluating", None) as bar:
        report = examine(tagger, annotations, errors=errors, with_curve=curve, progress=bar.step)
    if format_name == EvaluationFormat.text:
        _print(report, tagger.codebook_)
        return
    document = _document(report, format_name, tagger, data)
    if output is None:
        typer.echo(document, nl=False)
        return
    from findings.files import write_atomically

    write_atomically(output, document)
    console.tell(f"{output}: {report.metrics.annotations:,} annotated sentences evaluated.")


def _format(given: EvaluationFormat | None, output: Path | None) -> EvaluationFormat:
    if output is None:
        return given or EvaluationFormat.text
    ending = output.suffix.lower().lstrip(".")
    if output.is_dir() or given == EvaluationFormat.text or (given is None and ending not in ("html", "json")):
        raise typer.BadParameter(f"{output.name}: a file of an evaluation ends in .html or .json.")
    return given or EvaluationFormat(ending)


def _warn_of_seen(tagger: Tagger, annotations: list[Annotation]) -> None:
    from findings.tagging.promotion import seen_groups

    seen = seen_groups(tagger)
    count = sum(one.group in seen for one in annotations)
    if count:
        console.warn(
            f"The model was trained on the reports of {count:,} of these {len(annotations):,} sentences, so it does "
            "better here than it will on others; `findings model` shows its cross-validated scores."
        )


def _print(report: EvaluationReport, codebook: Codebook) -> None:
    from findings.cli.evaluation_tables import evaluation_tables

    for part in evaluation_tables(report, codebook):
        console.stdout().print(part)


def _document(report: EvaluationReport, format_name: EvaluationFormat, tagger: Tagger, data: list[Path]) -> str:
    if format_name == EvaluationFormat.json:
        import json

        return json.dumps(report.to_dict(), indent=1, ensure_ascii=False) + "\n"
    from findings.exports.evaluation_page import evaluation_page

    return evaluation_page(report, tagger.codebook_, [path.name for path in data])
