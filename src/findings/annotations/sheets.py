"""Labelled sheets that come back (.xlsx, .csv, .jsonl) → annotations, every fault named with its cell.

What is read as people leave it: columns in any order or deleted, rows added, filtered or hidden, sheets copied, titles
above the headers, merged cells, "Yes/y/TRUE/1/x", trailing spaces, CSV with a byte order mark or semicolons. A row
counts as reviewed where `reviewed` says so, where its labels differ from `model`, or where it has no `model`; all other
rows are left alone, because nobody has looked at them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from findings.annotations.answers import Answers, yes_or_no
from findings.annotations.columns import THEME, Headers, theme_column
from findings.annotations.grids import Grid, read_grids
from findings.annotations.labels import Labels, parse_labels
from findings.annotations.opinions import same_labels
from findings.annotations.rows import DOUBT
from findings.annotations.store import parse_lines
from findings.annotations.validation import Fault, Validator
from findings.cells import shown
from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.report import Annotation

_HEADER_ROWS = 30  # how far down a sheet the headers may stand
_CONTEXT = ("report", "group", "section", "lead_in", "previous")
_LABELS = ("finding", "sentiment")


@dataclass(slots=True)
class Returned:
    """What sheets brought back: the reviewed rows that are sound, each with its place, and every fault of the others.

    `untouched` counts the rows that nobody reviewed; `warnings` say what was made of deleted columns.
    """

    annotations: list[Annotation] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    untouched: int = 0


def read_sheet(
    path: str | Path, codebook: Codebook, *, known: Mapping[str, Annotation] | None = None, annotator: str | None = None
) -> Returned:
    """Read a labelled .xlsx, .csv or .jsonl file.

    `known` are the annotations already in the store by id: their text and context stand, and the sheet's words must be
    theirs. `annotator` is who labelled the rows that do not say it themselves.
    Raises `AnnotationError` where the file as a whole cannot be read; the faults of rows are in the result.
    """
    path = Path(path)
    reader = _Reader(codebook, known or {}, annotator)
    if path.suffix.lower() == ".jsonl":
        reader.lines(path)
    else:
        headers = Headers(codebook)
        grids = read_grids(path, lambda row: sum(headers.column(cell) is not None for cell in row))
        tables = [table for grid in grids if (table := _table(grid, headers, reader.returned))]
        if not tables and not reader.returned.faults:
            raise AnnotationError(f'{path}: no sheet has the headers "text" (or "id") and "finding"; put them back.')
        for table in tables:
            reader.table(table)
    return reader.returned


def read_records(
    records: Iterable[tuple[object, Any]],
    codebook: Codebook,
    *,
    known: Mapping[str, Annotation] | None = None,
    annotator: str | None = None,
) -> Returned:
    """Read records of a review in JSON Lines, each given with its place; as `read_sheet` reads a file of them.

    Records whose `finding` is None have no answer and count as untouched.
    """
    reader = _Reader(codebook, known or {}, annotator)
    reader.records(records)
    return reader.returned


def row_id(report: str, section: str, lead_in: str, text: str) -> str:
    """The id of a sentence that has none yet: the same sentence under the same heading of a report gets the same."""
    words = "\n".join(normal(part) for part in (section, lead_in, text))
    return f"{report or 'added'}/{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def normal(text: str) -> str:
    """The text's words, without what spreadsheet programs change by themselves: quotation marks, dashes and spaces."""
    plain = unicodedata.normalize("NFKC", shown(text)).casefold()
    return re.sub(r"[\W_]+", " ", plain).strip()


@dataclass(frozen=True, slots=True)
class _Table:
    """A grid with its headers found: which column of the grid is which of ours."""

    grid: Grid
    header_row: int
    at: Mapping[str, int]


