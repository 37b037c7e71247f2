"""Label Studio: tasks with predictions or annotations (JSON), the labelling interface (XML), and JSON exports back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from findings.annotations.exchange.units import Record, Unit, completed, object_in, record_of_unit
from findings.annotations.labels import Labels
from findings.codebook import Codebook
from findings.errors import AnnotationError

_TEXT, _FINDING, _SENTIMENT, _THEME = "text", "finding", "sentiment", "theme-"
_MODEL = "findings"


def export(units: Sequence[Unit], codebook: Codebook) -> bytes:
    """The tasks: the model's labels as predictions, people's as annotations."""
    return (json.dumps([_task(unit) for unit in units], indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def set_up(codebook: Codebook) -> dict[str, bytes]:
    """The labelling interface, to be pasted into the project's settings."""
    return {"-interface.xml": interface(codebook)}


def interface(codebook: Codebook) -> bytes:
    """The labelling interface of a codebook: the sentence in context, and its choices with their definitions."""
    view = etree.Element("View")
    for name in ("report", "section", "lead_in", "previous"):
        etree.SubElement(view, "Text", name=name, value=f"${name}")
    etree.SubElement(view, "Text", name=_TEXT, value=f"${_TEXT}", granularity="sentence")
    finding = _choices(view, _FINDING, "Finding?", {"yes": codebook.finding, "no": codebook.not_finding})
    finding.set("required", "true")
    if codebook.sentiments:
        said = {sentiment.name: sentiment.definition for sentiment in codebook.sentiments}
        _shown_for_findings(_choices(view, _SENTIMENT, "Sentiment", said))
    for theme in codebook.themes:
        values = dict.fromkeys(codebook.theme_sentiment_names or ("yes",), theme.definition)
        _shown_for_findings(_choices(view, _THEME + theme.name, theme.title, values))
    return etree.tostring(view, pretty_print=True, encoding="unicode").encode("utf-8")


def _choices(view: Any, name: str, title: str, values: dict[str, str]) -> Any:
    etree.SubElement(view, "Header", value=title, size="5")
    choices = etree.SubElement(view, "Choices", name=name, toName=_TEXT, choice="single-radio", showInline="true")
    choices.set("allowNested", "false")
    for value, hint in values.items():
        choice = etree.SubElement(choices, "Choice", value=value)
        if hint:
            choice.set("hint", hint)
    return choices


def _shown_for_findings(choices: Any) -> None:
    for key, value in (("visibleWhen", "choice-selected"), ("whenTagName", _FINDING), ("whenChoiceValue", "yes")):
        choices.set(key, value)


def _task(unit: Unit) -> Record:
    task: Record = {"data": {_TEXT: unit.annotation.text, **unit.context()}}
    result = [
        {"from_name": name, "to_name": _TEXT, "type": "choices", "value": {"choices": [value]}}
        for name, value in _chosen(unit.labels).items()
    ]
    if unit.predicted:
        task["predictions"] = [{"model_version": _MODEL, "result": result}]
    else:
        task["annotations"] = [{"result": result}]
    return task


def _chosen(labels: Labels) -> dict[str, str]:
    """The choice made for each name of the interface."""
    chosen = {_FINDING: "yes" if labels.finding else "no"}
    if labels.sentiment:
        chosen[_SENTIMENT] = labels.sentiment
    return chosen | {_THEME + theme: said or "yes" for theme, said in labels.themes.items()}


def read(path: Path, codebook: Codebook) -> tuple[Iterator[tuple[str, Record]], list[str]]:
    """The annotations of an export in the formats JSON or JSON-MIN, one record an annotator; skipped ones left out."""
    try:
        tasks = json.loads(path.read_bytes())
    except ValueError:
        tasks = None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise AnnotationError(f"{path}: not an export of Label Studio; export the project as JSON.")
    return _records(path, tasks, codebook), []


def _records(path: Path, tasks: list[Record], codebook: Codebook) -> Iterator[tuple[str, Record]]:
    for number, task in enumerate(tasks, 1):
        data = object_in(task, "data")
        context = task if data is None else data
        place, text = f"{path}: task {task.get('id', number)}", str(context.get(_TEXT) or "")
        if data is None:  # JSON-MIN: one object with the data and the choices
            chosen = {name: said for name, said in task.items() if isinstance(said, str)}
            annotations = [(chosen, task.get("annotator"))]
        else:
            made = (one for one in task.get("annotations") or [] if not one.get("was_cancelled"))
            annotations = [(_choices_made(one.get("result") or []), one.get("completed_by")) for one in made]
        if not annotations:
            yield place, record_of_unit(text, None, context, reviewed=False)
        for chosen, annotator in annotations:
            record = record_of_unit(text, _labels(chosen, codebook), context, reviewed=True)
            yield place, record | ({"annotator": name} if (name := _name(annotator)) else {})


def _choices_made(result: list[Record]) -> dict[str, str]:
    chosen = {}
    for item in result:
        values = item.get("value", {}).get("choices")
        if isinstance(values, list) and values:
            chosen[str(item.get("from_name"))] = str(values[0])
    return chosen


def _labels(chosen: dict[str, str], codebook: Codebook) -> Labels | None:
    if chosen.get(_FINDING) == "no":
        return Labels(False, None, {})
    themes = {name.removeprefix(_THEME): said for name, said in chosen.items() if name.startswith(_THEME)}
    if not themes and not {_FINDING, _SENTIMENT} & set(chosen):
        return None
    plain = not codebook.sentiments
    said = {theme: None if plain and value == "yes" else value for theme, value in themes.items()}
    return completed(Labels(True, chosen.get(_SENTIMENT), said), codebook)


def _name(annotator: Any) -> str:
    """An annotator as the export names them: an e-mail address, or a number."""
    if isinstance(annotator, dict):
        annotator = annotator.get("email") or annotator.get("id")
    return "" if annotator is None else f"user {annotator}" if isinstance(annotator, int) else str(annotator)
