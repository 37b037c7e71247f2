from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings.report import Sentence
from findings.tagging.features import as_rows
from findings.tagging.terms import BLOCKS, LEAD_IN, SECTION, TEXT, without_grades, words

TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from("not late but Good: plans 12.5% s.47 child’s ; inadequate Workers".split())).map(" ".join),
)


def row(text: str, section: str = "", lead_in: str = "", bullet: bool = False):
    return as_rows([Sentence(text, section=section, lead_in=lead_in, bullet=bullet)])[0]


def terms(block: str, text: str, **context) -> list[str]:
    return [term for term, _ in BLOCKS[block](row(text, **context))]


@pytest.mark.parametrize("block", BLOCKS)
@given(text=TEXTS, section=TEXTS, lead_in=TEXTS, bullet=st.booleans())
def test_every_term_points_at_words_that_are_there(block: str, text, section, lead_in, bullet) -> None:
    unit = row(text, section, lead_in, bullet)
    for term, at in BLOCKS[block](unit):
        field = SECTION if term.startswith("h:") else LEAD_IN if term.startswith("l:") else TEXT
        assert all(0 <= index < len(words(unit[field])) for index in at)
        assert term == term.strip()


@given(TEXTS)
def test_leaving_out_grades_moves_nothing(heading: str) -> None:
    blank = without_grades(heading)

    assert len(blank) == len(heading)
    assert all(was == now or now == " " for was, now in zip(heading, blank, strict=True))


@pytest.mark.parametrize("grade", ["Inadequate", "requires improvement to be good", "good", "Outstanding", "Grade 3"])
def test_a_grade_in_a_heading_is_no_term(grade: str) -> None:
    assert set(terms("context", "x", section=f"Leadership: {grade}")) >= {"h:leadership"}
    assert not {
        word for word in terms("context", "x", section=f"Leadership: {grade}") if grade.split()[0].lower() in word
    }


def test_numbers_are_alike_and_apostrophes_too() -> None:
    assert terms("words", "12 plans") == terms("words", "7.5 plans")
    assert terms("words", "child’s plan") == terms("words", "child's plan")


def test_a_negation_reaches_as_far_as_its_clause() -> None:
    marked = [term for term in terms("structure", "Plans are not clear, but visits happen.") if term.startswith("not:")]

    assert "not:clear" in marked
    assert "not:visits" not in marked


def test_what_stands_before_and_after_a_contrast_is_told_apart() -> None:
    told = terms("structure", "Plans are clear but visits lapse.")

    assert {"a:plans", "a:clear", "b:visits", "b:lapse"} <= set(told)


def test_a_pair_is_the_same_in_either_order() -> None:
    assert "p:assessments~late" in terms("pairs", "Late assessments")
    assert "p:assessments~late" in terms("pairs", "Assessments are often late")


def test_context_tells_headings_from_lead_ins_and_bullets() -> None:
    told = set(terms("context", "x", section="Workforce", lead_in="The council should:", bullet=True))

    assert {"h:workforce", "l:should", "bullet:yes", "lead-in:yes"} <= told