def _table(grid: Grid, headers: Headers, returned: Returned) -> _Table | None:
    """The table of a grid, None where it has none; a header twice, or nearly right, is a fault."""
    for number, row in enumerate(grid.rows[:_HEADER_ROWS]):
        found = [headers.column(cell) if cell else None for cell in row]
        if not {"text", "id"} & set(found) or not any(
            name in _LABELS or name.startswith(THEME) for name in found if name
        ):
            continue
        at: dict[str, int] = {}
        for column, name in enumerate(found):
            if name in at:
                fault = f'the column "{name}" is there twice, at {grid.place(number, at[name])} too; delete one'
                returned.faults.append(f"{grid.place(number, column)}: {fault}")
            elif name:
                at[name] = column
        for column, (cell, name) in enumerate(zip(row, found, strict=True)):
            if cell and not name and (meant := headers.meant(cell)) and meant not in at:
                returned.faults.append(
                    f'{grid.place(number, column)}: unknown column "{cell}"; did you mean "{meant}"?'
                )
        return _Table(grid, number, at)
    return None


def _other_text(known: Annotation, text: str) -> list[Fault]:
    if normal(text) == normal(known.text):
        return []
    return [Fault("text", f'the text is not that of "{known.id}"; leave it, or empty the id to add a sentence')]


def _chosen_by_doubt(cells: Mapping[str, str]) -> bool:
    """Whether a row is here because the model doubted; where its `why` is gone, every row that a model filled in."""
    return cells["why"].casefold() == DOUBT if "why" in cells else bool(cells.get("model"))


