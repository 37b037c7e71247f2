"""Sheets and files of labels → the store: what will change, then the change, in one atomic replacement of one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from findings.annotations.opinions import Conflict, resolve, same_labels
from findings.annotations.sheets import Returned, read_sheet
from findings.annotations.store import REVIEWED, json_line, line_of, load_opinions, parse_lines
from findings.codebook import Codebook
from findings.files import alone_in, write_atomically
from findings.report import Annotation

Outcome = Literal["added", "updated", "settled", "recorded", "unchanged", "conflict"]
_Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Change:
    """What one incoming annotation does to its sentence's label (None: no label counts).

    added: the sentence is new. updated: it has another label now. settled: it was in conflict and has a label now.
    recorded: the label stays, and the annotator's opinion is kept beside it. unchanged: this opinion was in the store.
    conflict: annotators differ now, and no label counts until one is recorded as `consensus`.
    """

    id: str
    outcome: Outcome
    before: Annotation | None
    after: Annotation | None
    place: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge does, or would do: `file` is what it writes, None where nothing changes or it was a dry run.

    `faults` are those of the rows that were left out; `untouched` counts the rows that nobody had reviewed.
    `conflicts` are all that the store holds afterwards.
    """

    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    faults: tuple[str, ...]
    warnings: tuple[str, ...]
    untouched: int
    file: Path | None

    def count(self, outcome: Outcome) -> int:
        """How many sentences had this outcome."""
        return sum(change.outcome == outcome for change in self.changes)


def add_annotations(
    sources: Iterable[str | Path],
    to: str | Path,
    codebook: Codebook,
    *,
    annotator: str | None = None,
    dry_run: bool = False,
    read: Callable[..., Returned] = read_sheet,
) -> Merge:
    """Merge labelled sheets (.xlsx, .csv, .jsonl) into a store: a folder (its `reviewed.jsonl`) or a .jsonl file.

    The sound rows are merged and the faulty ones reported. One file is written, whole or not at all, and no other
    annotator's record is ever removed. `annotator` is who labelled the rows that do not say it themselves; `read` reads
    sources of other formats as `read_sheet` does sheets.
    Raises `AnnotationError` where a source cannot be read or the store itself has faults; nothing is then changed.
    """
    target = _target(Path(to))
    with nullcontext() if dry_run else alone_in(target.parent):
        stored = _stored(Path(to), codebook)
        known = {opinion.id: opinion for opinion in reversed(stored)}
        returned = [read(source, codebook, known=known, annotator=annotator) for source in sources]
        incoming, faults = _incoming(returned, stored)
        opinions = {(opinion.id, opinion.annotator): opinion for opinion in stored}
        for annotation, _ in incoming:
            opinions[annotation.id, annotation.annotator] = annotation
        changes = _changes(stored, list(opinions.values()), incoming)
        pairs = zip(changes, incoming, strict=True)
        new = [annotation for change, (annotation, _) in pairs if change.outcome != "unchanged"]
        if new and not dry_run:
            write_atomically(target, _content(target, new))
    return Merge(
        changes=changes,
        conflicts=tuple(resolve(opinions.values()).conflicts),
        faults=faults,
        warnings=tuple(warning for sheet in returned for warning in sheet.warnings),
        untouched=sum(sheet.untouched for sheet in returned),
        file=target if new and not dry_run else None,
    )


def _target(to: Path) -> Path:
    return to if to.suffix == ".jsonl" and not to.is_dir() else to / REVIEWED


def _stored(to: Path, codebook: Codebook) -> list[Annotation]:
    if to.is_dir() and not any(to.glob("[!.]*.jsonl")):
        return []
    return load_opinions([to], codebook) if to.exists() else []


def _incoming(
    returned: Sequence[Returned], stored: Sequence[Annotation]
) -> tuple[list[tuple[Annotation, str]], tuple[str, ...]]:
    """The annotations to merge with their places, and the faults of all the others."""
    faults = [fault for sheet in returned for fault in sheet.faults]
    named = {opinion.id: opinion for opinion in stored if opinion.annotator}
    kept: dict[_Key, tuple[Annotation, str]] = {}
    for sheet in returned:
        for annotation, place in zip(sheet.annotations, sheet.places, strict=True):
            other, at = kept.setdefault((annotation.id, annotation.annotator), (annotation, place))
            who = named.get(annotation.id)
            if not same_labels(other, annotation):
                faults.append(f'{place}: "{annotation.id}" has other labels at {at}; keep one of the two rows')
            elif who and not annotation.annotator and not same_labels(who, annotation):
                fault = (
                    f'"{annotation.id}" was labelled by "{who.annotator}"; say who labels it otherwise (--annotator)'
                )
                faults.append(f"{place}: {fault}")
                del kept[annotation.id, None]
    return list(kept.values()), tuple(faults)


def _changes(
    before: Sequence[Annotation], after: Sequence[Annotation], incoming: Sequence[tuple[Annotation, str]]
) -> tuple[Change, ...]:
    ids = {annotation.id for annotation, _ in incoming}
    old = resolve(opinion for opinion in before if opinion.id in ids)
    new = resolve(opinion for opinion in after if opinion.id in ids)
    old_labels = {annotation.id: annotation for annotation in old.annotations}
    new_labels = {annotation.id: annotation for annotation in new.annotations}
    in_conflict = {conflict.id for conflict in old.conflicts}
    stored = {(opinion.id, opinion.annotator): opinion for opinion in before}
    changes = []
    for annotation, place in incoming:
        was, now = old_labels.get(annotation.id), new_labels.get(annotation.id)
        own = stored.get((annotation.id, annotation.annotator))
        outcome: Outcome
        if own and same_labels(own, annotation):
            outcome = "unchanged"
        elif now is None:
            outcome = "conflict"
        elif was is None:
            outcome = "settled" if annotation.id in in_conflict else "added"
        else:
            outcome = "recorded" if same_labels(was, now) else "updated"
        changes.append(Change(annotation.id, outcome, was, now, place))
    return tuple(changes)


def _content(target: Path, new: Sequence[Annotation]) -> str:
    """The file's records as they are, those of the same id and annotator replaced, the others appended."""
    lines: dict[_Key, str] = {}
    if target.exists():
        for _, record in parse_lines(target, []):
            lines[record["id"], record.get("annotator") or None] = json_line(record)
    for annotation in new:
        lines[annotation.id, annotation.annotator] = line_of(annotation)
    return "".join(lines.values())
