"""Exchange with the tools in which people annotate: sentences out with their labels, and labels back in.

Each format is a module with `export(units, codebook) -> bytes` and `read(path, codebook) -> (records, warnings)`, whose
records are those of a review in JSON Lines (see `findings.annotations.review`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from findings.annotations.exchange.units import load_units
from findings.annotations.merge import Merge, add_annotations
from findings.annotations.sheets import Returned, read_records
from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.files import write_atomically
from findings.report import Annotation

# The ending of the file that a format writes.
FORMATS = {"label-studio": ".json", "doccano": ".jsonl", "prodigy": ".jsonl", "refi-qda": ".qdpx"}


def export_annotations(
    data: Iterable[str | Path], path: str | Path, format_name: str, codebook: Codebook
) -> tuple[int, list[Path]]:
    """Write sentences for a tool; how many, and the files written: the sentences and what sets the tool up for them.

    `data` are files or folders of annotations, or reviews in JSON Lines, whose labels go out as the model's predictions
    where nobody has reviewed them. Raises `AnnotationError` where these have faults or a file cannot be written.
    """
    module, path = _module(format_name), Path(path)
    units = load_units(data, codebook)
    files: dict[Path, str | bytes] = {path: module.export(units, codebook)}
    for name, content in module.set_up(codebook).items():
        files[path.with_name(path.stem + name)] = content
    for file, content in files.items():
        try:
            write_atomically(file, content)
        except OSError as error:
            raise AnnotationError(f"{file}: the file cannot be written ({error.strerror or error}).") from None
    return len(units), list(files)


def import_annotations(
    sources: Iterable[str | Path],
    format_name: str,
    to: str | Path,
    codebook: Codebook,
    *,
    annotator: str | None = None,
    dry_run: bool = False,
) -> Merge:
    """Merge what a tool has exported into a store, as `add_annotations` does with sheets."""
    module = _module(format_name)

    def read(
        source: str | Path, codebook: Codebook, *, known: Mapping[str, Annotation], annotator: str | None
    ) -> Returned:
        try:
            records, warnings = module.read(Path(source), codebook)
        except OSError as error:
            raise AnnotationError(f"{source}: the file cannot be read ({error.strerror or error}).") from None
        returned = read_records(records, codebook, known=known, annotator=annotator)
        returned.warnings.extend(f"{source}: {warning}" for warning in warnings)
        return returned

    return add_annotations(sources, to, codebook, annotator=annotator, dry_run=dry_run, read=read)


def _module(format_name: str) -> Any:
    if format_name not in FORMATS:
        raise ValueError(f"unknown format {format_name}")
    return import_module(f"findings.annotations.exchange.{format_name.replace('-', '_')}")
