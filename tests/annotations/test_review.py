from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from samples import finding, tagged_report

from findings.annotations import load_opinions
from findings.annotations.columns import column_names
from findings.annotations.opinions import Conflict
from findings.annotations.review import conflict_rows, write_review, write_rows
from findings.annotations.sheets import read_sheet
from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.report import Annotation, Finding

DANGEROUS = ["=1+1", "+HYPERLINK", "-2", "@SUM(A1)", "\tTab", "=cmd|' /C calc'!A0", "'quoted", "<b>x</b>", "a\x00b"]


def sheet_of(path: Path) -> Any:
    return load_workbook(path)["Review"]


def column(sheet: Any, name: str) -> list[Any]:
    at = [cell.value for cell in sheet[1]].index(name) + 1
    return [sheet.cell(row, at).value for row in range(2, sheet.max_row + 1)]


def test_a_workbook_holds_the_model_s_labels_in_context(tmp_path: Path, codebook: Codebook) -> None:
    path, findings = tmp_path / "review.xlsx", tagged_report(30)
    rows = write_review(path, findings, codebook, limit=12)
    sheet = sheet_of(path)
    assert [cell.value for cell in sheet[1]] == column_names(codebook)
    assert len(rows) == sheet.max_row - 1 == 12
    texts = {one.sentence.text: (index, one) for index, one in enumerate(findings)}
    for row, text in enumerate(column(sheet, "text")):
        index, one = texts[text]
        assert column(sheet, "finding")[row] == ("yes" if one.finding else "no")
        assert column(sheet, "sentiment")[row] == one.sentiment
        assert column(sheet, "theme:workforce")[row] == ("weakness" if one.themes else None)
        assert column(sheet, "theme:thresholds")[row] is None
        assert column(sheet, "previous")[row] == (one.sentence.previous or None)
        following = findings[index + 1].sentence.text if index + 1 < len(findings) else None
        assert column(sheet, "next")[row] == following
        assert column(sheet, "page")[row] == 1 + index // 10
        assert column(sheet, "lead_in")[row] == "Inspectors found that:"
    assert column(sheet, "why").count("random") == 2


def test_label_columns_have_drop_down_lists_for_every_row(tmp_path: Path, codebook: Codebook) -> None:
    path = tmp_path / "review.xlsx"
    write_review(path, tagged_report(30), codebook, limit=10)
    book = load_workbook(path)
    sheet, lists = book["Review"], book["Lists"]
    offered = {}
    for validation in sheet.data_validations.dataValidation:
        name, area = validation.formula1.split("!")
        values = tuple(cell.value for (cell,) in book[name][area.replace("$", "")])
        for header in sheet[1]:
            if all(f"{header.column_letter}{row}" in validation.sqref for row in range(2, 12)):
                offered[header.value] = values
    themes = {f"theme:{name}": ("strength", "weakness") for name in codebook.theme_names}
    assert offered == themes | {
        "finding": ("yes", "no"),
        "reviewed": ("yes", "no"),
        "sentiment": ("strength", "weakness", "mixed"),
    }
    assert lists.sheet_state == "hidden"
    assert sheet.freeze_panes == "A2"


def test_doubt_is_coloured_where_it_is(tmp_path: Path, codebook: Codebook) -> None:
    path = tmp_path / "review.xlsx"
    write_review(path, [finding("Is it?", finding_score=0.5), finding("It is.")], codebook, limit=2)
    sheet = sheet_of(path)
    at = column_names(codebook).index("finding") + 1
    filled = {sheet.cell(row, 8).value: sheet.cell(row, at).fill.fill_type for row in (2, 3)}
    assert filled == {"Is it?": "solid", "It is.": None}


def test_the_codebook_and_the_columns_are_explained_in_sheets_of_their_own(tmp_path: Path, codebook: Codebook) -> None:
    path = tmp_path / "review.xlsx"
    write_review(path, tagged_report(3), codebook)
    book = load_workbook(path)
    said = "\n".join(str(value) for row in book["Codebook"].values for value in row if value)
    for theme in codebook.themes:
        assert theme.definition in said
        assert all(example.text in said for example in theme.examples)
    assert all(ruling in said for ruling in codebook.rulings)
    assert "reviewed" in [row[0] for row in book["Columns"].values]


def test_text_from_a_report_is_never_a_formula(tmp_path: Path, codebook: Codebook) -> None:
    findings = [finding(text, section=text, report=text) for text in DANGEROUS]
    path = tmp_path / "review.xlsx"
    write_review(path, findings, codebook)
    kinds = {cell.data_type for row in sheet_of(path).iter_rows() for cell in row if isinstance(cell.value, str)}
    assert kinds == {"s"}
    assert set(column(sheet_of(path), "text")) == {text.replace("\x00", " ") for text in DANGEROUS}
    write_review(tmp_path / "review.csv", findings, codebook)
    rows = list(csv.reader(io.StringIO((tmp_path / "review.csv").read_text("utf-8-sig"), newline="")))
    assert len(rows) == 1 + len(DANGEROUS)
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t")]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl"])
def test_an_untouched_review_brings_nothing_back(tmp_path: Path, codebook: Codebook, ending: str) -> None:
    path = tmp_path / f"review.{ending}"
    rows = write_review(path, [*tagged_report(20), *(finding(text) for text in DANGEROUS)], codebook)
    returned = read_sheet(path, codebook)
    assert (returned.annotations, returned.faults, returned.warnings) == ([], [], [])
    assert returned.untouched == len(rows)