class _Reader:
    """Rows and lines → annotations, one file at a time."""

    def __init__(self, codebook: Codebook, known: Mapping[str, Annotation], annotator: str | None) -> None:
        self.returned = Returned()
        self._codebook = codebook
        self._known = known
        self._annotator = annotator
        self._answers = Answers(codebook)
        self._validator = Validator(codebook)
        self._seen: dict[tuple[str, str | None], int] = {}

    def table(self, table: _Table) -> None:
        self._warn_of_missing(table)
        for number, row in enumerate(table.grid.rows[table.header_row + 1 :], table.header_row + 1):
            cells = {name: row[column] if column < len(row) else "" for name, column in table.at.items()}
            if any(cell for name, cell in cells.items() if name in ("id", "text", *_LABELS) or name.startswith(THEME)):
                self._row(table, number, cells)

    def lines(self, path: Path) -> None:
        """The lines of a .jsonl review file, or of any file of annotations."""
        self.records(parse_lines(path, self.returned.faults))

    def records(self, records: Iterable[tuple[object, Any]]) -> None:
        """Records, each with its place."""
        for place, record in records:
            if type(record) is dict and record.get("finding", True) is None and not record.get("reviewed"):
                self.returned.untouched += 1
                continue
            faults = self._validator.faults(record)
            known = self._known.get(record["id"]) if not faults else None
            if known:
                faults = _other_text(known, record["text"])
                record |= {"text": known.text, "chosen": known.chosen}
            if faults:
                self.returned.faults.extend(f"{place}: {fault.what}" for fault in faults)
                continue
            labels = Labels(record["finding"], record.get("sentiment"), record.get("themes") or {})
            if self._reviewed(labels, record.get("reviewed") is True, str(record.get("model") or "")):
                self._keep(self._with_annotator(record), str(place), str(place))

    def _row(self, table: _Table, number: int, cells: dict[str, str]) -> None:
        known = self._known.get(cells.get("id", ""))
        model = parse_labels(cells.get("model", ""))
        fallback = Labels.of(known) if known else model
        label_cells = [cell for name, cell in cells.items() if name in _LABELS or name.startswith(THEME)]
        marked = yes_or_no(cells.get("reviewed", "")) is True
        if not any(label_cells) and not model and not marked:
            self.returned.untouched += 1
            return
        record, faults = self._record(cells, known, fallback)
        labels = Labels(record.get("finding") is True, record["sentiment"], record["themes"])
        if not faults and not self._reviewed(labels, marked, cells.get("model", "")):
            return
        faults += [fault for fault in self._validator.faults(record) if fault.field not in {f.field for f in faults}]
        place = table.grid.place(number, table.at.get("text", table.at.get("id", 0)))
        for fault in faults:
            column = self._column(fault, table, cells)
            self.returned.faults.append(f"{table.grid.place(number, column)}: {fault.what}")
        if not faults:
            self._keep(record, place, table.grid.place(number, table.at.get("id", 0)))

    def _record(
        self, cells: dict[str, str], known: Annotation | None, fallback: Labels | None
    ) -> tuple[dict[str, Any], list[Fault]]:
        """A row as a record, with the faults that only its cells show."""
        text = cells.get("text", "")
        faults = _other_text(known, text) if known and text else []
        record: dict[str, Any] = {"text": known.text if known else text}
        for name in _CONTEXT:
            record[name] = getattr(known, name) if known else cells.get(name, "")
        record["bullet"] = known.bullet if known else yes_or_no(cells.get("bullet", "")) is True
        record["chosen"] = known.chosen if known else _chosen_by_doubt(cells)
        record["id"] = cells.get("id") or row_id(record["report"], record["section"], record["lead_in"], text)
        sentiment = self._answers.sentiment(cells["sentiment"]) if "sentiment" in cells else None
        themes, unclear = self._answers.themes(self._theme_cells(cells), sentiment)
        faults += unclear
        finding = self._finding(cells, fallback, bool(sentiment or themes), faults)
        if finding and fallback:
            if "sentiment" not in cells:
                sentiment = fallback.sentiment
            themes |= {name: said for name, said in fallback.themes.items() if theme_column(name) not in cells}
        record |= {"finding": finding, "sentiment": sentiment, "themes": themes}
        if cells.get("annotator"):
            record["annotator"] = cells["annotator"]
        return self._with_annotator(record), faults

    def _theme_cells(self, cells: dict[str, str]) -> dict[str, str]:
        return {name: cells[theme_column(name)] for name in self._codebook.theme_names if theme_column(name) in cells}

    @staticmethod
    def _finding(cells: dict[str, str], fallback: Labels | None, labelled: bool, faults: list[Fault]) -> bool | None:
        """Whether the row says that it is a finding. An empty cell beside a sentiment or a theme says yes."""
        cell = cells.get("finding", "")
        answer = yes_or_no(cell)
        if answer is not None:
            return answer
        if cell:
            faults.append(Fault("finding", f'"{cell}" is neither yes nor no'))
        elif labelled:
            return True
        elif "finding" not in cells and fallback:
            return fallback.finding
        else:
            faults.append(Fault("finding", "finding is empty; write yes or no"))
        return None

    def _reviewed(self, labels: Labels, marked: bool, model: str) -> bool:
        """Whether a person has looked at the row, one without `model` included; counts it as untouched where not."""
        reviewed = marked or labels != parse_labels(model)
        self.returned.untouched += not reviewed
        return reviewed

    def _with_annotator(self, record: dict[str, Any]) -> dict[str, Any]:
        return record if record.get("annotator") or not self._annotator else record | {"annotator": self._annotator}

    def _keep(self, record: dict[str, Any], place: str, id_place: str) -> None:
        annotation = self._validator.annotation(record)
        key = (annotation.id, annotation.annotator)
        if key not in self._seen:
            self._seen[key] = len(self.returned.annotations)
            self.returned.annotations.append(annotation)
            self.returned.places.append(place)
        elif not same_labels(annotation, self.returned.annotations[self._seen[key]]):
            other = self.returned.places[self._seen[key]]
            fault = f'"{annotation.id}" has other labels at {other}; keep one of the two rows'
            self.returned.faults.append(f"{id_place}: {fault}")

    def _warn_of_missing(self, table: _Table) -> None:
        wanted = ["finding", *(["sentiment"] if self._codebook.sentiments else [])]
        wanted += map(theme_column, self._codebook.theme_names)
        missing = [name for name in wanted if name not in table.at]
        if missing:
            place = table.grid.place(table.header_row, 0)
            kept = "those labels stay as they were, and new rows have none"
            self.returned.warnings.append(f"{place}: no column for {', '.join(missing)}; {kept}")

    @staticmethod
    def _column(fault: Fault, table: _Table, cells: dict[str, str]) -> int:
        """The grid's column for a fault: its own, else the first filled theme's, else the text's."""
        field = fault.field.replace("themes.", THEME)
        if field == "themes":
            field = next((name for name, cell in cells.items() if name.startswith(THEME) and cell), field)
        return table.at.get(field, table.at.get("text", table.at.get("id", 0)))
