from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from samples import record

from findings.annotations.sheets import read_sheet
from findings.annotations.validation import Validator
from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.report import Annotation

HEADERS = ["id", "text", "finding", "sentiment", "theme:workforce", "theme:thresholds"]
SOUND = ["n/1", "Staff leave.", "yes", "weakness", "weakness", ""]


def workbook(path: Path, rows: Sequence[Sequence[Any]], sheet: str = "Review") -> Path:
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def text_file(path: Path, rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as out:
        csv.writer(out, delimiter=delimiter).writerows(rows)
    return path


def annotation(codebook: Codebook, **changes: Any) -> Annotation:
    return Validator(codebook).annotation(record("n/1", text="Staff leave.", **changes))


def read_row(tmp_path: Path, codebook: Codebook, *cells: Any) -> tuple[list[Annotation], list[str]]:
    path = workbook(tmp_path / "sheet.xlsx", [HEADERS, cells])
    returned = read_sheet(path, codebook)
    return returned.annotations, [fault.removeprefix(f"{path}:Review!") for fault in returned.faults]


@pytest.mark.parametrize("yes", ["yes", "Yes ", "y", "Y", "TRUE", True, 1, 1.0, "1", "x", " X", "✓", "true"])
def test_many_ways_to_say_yes(tmp_path: Path, codebook: Codebook, yes: Any) -> None:
    ((one,), faults) = read_row(tmp_path, codebook, "n/1", "Staff leave.", yes, "weakness", yes, "")
    assert (one.finding, one.themes, faults) == (True, {"workforce": "weakness"}, [])


@pytest.mark.parametrize("no", ["no", "N", "FALSE", False, 0, "0", " No "])
def test_many_ways_to_say_no(tmp_path: Path, codebook: Codebook, no: Any) -> None:
    ((one,), faults) = read_row(tmp_path, codebook, "n/1", "Pages 3 to 9.", no, "", no, "-")
    assert (one.finding, one.sentiment, one.themes, faults) == (False, None, {}, [])


@pytest.mark.parametrize("said", ["weakness", "Weakness", " WEAKNESS  ", "weak", "w", "W"])
def test_sentiments_may_be_shortened(tmp_path: Path, codebook: Codebook, said: str) -> None:
    ((one,), _) = read_row(tmp_path, codebook, "n/1", "Staff leave.", "", said, said, "n/a")
    assert (one.finding, one.sentiment, one.themes) == (True, "weakness", {"workforce": "weakness"})


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (["n/1", "Staff leave.", "perhaps", "weakness", "", ""], 'C2: "perhaps" is neither yes nor no'),
        (
            ["n/1", "Staff leave.", "yes", "weekness", "", ""],
            'D2: unknown sentiment "weekness"; did you mean "weakness"?',
        ),
        (["n/1", "Staff leave.", "yes", "", "", ""], "D2: a finding needs a sentiment (strength, weakness, mixed)"),
        (
            ["n/1", "Staff leave.", "no", "weakness", "", ""],
            "D2: a sentence that is not a finding has no sentiment (null)",
        ),
        (
            ["n/1", "Staff leave.", "no", "", "", "weakness"],
            "F2: a sentence that is not a finding has no themes, yet it",
        ),
        (["n/1", "Staff leave.", "yes", "weakness", "mixed", ""], 'E2: "mixed" is for whole sentences'),
        (["n/1", "Staff leave.", "yes", "weakness", "", "s?"], 'F2: unknown sentiment "s?" of thresholds'),
        (
            ["n/1", "Staff leave.", "yes", "mixed", "x", ""],
            'E2: "x" does not say whether workforce is strength or weak',
        ),
        (["n/1", "", "yes", "weakness", "", ""], "B2: text is empty"),
        (["n/1", "Staff leave.", "", "", "#REF!", ""], 'E2: unknown sentiment "#REF!" of workforce'),
    ],
)
def test_each_fault_is_named_with_its_cell(tmp_path: Path, codebook: Codebook, cells: list[str], fault: str) -> None:
    annotations, faults = read_row(tmp_path, codebook, *cells)
    assert annotations == []
    assert any(line.startswith(fault) for line in faults), faults


