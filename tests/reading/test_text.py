"""Plain text and Markdown, as councils' papers come."""

from __future__ import annotations

import pytest
from documents import blocks, furniture
from hypothesis import given
from hypothesis import strategies as st

from findings.reading import read_report

PAPER = """\
MEETING:\tCHILDREN'S PANEL
DATE:\t4 MARCH 2031

# Eastmarch: what the inspection said

**What is working well**

- Visits are prompt:
  - in the north
  - in the south, where a new team
    began in May
- Supervision is regular

### However:

- Assessments take too long

1. Purpose of report

To tell members of the outcome.

3.2 The panel heard on the 9<sup>th</sup> that plans are *clear*.<sup>2</sup>

| Judgement | Grade |
|---|---|
| Early help | **Good** |
| Care leavers | Adequate |

Overall effectiveness\tInadequate
"""


def test_a_council_s_paper() -> None:
    assert blocks(PAPER.encode()) == [
        ("paragraph", "MEETING: CHILDREN'S PANEL"),
        ("paragraph", "DATE: 4 MARCH 2031"),
        ("heading", "Eastmarch: what the inspection said"),
        ("heading", "What is working well"),
        ("bullet", "Visits are prompt:"),
        ("bullet", "in the north"),
        ("bullet", "in the south, where a new team began in May"),
        ("bullet", "Supervision is regular"),
        ("paragraph", "However:"),
        ("bullet", "Assessments take too long"),
        ("heading", "Purpose of report"),
        ("paragraph", "To tell members of the outcome."),
        ("paragraph", "The panel heard on the 9th that plans are clear."),
        ("row", "Judgement | Grade"),
        ("row", "Early help | Good"),
        ("row", "Care leavers | Adequate"),
        ("row", "Overall effectiveness | Inadequate"),
    ]
    report = read_report(PAPER.encode())
    assert [b.level for b in report.blocks if b.kind == "bullet"] == [1, 2, 2, 1, 1]
    assert [b.number for b in report.blocks if b.number] == ["1", "3.2"]
    assert [b.columns for b in report.blocks if b.kind == "row"][1] == ("Judgement", "Grade")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "Children’s plans are clear – most of them – and the café is open to families on five days of the week."
    assert blocks(text.encode(encoding)) == [("paragraph", text)]


def test_lines_broken_by_hand_are_joined_and_words_mended() -> None:
    text = (
        "Social workers in Eastmarch see children when their plans say so, and they\n"
        "write down what they saw on the same day. Information is shared and infor-\n"
        "mation about risk travels fast, which makes decision-making quick, but the\n"
        "decision-\nmaking of partners is slower than it ought to be in a small county.\n"
        "\n"
        "The second paragraph is about something else.\n"
    )
    first, second = (text for _, text in blocks(text.encode()))
    assert "and information about risk travels fast" in first
    assert "but the decision-making of partners" in first
    assert second == "The second paragraph is about something else."


def test_a_paragraph_that_a_page_end_broke_is_one() -> None:
    text = "The grant was used for a team that works in the evenings with families\n\nwho have no other help.\n"
    assert [text for _, text in blocks(text.encode())] == [
        "The grant was used for a team that works in the evenings with families who have no other help."
    ]


def test_numbered_items_after_a_lead_in_are_its_list_and_numbered_bullets_are_paragraphs() -> None:
    text = "- 1 The outcomes are better.\n\nThe panel is asked to:\n\n1. note the report\n2. agree the plan\n"
    report = read_report(text.encode())
    assert [(block.kind, block.number, block.text) for block in report.blocks] == [
        ("paragraph", "1", "The outcomes are better."),
        ("paragraph", None, "The panel is asked to:"),
        ("bullet", "1", "note the report"),
        ("bullet", "2", "agree the plan"),
    ]


def test_a_bare_number_is_a_paragraph_s_only_where_the_one_before_came() -> None:
    text = "1 There are no other options.\n\n2 Costs are met.\n\n40 Children were seen.\n\n3 December is near.\n"
    found = [(block.number, block.text) for block in read_report(text.encode()).blocks]
    assert found == [
        ("1", "There are no other options."),
        ("2", "Costs are met."),
        (None, "40 Children were seen."),
        (None, "3 December is near."),
    ]


def test_a_number_set_tight_against_its_paragraph_is_still_its_number() -> None:
    text = "9.Staff know the families well.\n\n12.Plans are clear.\n\n1.5 million pounds were spent.\n"
    assert [(block.number, block.text) for block in read_report(text.encode()).blocks] == [
        ("9", "Staff know the families well."),
        ("12", "Plans are clear."),
        (None, "1.5 million pounds were spent."),
    ]


def test_a_contents_list_and_page_numbers_are_furniture() -> None:
    text = "Contents\n\nSummary\t2\nAreas for improvement ..... 3\n\nSummary\n\nVisits are prompt.\n\nPage 2 of 9\n"
    assert blocks(text.encode()) == [("heading", "Summary"), ("paragraph", "Visits are prompt.")]
    assert furniture(text.encode()) == ["Contents", "Summary | 2", "Areas for improvement ..... 3", "Page 2 of 9"]


def test_form_feeds_begin_pages() -> None:
    report = read_report(b"Visits are prompt.\fPlans are clear.\fReviews are late.")
    assert (report.pages, [block.page for block in report.blocks]) == (3, [1, 2, 3])


def test_marks_that_are_no_markup_stay() -> None:
    text = "Spending rose by 4 * 3 per cent in snake_case_team and 2_000 pounds (see [annex] and a < b)."
    assert blocks(text.encode()) == [("paragraph", text)]


@given(st.lists(st.text("abc dé’.,:-*_#|\t1)", max_size=40), max_size=12))
def test_every_letter_is_read_once_and_stands_where_the_report_says(lines: list[str]) -> None:
    source = "Plans\n" + "\n".join(lines)
    report = read_report(source.encode())
    for block in report.blocks:
        assert block.kind == "furniture" or report.text[block.start : block.end] == block.text
    read = "".join((block.number or "") + block.text for block in report.blocks)
    assert sorted(c for c in read if c.isalpha()) == sorted(c for c in source if c.isalpha())
