"""Prodigy: tasks of its choice interface (`textcat.manual`) in JSON Lines, and the annotated examples back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from findings.annotations.exchange.units import (
    Record,
    Unit,
    all_tags,
    labels_of_tags,
    object_in,
    record_of_unit,
    tags_of,
)
from findings.annotations.store import json_line, parse_lines
from findings.codebook import Codebook
from findings.errors import AnnotationError


def export(units: Sequence[Unit], codebook: Codebook) -> bytes:
    """One task a line: the sentence, every tag as an option, and the labels as those accepted beforehand."""
    options = [{"id": tag, "text": title} for tag, title in all_tags(codebook).items()]
    lines = (
        {
            "text": unit.annotation.text,
            "options": options,
            "accept": tags_of(unit.labels),
            "config": {"choice_style": "multiple"},
            "meta": unit.context(),
            **({} if unit.predicted else {"answer": "accept"}),
        }
        for unit in units
    )
    return "".join(map(json_line, lines)).encode("utf-8")


def set_up(codebook: Codebook) -> dict[str, bytes]:
    """Nothing: the options stand in every task."""
    return {}


def read(path: Path, codebook: Codebook) -> tuple[Iterator[tuple[str, Record]], list[str]]:
    """The examples of `prodigy db-out`: accepted ones are reviewed, ignored and rejected ones are left alone."""
    faults: list[str] = []
    lines = [(str(place), line) for place, line in parse_lines(path, faults)]
    if faults or not all(isinstance(line, dict) and line.get("text") for _, line in lines):
        raise AnnotationError(f"{path}: not the output of prodigy db-out; export the dataset again.", tuple(faults))
    return _records(lines, codebook), []


def _records(lines: list[tuple[str, Record]], codebook: Codebook) -> Iterator[tuple[str, Record]]:
    for place, line in lines:
        accepted = line.get("answer") == "accept"
        labels = labels_of_tags(map(str, line.get("accept") or []), codebook) if accepted else None
        meta = object_in(line, "meta") or {}
        record = record_of_unit(str(line["text"]), labels, meta, reviewed=accepted)
        annotator = line.get("_annotator_id")
        yield place, record | ({"annotator": str(annotator)} if annotator else {})