def test_the_sound_rows_come_back_beside_the_faulty_ones(tmp_path: Path, codebook: Codebook) -> None:
    rows = [["n/1", "A.", "yes", "oops", "", ""], SOUND, ["n/3", "C.", "", "", "", ""], ["n/4", "D.", "x", "s", "", ""]]
    returned = read_sheet(workbook(tmp_path / "s.xlsx", [HEADERS, rows[0], ["n/2", *SOUND[1:]], *rows[2:]]), codebook)
    assert [one.id for one in returned.annotations] == ["n/2", "n/4"]
    assert [place.rpartition(":")[2] for place in returned.places] == ["Review!B3", "Review!B5"]
    assert len(returned.faults) == 1
    assert returned.untouched == 1


def test_columns_may_be_reordered_renamed_to_titles_and_extended(tmp_path: Path, codebook: Codebook) -> None:
    rows = [
        ["Workforce", "My notes", "SENTIMENT ", "Theme: Timeliness of assessment", "Finding", "Text"],
        ["strength", "ask Jo", "mixed", "w", "Y", "Staff are kind, but plans drift."],
    ]
    (one,) = read_sheet(workbook(tmp_path / "s.xlsx", rows), codebook).annotations
    assert one.themes == {"workforce": "strength", "assessment_timeliness": "weakness"}
    assert one.sentiment == "mixed"
    assert one.id.startswith("added/")


def test_titles_above_the_headers_empty_rows_and_hidden_rows(tmp_path: Path, codebook: Codebook) -> None:
    path = tmp_path / "s.xlsx"
    book = Workbook()
    sheet = book.active
    for row in (["Northby, checked by Ann"], [], HEADERS, SOUND, [None, " ", None], ["n/2", *SOUND[1:]]):
        sheet.append(row)
    sheet.row_dimensions[4].hidden = True
    sheet.auto_filter.ref = "A3:F6"
    book.save(path)
    returned = read_sheet(path, codebook)
    assert [one.id for one in returned.annotations] == ["n/1", "n/2"]
    assert returned.faults == []


def test_a_merged_cell_counts_for_every_row_that_it_covers(tmp_path: Path, codebook: Codebook) -> None:
    path = tmp_path / "s.xlsx"
    book = Workbook()
    for row in (HEADERS, SOUND, ["n/2", "Staff go.", "yes", "", "", ""], ["n/3", "They go.", "yes", "", "", ""]):
        book.active.append(row)
    book.active.merge_cells("D2:E4")
    book.save(path)
    returned = read_sheet(path, codebook)
    assert [one.sentiment for one in returned.annotations] == ["weakness"] * 3
    assert [one.themes for one in returned.annotations] == [{"workforce": "weakness"}] * 3


def test_all_sheets_with_headers_are_read_and_the_others_left_alone(tmp_path: Path, codebook: Codebook) -> None:
    path = tmp_path / "s.xlsx"
    book = Workbook()
    book.active.append(["Codebook", "text of the codebook"])
    for name, row in (("Review", SOUND), ("Review (2)", ["n/2", *SOUND[1:]])):
        sheet = book.create_sheet(name)
        sheet.append(HEADERS)
        sheet.append(row)
    book.save(path)
    assert [one.id for one in read_sheet(path, codebook).annotations] == ["n/1", "n/2"]


def test_a_row_twice_is_one_row_and_a_contradiction_is_a_fault(tmp_path: Path, codebook: Codebook) -> None:
    rows = [HEADERS, SOUND, SOUND, ["n/1", "Staff leave.", "no", "", "", ""]]
    path = workbook(tmp_path / "s.xlsx", rows)
    returned = read_sheet(path, codebook)
    assert len(returned.annotations) == 1
    assert returned.faults == [
        f'{path}:Review!A4: "n/1" has other labels at {path}:Review!B2; keep one of the two rows'
    ]


