"""The store: *.jsonl files of annotations, one JSON object a line, read with every fault named and written atomically.

A folder is its `*.jsonl` files in order of name, hidden ones excepted. What people add to a folder goes into its
`reviewed.jsonl`, which is read last and whose records take the place of those of the same id and annotator in the
folder's other files: so one file is replaced at a time, and what was there before is still there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from findings.annotations.opinions import resolve
from findings.annotations.validation import Validator, record_of
from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.files import write_atomically
from findings.report import Annotation

REVIEWED = "reviewed.jsonl"
Paths = str | Path | Iterable[str | Path]


def load_annotations(paths: Paths, codebook: Codebook) -> list[Annotation]:
    """The annotations of `*.jsonl` files or folders of them, one a sentence, in reading order.

    Where annotators differ about a sentence it is left out (`findings.annotations.resolve` lists the conflicts).
    Raises `AnnotationError` with every fault of every file as `FILE:LINE: what is wrong`.
    """
    return resolve(load_opinions(paths, codebook)).annotations


def load_opinions(paths: Paths, codebook: Codebook) -> list[Annotation]:
    """Every record of `*.jsonl` files or folders of them: as many for a sentence as it had annotators.

    Raises `AnnotationError` as `load_annotations` does.
    """
    reading = _Reading(Validator(codebook))
    for file in annotation_files(paths, reading.faults):
        reading.read(file)
    if reading.faults:
        raise AnnotationError(_summary(reading.faults), tuple(reading.faults))
    return list(reading.records.values())


def save_annotations(path: str | Path, annotations: Iterable[Annotation]) -> None:
    """Write annotations to a `*.jsonl` file, whole or not at all: an object a line, keys in the contract's order."""
    write_atomically(Path(path), "".join(line_of(annotation) for annotation in annotations))


def line_of(annotation: Annotation) -> str:
    """An annotation as one line of a `*.jsonl` file, line end included."""
    return json_line(record_of(annotation))


def json_line(record: Mapping[str, Any]) -> str:
    """A record as one line of JSON Lines, line end included."""
    return json.dumps(record, ensure_ascii=False) + "\n"


def annotation_files(paths: Paths, faults: list[str]) -> Iterator[Path]:
    """The files that `paths` name, each once; what is not there is added to `faults`."""
    seen: set[Path] = set()
    for path in [Path(paths)] if isinstance(paths, str | Path) else map(Path, paths):
        files = [path]
        if path.is_dir():
            files = [file for file in path.glob("*.jsonl") if not file.name.startswith(".")]
            files.sort(key=lambda file: (file.name == REVIEWED, file.name))
            if not files:
                faults.append(f"{path}: the folder holds no *.jsonl file of annotations")
        for file in files:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


class Place(NamedTuple):
    """A line of a file, from 1: `annotations.jsonl:12`."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    def amends(self, other: Place) -> bool:
        """Whether this is in the file whose records take the place of those of its folder's other files."""
        return self.file.name == REVIEWED != other.file.name and self.file.parent == other.file.parent


def parse_lines(file: Path, faults: list[str]) -> Iterator[tuple[Place, Any]]:
    """The JSON values of a file's lines, each with its place; what cannot be read is added to `faults`."""
    try:
        content = file.read_bytes()
    except OSError as error:
        faults.append(f"{file}: the file cannot be read ({error.strerror or error})")
        return
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line or line.isspace():
            continue
        place = Place(file, number)
        try:
            record = json.loads(line.decode("utf-8"))
            if b"\\u" in line:
                json.dumps(record, ensure_ascii=False).encode("utf-8")
        except UnicodeDecodeError:
            faults.append(f"{place}: not UTF-8 text; save the file as UTF-8")
        except UnicodeEncodeError:
            faults.append(f"{place}: half of a character (a lone surrogate such as \\ud83d)")
        except json.JSONDecodeError as error:
            faults.append(f"{place}: not valid JSON ({error.msg}, column {error.colno})")
        except (ValueError, RecursionError):
            faults.append(f"{place}: not valid JSON (a number too long, or nested too deeply)")
        else:
            yield place, record


@dataclass(slots=True)
class _Reading:
    """What has been read so far: the records by id and annotator, where each stands, and the faults."""

    validator: Validator
    records: dict[tuple[str, str | None], Annotation] = field(default_factory=dict)
    places: dict[tuple[str, str | None], Place] = field(default_factory=dict)
    texts: dict[str, tuple[str, Place]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def read(self, file: Path) -> None:
        for place, record in parse_lines(file, self.faults):
            faults = self.validator.faults(record)
            if faults:
                self.faults.extend(f"{place}: {fault.what}" for fault in faults)
                self._place_faulty(record, place)
            else:
                self._keep(self.validator.annotation(record), place)

    def _place_faulty(self, record: Any, place: Place) -> None:
        """Remember where a record that is not kept stands, so that another of its id is still told."""
        identity, annotator = (record.get("id"), record.get("annotator")) if isinstance(record, dict) else (None, None)
        if isinstance(identity, str) and (annotator is None or isinstance(annotator, str)):
            self._stands_already(identity, annotator or None, place)
            self.places.setdefault((identity, annotator or None), place)

    def _stands_already(self, identity: str, annotator: str | None, place: Place) -> bool:
        first = self.places.get((identity, annotator))
        if first is None or place.amends(first):
            return False
        who = f' by "{annotator}"' if annotator else ""
        self.faults.append(f'{place}: id "{identity}"{who} stands at {first} already')
        return True

    def _keep(self, annotation: Annotation, place: Place) -> None:
        key = (annotation.id, annotation.annotator)
        text, first = self.texts.setdefault(annotation.id, (annotation.text, place))
        if self._stands_already(*key, place):
            return
        if text != annotation.text:
            self.faults.append(f'{place}: id "{annotation.id}" has another text at {first}; one id names one sentence')
        else:
            self.records[key] = annotation
            self.places[key] = place


def _summary(faults: list[str]) -> str:
    if len(faults) == 1:
        return f"The annotations have a fault: {faults[0]}."
    return f"The annotations have {len(faults)} faults, the first of them at {faults[0]}."
