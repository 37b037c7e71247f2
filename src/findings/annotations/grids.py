"""A workbook or a CSV file as people leave it → grids of trimmed text, each cell with the place people know it by."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from findings.cells import from_csv_cell
from findings.errors import AnnotationError, ReadError
from findings.reading.archive import check_document

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",;\t|"
_MAX_CSV_CELL = 10_000_000  # characters; a stray quotation mark can swallow the rest of a file
NO_OPENPYXL = "needs openpyxl: install it with pip install 'findings[xlsx]', or use a .csv file"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: `rows[0][0]` is cell A1, an empty cell is "", rows differ in length. `name` is "" for a CSV file."""

    file: Path
    name: str
    rows: list[list[str]]

    def place(self, row: int, column: int) -> str:
        """A cell as people name it, `review.xlsx:Review!F12`; row and column count from 0."""
        letters, number = "", column + 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{self.file}:{self.name}{'!' if self.name else ''}{letters}{row + 1}"


def read_grids(path: Path, count_headers: Callable[[list[str]], int]) -> list[Grid]:
    """The sheets of an .xlsx workbook or the one of a CSV file (commas, semicolons, tabs; UTF-8, UTF-16, cp1252).

    Content decides which it is. `count_headers` counts the known headers among a row's cells: it picks the delimiter.
    Raises `AnnotationError` where the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AnnotationError(f"{path}: the file cannot be read ({error.strerror or error}).") from None
    if data.startswith(_ZIP):
        return _workbook(path, data)
    if data.startswith(_OLE):
        raise AnnotationError(f"{path}: an old or locked workbook; save it as .xlsx without a password.")
    return [Grid(path, "", _csv_rows(path, _decode(path, data), count_headers))]


def _workbook(path: Path, data: bytes) -> list[Grid]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise AnnotationError(f"{path}: reading a workbook {NO_OPENPYXL}.") from None
    try:
        check_document(data, str(path))
        workbook = load_workbook(io.BytesIO(data), data_only=True)
    except ReadError as error:
        raise AnnotationError(f"{error}; only .xlsx workbooks and .csv files can be read.") from None
    except Exception:  # openpyxl raises whatever its parsing of a damaged or other document runs into
        raise AnnotationError(f"{path}: the workbook is damaged or not .xlsx; save it as .xlsx again.") from None
    return [Grid(path, sheet.title, _sheet_rows(sheet)) for sheet in workbook.worksheets]


def _sheet_rows(sheet: Any) -> list[list[str]]:
    """The cells of a worksheet, hidden rows among them; a merged cell's value stands in every cell that it covers."""
    rows = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    for area in sheet.merged_cells.ranges:
        value = _text(sheet.cell(area.min_row, area.min_col).value)
        for row in rows[area.min_row - 1 : area.max_row]:
            row[area.min_col - 1 : area.max_col] = [value] * len(row[area.min_col - 1 : area.max_col])
    return rows


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _decode(path: Path, data: bytes) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:  # the last is what Excel for Windows calls "CSV"
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise AnnotationError(f"{path}: neither an .xlsx workbook nor CSV text; save the sheet as one of these.")


def _csv_rows(path: Path, text: str, count_headers: Callable[[list[str]], int]) -> list[list[str]]:
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r"sep=(.)\s*", first, re.IGNORECASE)
    if declared:
        # The line stays as an empty row, so that rows keep the numbers by which spreadsheet programs show them.
        return [[], *_parse(path, rest, declared[1])]
    readings = [_parse(path, text, delimiter) for delimiter in _DELIMITERS if delimiter in text] or [
        _parse(path, text, ",")
    ]
    return max(readings, key=lambda rows: max(map(count_headers, rows[:20]), default=0))


def _parse(path: Path, text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(_MAX_CSV_CELL)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [[from_csv_cell(cell.strip(" ")).strip() for cell in row] for row in rows]
    except csv.Error as error:
        raise AnnotationError(f"{path}: not CSV text ({error}).") from None
