from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings.cells import MAX_CELL, csv_cell, from_csv_cell, shown


@pytest.mark.parametrize("text", ["=1+1", "+44", "-", "@SUM(A1)", "\tx", '=HYPERLINK("http://x.example")', "'=1"])
def test_what_could_be_a_formula_is_marked_as_text_and_comes_back(text: str) -> None:
    assert csv_cell(text).startswith("'")
    assert from_csv_cell(csv_cell(text)) == text


@pytest.mark.parametrize("text", ["", "Plans drift.", "'Seen alone' is not enough", "5 = 5"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert csv_cell(text) == text
    assert from_csv_cell(text) == text


def test_a_cell_shows_no_control_characters_and_obeys_no_direction_override() -> None:
    assert shown("a\x00b\x1bc\u202ed\ud800") == "a b c d "
    assert shown("two\nlines\tapart") == "two\nlines\tapart"
    assert len(shown("x" * 40_000)) == MAX_CELL


@given(st.text())
def test_the_csv_form_never_begins_as_a_formula_and_loses_nothing(text: str) -> None:
    cell = csv_cell(text)
    assert cell[:1] not in tuple("=+-@\t\r") or not cell
    assert from_csv_cell(cell) == shown(text)
