from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings.exports.inert import inert, inert_cell, inert_json

OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@given(st.text())
def test_inert_text_holds_no_control_character_and_no_override(text: str) -> None:
    shown = inert(text)

    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in shown)
    assert not set(shown) & set(OVERRIDES)


@given(st.text(alphabet=st.characters(categories=["L", "M", "N", "P", "S"])))
def test_plain_text_is_left_as_it_is(text: str) -> None:
    assert inert(text) == text


def test_an_escape_sequence_does_not_reach_the_terminal() -> None:
    assert "\x1b" not in inert("\x1b]0;owned\x07harmless")
    assert inert("one\ntwo\tthree") == "one two three"


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(A1)", "\t=1", "  =1", "\uff1d1", "\r\n@SUM(A1)"])
def test_a_cell_that_looks_like_a_formula_is_text(text: str) -> None:
    assert inert_cell(text).startswith("'")


def test_a_cell_of_ordinary_text_is_left_as_it_is() -> None:
    assert inert_cell("Thresholds: 3 - 4 of 10") == "Thresholds: 3 - 4 of 10"


@given(st.text())
def test_json_keeps_its_value_and_shows_no_control_character(text: str) -> None:
    line = inert_json(json.dumps(text, ensure_ascii=False))

    assert json.loads(line) == text
    assert inert(line) == line
    line.encode("utf-8")