def test_rows_without_an_id_get_the_same_one_each_time(tmp_path: Path, codebook: Codebook) -> None:
    rows = [["report", "text", "finding", "sentiment"], ["northby.pdf", "Staff leave.", "y", "w"]]
    first = read_sheet(workbook(tmp_path / "a.xlsx", rows), codebook).annotations
    again = read_sheet(text_file(tmp_path / "b.csv", rows), codebook).annotations
    assert first == again
    assert first[0].id.startswith("northby.pdf/")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_as_spreadsheet_programs_save_it(tmp_path: Path, codebook: Codebook, delimiter: str, encoding: str) -> None:
    rows = [
        HEADERS,
        ["n/1", "Children’s plans, in part; drift\nfor months.", "TRUE", "weakness", "x", ""],
    ]
    path = text_file(tmp_path / "s.csv", rows, delimiter, encoding)
    (one,) = read_sheet(path, codebook).annotations
    assert one.text == "Children’s plans, in part; drift\nfor months."
    assert one.themes == {"workforce": "weakness"}


def test_a_declared_separator_is_believed_and_cells_are_named_by_the_row_on_the_screen(
    tmp_path: Path, codebook: Codebook
) -> None:
    path = tmp_path / "s.csv"
    path.write_text('sep=|\nid|text|finding\nn/1|"Two\nlines."|no\nn/2|Second.|perhaps\n', "utf-8")
    returned = read_sheet(path, codebook)
    assert [one.text for one in returned.annotations] == ["Two\nlines."]
    assert returned.faults == [f'{path}:C4: "perhaps" is neither yes nor no']


def test_what_was_marked_as_text_in_csv_comes_back_without_its_mark(tmp_path: Path, codebook: Codebook) -> None:
    rows = [HEADERS, ["n/1", "'=1+1 is what they wrote", "no", "", "", ""], ["n/2", "'Seen' alone", "no", "", "", ""]]
    texts = [one.text for one in read_sheet(text_file(tmp_path / "s.csv", rows), codebook).annotations]
    assert texts == ["=1+1 is what they wrote", "'Seen' alone"]


def test_unchanged_rows_that_nobody_marked_are_left_alone(tmp_path: Path, codebook: Codebook) -> None:
    model = "weakness; workforce=weakness"
    rows = [
        [*HEADERS, "reviewed", "model"],
        [*SOUND, "", model],
        ["n/2", *SOUND[1:], "yes", model],
        ["n/3", "Staff stay.", "yes", "strength", "strength", "", "", model],
        ["n/4", "An added row.", "no", "", "", "", "", ""],
    ]
    returned = read_sheet(workbook(tmp_path / "s.xlsx", rows), codebook)
    assert [one.id for one in returned.annotations] == ["n/2", "n/3", "n/4"]
    assert returned.untouched == 1


def test_emptying_the_labels_of_a_row_is_not_an_answer(tmp_path: Path, codebook: Codebook) -> None:
    rows = [[*HEADERS, "model"], ["n/1", "Staff leave.", "", "", "", "", "weakness"]]
    path = workbook(tmp_path / "s.xlsx", rows)
    assert read_sheet(path, codebook).faults == [f"{path}:Review!C2: finding is empty; write yes or no"]


def test_a_deleted_theme_column_leaves_that_theme_as_it_was_and_warns(tmp_path: Path, codebook: Codebook) -> None:
    known = annotation(codebook, themes={"thresholds": "weakness", "workforce": "strength"})
    path = workbook(tmp_path / "s.xlsx", [["id", "text", "finding", "sentiment", "theme:workforce"], SOUND[:5]])
    returned = read_sheet(path, codebook, known={"n/1": known})
    assert [one.themes for one in returned.annotations] == [{"workforce": "weakness", "thresholds": "weakness"}]
    (warning,) = returned.warnings
    assert "no column for theme:thresholds, theme:management_oversight, theme:assessment_timeliness" in warning


