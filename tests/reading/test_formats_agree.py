"""The same report gives the same sentences in the same context, whatever format it comes in."""

from __future__ import annotations

from pathlib import Path

import invented_report as invented
import pytest

from findings.reading import read_report
from findings.report import Report
from findings.segmentation import segment

FIXTURES = Path(__file__).parent / "fixtures"
NOTES = {piece.note for piece in invented.REPORT if piece.note}

REPORTS = {
    "report.docx": invented.as_docx,
    "report.html": invented.as_html,
    "report.md": invented.as_markdown,
    "report.txt": lambda: invented.as_markdown().decode().encode("utf-16"),
    "report.odt": (FIXTURES / "norhaven.odt").read_bytes,
    "report.pdf": (FIXTURES / "norhaven.pdf").read_bytes,
}
DECKS = {
    "deck.pptx": invented.as_pptx,
    "deck.odp": (FIXTURES / "norhaven-slides.odp").read_bytes,
    "deck.pdf": (FIXTURES / "norhaven-slides.pdf").read_bytes,
}


def in_context(report: Report) -> list[tuple[object, ...]]:
    """The report's sentences with their context; not its footnotes, which stand elsewhere in each format."""
    return [(s.section, s.lead_in, s.bullet, s.paragraph, s.text) for s in segment(report) if s.text not in NOTES]


def expected() -> list[tuple[object, ...]]:
    """What a person would say that the report's sentences and their contexts are."""
    what, when = "What needs to improve:", "the timeliness of assessments, in particular:"
    title = "Inspection of children’s services in Norhaven"
    return [
        (title, None, False, None, title),
        ("Summary", None, False, None, "Services for children in Norhaven have improved since the last visit."),
        (
            "Summary",
            None,
            False,
            None,
            "Leaders know where practice is weak, and decision-making about risk is now prompt in almost every case "
            "that inspectors saw.",
        ),
        (
            "Summary",
            None,
            False,
            None,
            "The council took over its front door from a partner, Marrow Trust, in May.",
        ),
        ("Summary", None, False, None, what),
        ("Summary", what, True, None, when),
        ("Summary", when, True, None, "assessments of disabled children"),
        ("Summary", when, True, None, "updates after a change of circumstances"),
        ("Summary", what, True, None, "the oversight of visits to children by team managers"),
        ("Findings", None, False, "1", "Thresholds for early help are understood."),
        ("Findings", None, False, "1", "Most partners apply them well."),
        ("Findings", None, False, "2", "Social workers’ caseloads are too high in the two northern teams."),
        (
            "Findings",
            None,
            False,
            "3",
            "Supervision is regular (e.g. every four weeks), but records of it seldom show how Dr. Quill’s advice "
            "changed a child’s plan.",
        ),
        ("Findings", None, False, None, "Judgement | Grade"),
        ("Findings", None, False, None, "Leadership of the service | Good"),
        ("Findings", None, False, None, "Help for families | Requires improvement"),
        (
            "Next steps",
            None,
            False,
            None,
            "The authority will send its plan to the inspectorate by the end of the summer.",
        ),
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_sentences_and_their_contexts_are_the_same_in_every_format(name: str) -> None:
    report = read_report(REPORTS[name](), name=name)

    assert in_context(report) == expected()
    assert [s.text for s in segment(report) if s.text in NOTES] == ["See annex B."]


@pytest.mark.parametrize("name", REPORTS)
def test_headings_are_the_same_in_every_format_and_furniture_is_no_text(name: str) -> None:
    report = read_report(REPORTS[name](), name=name)

    headings = [block.text for block in report.blocks if block.kind == "heading"]
    assert headings == [piece.text for piece in invented.REPORT if piece.kind == "heading"]
    assert invented.HEADER not in report.text
    assert "cookies" not in report.text


@pytest.mark.parametrize("name", ["report.docx", "report.html", "report.md", "report.odt"])
def test_rows_carry_their_columns(name: str) -> None:
    rows = [block for block in read_report(REPORTS[name](), name=name).blocks if block.kind == "row"]

    assert [row.columns for row in rows] == [(), ("Judgement", "Grade"), ("Judgement", "Grade")]


@pytest.mark.parametrize("name", DECKS)
def test_slides_are_the_same_in_every_format(name: str) -> None:
    report = read_report(DECKS[name](), name=name)

    assert [(b.page, b.kind, b.level, b.text) for b in report.blocks if b.kind != "furniture"] == [
        element
        for page, (title, bullets) in enumerate(invented.DECK, start=1)
        for element in ((page, "heading", 1, title), *((page, "bullet", level, text) for text, level in bullets))
    ]
    assert "slowly" not in report.text
    assert report.pages == 2
