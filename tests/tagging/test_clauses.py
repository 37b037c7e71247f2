from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings.tagging.clauses import clauses, parts

WORDS = st.sampled_from(
    ["but", "However,", "although", "while", ";", ",", "–", "plans", "are", "late", "very", "\n", ":"]
)
SENTENCES = st.one_of(st.text(), st.lists(WORDS, max_size=40).map(" ".join))


@pytest.mark.parametrize("cut", [clauses, parts])
@given(text=SENTENCES)
def test_clauses_and_parts_divide_the_sentence_and_lose_nothing(cut, text: str) -> None:
    spans = cut(text)

    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(end == start for (_, end), (start, _) in pairwise(spans))
    assert len(spans) == 1 or all(start < end for start, end in spans)


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Plans are clear and shared with families.", 1),
        ("Supervision is regular, but caseloads are too high.", 2),
        ("Although much has improved, plans are still late.", 2),
        ("Visits are regular; records are poor; plans drift for too long.", 3),
        ("Most plans, if not all, are good.", 1),
    ],
)
def test_a_sentence_turns_at_contrasts_and_semicolons(text: str, many: int) -> None:
    assert len(clauses(text)) == many


def test_a_concession_ends_at_its_comma() -> None:
    text = "Although much has improved, plans are still late."

    assert [text[start:end] for start, end in clauses(text)] == [
        "Although much has improved, ",
        "plans are still late.",
    ]


def test_a_part_has_five_words_and_ends_at_a_comma_or_before_a_word_that_joins() -> None:
    text = "Plans are clear, timely and bold, families know what is in them and visits are made when they are due."

    assert [text[start:end] for start, end in parts(text)] == [
        "Plans are clear, timely and bold, ",
        "families know what is in them ",
        "and visits are made when they are due.",
    ]