def test_text_and_context_of_known_sentences_stand(tmp_path: Path, codebook: Codebook) -> None:
    known = {"n/1": annotation(codebook, group="twin", lead_in="They should:")}
    bare = workbook(tmp_path / "a.xlsx", [["id", "finding"], ["n/1", "no"]])
    (one,) = read_sheet(bare, codebook, known=known).annotations
    assert (one.text, one.group, one.lead_in, one.finding) == ("Staff leave.", "twin", "They should:", False)
    curly = [["id", "text", "finding"], ["n/1", "“Staff  leave”.", "no"], ["n/1", "Staff arrive.", "no"]]
    path = workbook(tmp_path / "b.xlsx", curly)
    returned = read_sheet(path, codebook, known=known)
    assert [one.text for one in returned.annotations] == ["Staff leave."]
    assert returned.faults == [
        f'{path}:Review!B3: the text is not that of "n/1"; leave it, or empty the id to add a sentence'
    ]


def test_a_misspelt_or_repeated_header_is_named(tmp_path: Path, codebook: Codebook) -> None:
    path = workbook(tmp_path / "s.xlsx", [["text", "finding", "sentimnt", "finding"], ["A.", "no", "", "no"]])
    assert read_sheet(path, codebook).faults == [
        f'{path}:Review!D1: the column "finding" is there twice, at {path}:Review!B1 too; delete one',
        f'{path}:Review!C1: unknown column "sentimnt"; did you mean "sentiment"?',
    ]


def test_the_annotator_of_a_row_comes_before_that_of_the_command(tmp_path: Path, codebook: Codebook) -> None:
    rows = [["text", "finding", "annotator"], ["A.", "no", "bo"], ["B.", "no", ""]]
    returned = read_sheet(workbook(tmp_path / "s.xlsx", rows), codebook, annotator="ann")
    assert [one.annotator for one in returned.annotations] == ["bo", "ann"]


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.xlsx", b"PK\x03\x04 cut short", "damaged"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old or locked workbook"),
        ("a.csv", b"a\0b,c\n", "neither an .xlsx workbook nor CSV"),
        ("a.csv", b"name,age\nJo,5\n", 'no sheet has the headers "text"'),
        ("a.csv", b"", 'no sheet has the headers "text"'),
    ],
)
def test_a_file_that_is_no_sheet_is_named_with_its_cause(
    tmp_path: Path, codebook: Codebook, name: str, content: bytes, cause: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AnnotationError) as caught:
        read_sheet(path, codebook)
    assert str(caught.value).startswith(f"{path}: ")
    assert cause in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path, codebook: Codebook) -> None:
    with pytest.raises(AnnotationError, match="cannot be read"):
        read_sheet(tmp_path / "none.xlsx", codebook)


CELL = st.sampled_from(["", "yes", "no", "x", "weakness", "s", "mixed", "oops", "'=1", "1", "a;b", 'say "x"', "\n"])
ROW = st.lists(CELL, max_size=len(HEADERS) + 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROW, max_size=6), st.sampled_from([",", ";", "\t"]))
def test_every_row_is_taken_over_faulty_or_untouched(
    tmp_path: Path, codebook: Codebook, rows: list[list[str]], delimiter: str
) -> None:
    path = text_file(tmp_path / "any.csv", [HEADERS, *rows], delimiter)
    returned = read_sheet(path, codebook)
    assert all(fault.startswith(f"{path}:") for fault in returned.faults)
    faulty_rows = {fault.removeprefix(f"{path}:").partition(":")[0].lstrip("ABCDEF") for fault in returned.faults}
    filled = [row for row in rows if any(cell.strip() for cell in row[: len(HEADERS)])]
    accounted = len(returned.annotations) + len(faulty_rows) + returned.untouched
    assert accounted <= len(filled)
    assert bool(filled) == bool(accounted)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_one_sentence(tmp_path: Path, codebook: Codebook, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    with pytest.raises(AnnotationError):
        read_sheet(path, codebook)
