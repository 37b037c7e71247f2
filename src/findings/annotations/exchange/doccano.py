"""doccano: a document classification project's JSON Lines, and its labels to set it up."""

from __future__ import annotations

import json
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

_COLOURS = (
    "#1f77b4",
    "#ff7f0e",
    "#2ca02c",
    "#d62728",
    "#9467bd",
    "#8c564b",
    "#e377c2",
    "#7f7f7f",
    "#bcbd22",
    "#17becf",
)


def export(units: Sequence[Unit], codebook: Codebook) -> bytes:
    """One document a line with its labels; the context becomes doccano's metadata."""
    lines = ({"text": unit.annotation.text, "label": tags_of(unit.labels), **unit.context()} for unit in units)
    return "".join(map(json_line, lines)).encode("utf-8")


def set_up(codebook: Codebook) -> dict[str, bytes]:
    """The labels, for the import on the project's Labels page."""
    labels = [
        {"text": tag, "background_color": _COLOURS[number % len(_COLOURS)], "text_color": "#ffffff"}
        for number, tag in enumerate(all_tags(codebook))
    ]
    return {"-labels.json": (json.dumps(labels, indent=1, ensure_ascii=False) + "\n").encode("utf-8")}


def read(path: Path, codebook: Codebook) -> tuple[Iterator[tuple[str, Record]], list[str]]:
    """The documents of an export in the format JSONL; what is labelled as the model did counts as not reviewed."""
    faults: list[str] = []
    lines = [(str(place), line) for place, line in parse_lines(path, faults)]
    if faults or not all(isinstance(line, dict) and _text(line) for _, line in lines):
        raise AnnotationError(f"{path}: not an export of doccano; export the dataset as JSONL.", tuple(faults))
    return _records(lines, codebook), []


def _records(lines: list[tuple[str, Record]], codebook: Codebook) -> Iterator[tuple[str, Record]]:
    for place, line in lines:
        tags = line.get("label", line.get("labels")) or []
        labels = labels_of_tags(map(str, tags) if isinstance(tags, list) else [str(tags)], codebook)
        meta = object_in(line, "meta") or line
        yield place, record_of_unit(_text(line), labels, meta, reviewed=False)


def _text(line: Record) -> str:
    return str(line.get("text") or line.get("data") or "")