@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl"])
def test_a_review_marked_as_checked_brings_every_sentence_back(tmp_path: Path, codebook: Codebook, ending: str) -> None:
    path, findings = tmp_path / f"review.{ending}", tagged_report(20)
    rows = write_review(path, findings, codebook, limit=20)
    mark_all(path)
    returned = read_sheet(path, codebook, annotator="ann")
    assert (returned.faults, returned.untouched) == ([], 0)
    back = {one.text: one for one in returned.annotations}
    assert len(back) == len(findings)
    for one in findings:
        annotation = back[one.sentence.text]
        assert (annotation.finding, annotation.sentiment) == (one.finding, one.sentiment)
        assert annotation.themes == {tag.theme: tag.sentiment for tag in one.themes}
        assert annotation.previous == one.sentence.previous
        assert (annotation.report, annotation.section) == (one.sentence.report, one.sentence.section)
        assert (annotation.lead_in, annotation.bullet) == (one.sentence.lead_in, one.sentence.bullet)
        assert (annotation.group, annotation.annotator) == (one.sentence.report, "ann")
    chosen_by_doubt = {row.text for row in rows if row.why == "doubt"}
    assert {text for text, annotation in back.items() if annotation.chosen} == chosen_by_doubt
    assert 0 < len(chosen_by_doubt) < len(rows)


def mark_all(path: Path) -> None:
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        sheet = book["Review"]
        at = [cell.value for cell in sheet[1]].index("reviewed") + 1
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, at).value = "yes"
        book.save(path)
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(row | {"reviewed": "yes"} for row in rows)
    else:
        records = [json.loads(line) | {"reviewed": True} for line in path.read_text("utf-8").splitlines()]
        path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")


def test_ids_are_those_of_the_sentences_whatever_else_is_reviewed(tmp_path: Path, codebook: Codebook) -> None:
    findings: list[Finding] = [*tagged_report(10), finding("Twice."), finding("Twice.")]
    rows = write_review(tmp_path / "a.jsonl", findings, codebook, random_share=1)
    again = write_review(tmp_path / "b.jsonl", findings[5:], codebook, random_share=1)
    ids = {row.text: row.id for row in rows}
    assert len({row.id for row in rows}) == 12
    assert all(ids[row.text] == row.id for row in again if row.text != "Twice.")
    assert all(row.id.startswith("northby-2022.pdf/") for row in rows)


def test_a_codebook_without_sentiments_makes_yes_columns(tmp_path: Path) -> None:
    bare = Codebook.from_dict({"name": "b", "themes": [{"name": "workforce", "definition": "Staff."}]})
    tagged = finding("Staff stay.", sentiment=None, sentiment_score=None, themes=finding("x").themes)
    tagged = replace(tagged, themes=(replace(tagged.themes[0], sentiment=None),))
    path = tmp_path / "review.xlsx"
    write_review(path, [tagged], bare)
    assert column(sheet_of(path), "theme:workforce") == ["yes"]
    mark_all(path)
    assert [one.themes for one in read_sheet(path, bare).annotations] == [{"workforce": None}]


def test_conflicts_are_settled_in_a_sheet_of_their_own(tmp_path: Path, codebook: Codebook) -> None:
    ann = Annotation(
        "n/1", "n", "Plans drift.", True, "weakness", {"assessment_timeliness": "weakness"}, annotator="ann"
    )
    conflict = Conflict("n/1", "Plans drift.", (ann, Annotation("n/1", "n", "Plans drift.", False, annotator="bo")))
    path = tmp_path / "conflicts.xlsx"
    write_rows(path, conflict_rows([conflict]), codebook)
    said = "ann: weakness; assessment_timeliness=weakness\nbo: not a finding"
    assert column(sheet_of(path), "comment") == [said]
    assert read_sheet(path, codebook).untouched == 1
    book = load_workbook(path)
    book["Review"].cell(2, column_names(codebook).index("finding") + 1).value = "no"
    book.save(path)
    settled = read_sheet(path, codebook, annotator="consensus")
    assert [(one.id, one.finding, one.annotator) for one in settled.annotations] == [("n/1", False, "consensus")]


def test_an_unknown_ending_is_refused_before_anything_is_written(tmp_path: Path, codebook: Codebook) -> None:
    with pytest.raises(AnnotationError, match=r"written as \.xlsx, \.csv or \.jsonl"):
        write_review(tmp_path / "review.ods", tagged_report(3), codebook)
    assert list(tmp_path.iterdir()) == []


def test_the_jsonl_review_is_a_file_of_annotations(tmp_path: Path, codebook: Codebook) -> None:
    path = tmp_path / "review.jsonl"
    write_review(path, tagged_report(9), codebook)
    assert len(load_opinions([path], codebook)) == 9
