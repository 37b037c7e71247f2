"""What a report says of itself, and what it judges: only what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings.reading import read_report
from findings.report import Metadata


def metadata(text: str) -> Metadata:
    return read_report(text.encode()).metadata


def judged(text: str) -> list[tuple[str, str]]:
    return [(found.judgement, found.grade) for found in read_report(text.encode()).judgements]


def test_an_inspection() -> None:
    found = metadata(
        "# Inspection of Upper Vale local authority children’s services\n\n"
        "Inspection dates: 28 November 2030 to 9 December 2030\n\nReport published: 14 January 2031\n\n"
        "Children are safe.\n\nThis report is by the Care Inspectorate.\n"
    )
    assert found == Metadata(
        title="Inspection of Upper Vale local authority children’s services",
        authority="Upper Vale",
        kind="inspection",
        inspection_start="2030-11-28",
        inspection_end="2030-12-09",
        published="2031-01-14",
        publisher="Care Inspectorate",
    )
    assert found.year == 2030


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("24 – 28 June 2030", "2030-06-24", "2030-06-28"),
        ("10-19 September 2030", "2030-09-10", "2030-09-19"),
        ("28 February to 4 March 2030", "2030-02-28", "2030-03-04"),
        ("26th February 2030 to 8th March 2030", "2030-02-26", "2030-03-08"),
        ("30 December to 9 January 2031", "2030-12-30", "2031-01-09"),
        ("Monday 3rd to Friday 7th May 2030", "2030-05-03", "2030-05-07"),
        ("April 4th and 15th 2030", "2030-04-04", "2030-04-15"),
        ("17 May 2030", "2030-05-17", "2030-05-17"),
        ("31 June 2030", None, None),
        ("in the spring", None, None),
    ],
)
def test_dates_of_inspections(printed: str, start: str | None, end: str | None) -> None:
    found = metadata(f"# Inspection of Eastmarch Council services\n\nInspection dates: {printed}\n")
    assert (found.inspection_start, found.inspection_end) == (start, end)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# Monitoring visit to Eastmarch children’s services\n\nVisits are prompt.", "monitoring visit"),
        ("# Focused visit to Eastmarch children’s services\n\nVisits are prompt.", "focused visit"),
        ("# Inspection of Eastmarch children’s services\n\nA focused visit in 2030 found that little had changed in a "
         "service that had been led by four directors of children’s services in three years.", "inspection"),
        ("REPORT TO:\tCabinet\nREPORT OF:\tDirector\n\nInspection of services\n", "committee paper"),
        ("# Purpose of presentation\n\n- To show\n- To ask", "slides"),
        ("A note about visits.", "other"),
    ],
)  # fmt: skip
def test_kinds(text: str, kind: str) -> None:
    assert metadata(text).kind == kind


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "# Eastmarch\n\nInspection of local authority children’s services\n\n## Protection: requires improvement\n",
            "Inspection of local authority children’s services",
        ),
        ("# Eastmarch\n\n## Improvement plan\n\nAn inspection of services ended in May.\n", "Improvement plan"),
        ("# Eastmarch\n\n## Leadership: requires improvement\n\nVisits are prompt.\n", "Eastmarch"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert metadata(text).title == title


def test_a_paper_for_a_meeting_is_dated_by_its_heading() -> None:
    text = "# Eastmarch\n\n## Children’s Scrutiny {}\n\nReport of: Director\n\nSubject: The visit in May\n"
    found = metadata(text.format("Committee: 14 September 2031"))
    assert (found.kind, found.published) == ("committee paper", "2031-09-14")
    assert metadata(text.format("since 14 September 2031 in the county")).published is None


@pytest.mark.parametrize(
    "told",
    ["which took place between 4 and 15 April 2031, and the report published on 1 June 2031, finds much to like.",
     "of services for families in care, on 4 and 15 April 2031."],
)  # fmt: skip
def test_dates_of_an_inspection_told_in_a_sentence(told: str) -> None:
    found = metadata(f"REPORT TO: Panel\n\nREPORT OF: Director\n\nThis tells of the inspection {told}\n")
    assert (found.inspection_start, found.inspection_end) == ("2031-04-04", "2031-04-15")


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        (
            "# Inspection of Royal Borough of Eastmarch local authority children’s services\n",
            "Royal Borough of Eastmarch",
        ),
        ("# Inspection of Upper Vale County Council children’s services\n", "Upper Vale County Council"),
        (
            "# London Borough of Eastmarch\n\n## Inspection of children’s social care services\n",
            "London Borough of Eastmarch",
        ),
        ("# Eastmarch\n\n## Inspection of services for children in need of help and protection\n", "Eastmarch"),
        ("EASTMARCH BOROUGH COUNCIL\n\nREPORT TO:\tPanel\n", "Eastmarch Borough Council"),
        ("# Inspection of children’s social care services\n\nChildren are safe.\n", None),
        ("# Review\n\nServices in Eastmarch are one of many things that are said here.\n", None),
    ],
)
def test_authorities(text: str, authority: str | None) -> None:
    assert metadata(text).authority == authority


@given(st.text(st.characters(exclude_categories=["C"]), max_size=200))
def test_whatever_is_said_nothing_breaks_and_dates_are_dates(text: str) -> None:
    found = metadata(f"Inspection dates: {text}\n\n{text}\n\nPlans.")
    assert found.inspection_start is None or found.inspection_start <= (found.inspection_end or "")


def test_a_table_of_judgements_with_grades_as_printed() -> None:
    text = (
        "# Inspection of Eastmarch\n\nJudgement\tGrade\nEarly help\tRequires improvement to be good\n"
        "1. Care leavers\tInadequate (Grade 4)\nOverall effectiveness\tGood\n\nGood\ta service that does well\n"
    )
    assert judged(text) == [
        ("Early help", "Requires improvement to be good"),
        ("Care leavers", "Inadequate (Grade 4)"),
        ("Overall effectiveness", "Good"),
    ]


def test_two_tables_with_the_same_labels_are_told_apart_by_their_headings() -> None:
    table = "Overall effectiveness\t{}\nCapacity to improve\tGood\n"
    text = f"# Safeguarding\n\n{table.format('Adequate')}\n# Looked after children\n\n{table.format('Good')}"
    assert judged(text) == [
        ("Safeguarding: Overall effectiveness", "Adequate"),
        ("Safeguarding: Capacity to improve", "Good"),
        ("Looked after children: Overall effectiveness", "Good"),
        ("Looked after children: Capacity to improve", "Good"),
    ]


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        (
            "# Help and protection: requires improvement to be good",
            [("Help and protection", "requires improvement to be good")],
        ),
        ("# The Eastmarch Safeguarding Board is inadequate", [("The Eastmarch Safeguarding Board", "inadequate")]),
        ("# The graded judgement for adoption is that it is good", [("The graded judgement for adoption", "good")]),
        ("# Capacity to improve\n\n## Grade 3 (Adequate)", [("Capacity to improve", "Grade 3 (Adequate)")]),
        ("# What good looks like", []),
    ],
)
def test_judgements_in_headings(heading: str, found: list[tuple[str, str]]) -> None:
    assert judged(f"{heading}\n\nVisits are prompt.") == found


def test_what_a_table_judges_is_not_told_again_by_headings() -> None:
    text = "Care leavers\tGood\nOverall effectiveness\tGood\n\n# The experiences and progress of care leavers: good\n"
    assert judged(text) == [("Care leavers", "Good"), ("Overall effectiveness", "Good")]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "The overall effectiveness of help in Eastmarch is judged to be **inadequate**.",
            [("The overall effectiveness of help in Eastmarch", "inadequate")],
        ),
        ("The overall judgement is requires improvement.", [("overall judgement", "requires improvement")]),
        ("At the previous inspection, services were judged to be inadequate.", []),
        ("In 2029 services were judged to be good.", []),
        ("Visits that were late were judged by managers.", []),
    ],
)
def test_judgements_in_sentences(sentence: str, found: list[tuple[str, str]]) -> None:
    assert judged(f"# Inspection of Eastmarch\n\n{sentence} More work is to be done.\n") == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "The report was published on 1 June 2031, judging Eastmarch's services as 'inadequate' for safeguarding "
            "and 'adequate' for children in care.",
            [("safeguarding", "inadequate"), ("children in care", "adequate")],
        ),
        (
            "Inspectors judged early help in the towns as ‘good’, and adoption as ‘requires improvement’.",
            [("early help in the towns", "good"), ("adoption", "requires improvement")],
        ),
        ("In 2029 inspectors judged adoption as 'good'.", []),
        ("The previous report was kinder, judging adoption as 'good'.", []),
        ("Inspectors judged visits as good as any.", []),
    ],
)
def test_grades_in_quotes(sentence: str, found: list[tuple[str, str]]) -> None:
    assert judged(f"# What inspectors said of Eastmarch\n\n{sentence}\n") == found
