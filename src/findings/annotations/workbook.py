"""A review sheet as an Excel workbook: drop-down lists, colour for doubt, frozen headers, the codebook beside it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from findings.annotations.columns import COLUMNS, THEME, column_names, theme_column
from findings.annotations.grids import NO_OPENPYXL
from findings.annotations.rows import ReviewRow, cells_of
from findings.cells import shown
from findings.codebook import Codebook
from findings.errors import AnnotationError

try:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
except ImportError:
    raise AnnotationError(f"A .xlsx review {NO_OPENPYXL}.") from None

REVIEW, CODEBOOK, COLUMN_GUIDE, LISTS = "Review", "Codebook", "Columns", "Lists"
_WIDTHS = {"section": 28, "lead_in": 28, "previous": 36, "text": 70, "next": 36, "comment": 30, "model": 30, "id": 30}
_LABEL_WIDTH, _OTHER_WIDTH = 13, 11
_LINE, _MOST_LINES = 15.0, 12  # points; a row's height is set because not every program fits it to wrapped text
_SPARE_ROWS = 200  # rows below the last that have the lists too, for sentences that people add
_HEADER_FILL = PatternFill("solid", fgColor="1F3864")
_LABEL_FILL = PatternFill("solid", fgColor="2E75B6")
_DOUBT_FILLS = ((0.9, PatternFill("solid", fgColor="F4B183")), (0.6, PatternFill("solid", fgColor="FFE699")))
_WRAP = Alignment(vertical="top", wrap_text=True)


def workbook(rows: Sequence[ReviewRow], codebook: Codebook) -> bytes:
    """The workbook's bytes: the sheets Review, Codebook and Columns, and a hidden one with the drop-down lists."""
    book = Workbook()
    sheet = book.active
    sheet.title = REVIEW
    _review(sheet, rows, codebook)
    _codebook(book.create_sheet(CODEBOOK), codebook)
    guide = [(name, what) for name, what in COLUMNS.items()]
    _table(book.create_sheet(COLUMN_GUIDE), ("column", "what it holds"), guide, (16, 110))
    _lists(book.create_sheet(LISTS), sheet, len(rows), codebook)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _review(sheet: Any, rows: Sequence[ReviewRow], codebook: Codebook) -> None:
    names = column_names(codebook)
    for column, name in enumerate(names, 1):
        _put(sheet, 1, column, name)
        label = name in ("finding", "sentiment", "reviewed") or name.startswith(THEME)
        _header(sheet.cell(1, column), _LABEL_FILL if label else _HEADER_FILL)
        width = _WIDTHS.get(name, _LABEL_WIDTH if label else _OTHER_WIDTH)
        sheet.column_dimensions[get_column_letter(column)].width = max(width, len(name) + 2)
    for number, row in enumerate(rows, 2):
        cells = cells_of(row, codebook)
        _fit(sheet, number, [(str(cells[name] or ""), width) for name, width in _WIDTHS.items()])
        for column, (name, value) in enumerate(cells.items(), 1):
            _put(sheet, number, column, value)
            fill = next((fill for least, fill in _DOUBT_FILLS if row.doubts.get(name, 0.0) >= least), None)
            if fill:
                sheet.cell(number, column).fill = fill
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(rows) + 1}"


def _fit(sheet: Any, row: int, cells: Sequence[tuple[str, int]]) -> None:
    """Make a row as high as its longest text, given as (text, width of its column in characters)."""
    lines = max(sum(1 + len(line) // width for line in text.split("\n")) for text, width in cells)
    sheet.row_dimensions[row].height = _LINE * min(_MOST_LINES, 1 + lines)


def _put(sheet: Any, row: int, column: int, value: str | int | float | None) -> None:
    """Write a value; text as text, which stays text when somebody edits the cell, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.alignment = _WRAP
    if isinstance(value, str):
        cell.value = shown(value)
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in tuple("=+-@'\t\r")
    else:
        cell.value = value


def _header(cell: Any, fill: Any) -> None:
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = fill


def _lists(lists: Any, sheet: Any, count: int, codebook: Codebook) -> None:
    """Drop-down lists for the label columns; they stand in a sheet because a list in a cell holds 255 characters."""
    lists.sheet_state = "hidden"
    answers = {
        "yes or no": ("yes", "no"),
        "sentiment": codebook.sentiment_names,
        "theme": codebook.theme_sentiment_names or ("yes",),
    }
    names = column_names(codebook)
    for column, (kind, values) in enumerate(answers.items(), 1):
        if not values:
            continue
        for number, value in enumerate((kind, *values), 1):
            _put(lists, number, column, value)
        letter = get_column_letter(column)
        validation = DataValidation(
            "list", formula1=f"{LISTS}!${letter}$2:${letter}${len(values) + 1}", allow_blank=True
        )
        validation.errorTitle, validation.error = "Not in the list", f"Choose one of: {', '.join(values)}"[:255]
        validation.showErrorMessage, validation.errorStyle = True, "warning"
        sheet.add_data_validation(validation)
        of_kind = {"yes or no": ("finding", "reviewed"), "sentiment": ("sentiment",)}
        for name in of_kind.get(kind) or map(theme_column, codebook.theme_names):
            at = get_column_letter(names.index(name) + 1)
            validation.add(f"{at}2:{at}{count + 1 + _SPARE_ROWS}")


def _codebook(sheet: Any, codebook: Codebook) -> None:
    unit = [("unit", "", codebook.unit, "", "")] if codebook.unit else []
    rows = [
        *unit,
        ("finding", "yes", codebook.finding, "", ""),
        ("finding", "no", codebook.not_finding, "", ""),
        *(("sentiment", item.name, item.definition, "", "") for item in codebook.sentiments),
        *(
            (
                "theme",
                theme.name,
                theme.definition,
                theme.not_included,
                "\n".join(f"{example.text} ({example.sentiment or 'yes'})" for example in theme.examples),
            )
            for theme in codebook.themes
        ),
        *(("ruling", "", ruling, "", "") for ruling in codebook.rulings),
    ]
    _table(sheet, ("what", "name", "definition", "not included", "examples"), rows, (12, 24, 80, 50, 80))


def _table(sheet: Any, header: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...]) -> None:
    for number, row in enumerate([header, *rows], 1):
        _fit(sheet, number, list(zip(row, widths, strict=True)))
        for column, value in enumerate(row, 1):
            _put(sheet, number, column, value or None)
    for column, width in enumerate(widths, 1):
        _header(sheet.cell(1, column), _HEADER_FILL)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
