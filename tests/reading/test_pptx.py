"""Slides: what their structure becomes."""

from __future__ import annotations

from typing import Any

import pptx
from documents import blocks, furniture
from invented_report import saved
from pptx.util import Inches

from findings.reading import read_report


def slide(layout: int = 6) -> tuple[Any, Any]:
    deck = pptx.Presentation()
    return deck, deck.slides.add_slide(deck.slide_layouts[layout])


def text_box(shapes: Any, *texts: str) -> Any:
    frame = shapes.add_textbox(0, 0, Inches(4), Inches(1)).text_frame
    frame.text = texts[0]
    for text in texts[1:]:
        frame.add_paragraph().text = text
    return frame


def test_text_boxes_and_groups_are_read_in_order_and_text_without_bullets_is_a_paragraph() -> None:
    deck, page = slide(5)
    page.shapes.title.text = "Workforce"
    text_box(page.shapes, "Caseloads have fallen.", "Morale is high.")
    inner = page.shapes.add_group_shape().shapes.add_group_shape()
    text_box(inner.shapes, "Inside two groups.")
    assert blocks(saved(deck)) == [
        ("heading", "Workforce"), ("paragraph", "Caseloads have fallen."), ("paragraph", "Morale is high."),
        ("paragraph", "Inside two groups."),
    ]  # fmt: skip


def test_bold_text_is_a_sub_heading_and_the_layout_can_make_it_so() -> None:
    deck, page = slide(4)
    for at, text in enumerate(("Compared", "Then", "slow", "Now", "prompt")):
        page.placeholders[at].text = text
    frame = text_box(page.shapes, "Since spring")
    frame.paragraphs[0].runs[0].font.bold = True
    report = read_report(saved(deck))
    assert [(b.kind, b.level, b.text) for b in report.blocks] == [
        ("heading", 1, "Compared"), ("heading", 2, "Then"), ("bullet", 1, "slow"), ("heading", 2, "Now"),
        ("bullet", 1, "prompt"), ("heading", 2, "Since spring"),
    ]  # fmt: skip


def test_a_slide_without_a_title_is_headed_by_its_first_line_not_by_the_slide_before() -> None:
    deck, page = slide(5)
    page.shapes.title.text = "The slide before"
    page = deck.slides.add_slide(deck.slide_layouts[6])
    text_box(page.shapes, "What children said")
    text_box(page.shapes, "Workers listen to us.")
    assert blocks(saved(deck))[1:] == [("heading", "What children said"), ("paragraph", "Workers listen to us.")]


def test_tables_are_rows_under_their_columns() -> None:
    deck, page = slide()
    table = page.shapes.add_table(3, 2, 0, 0, Inches(6), Inches(2)).table
    texts = [("Area", "Grade"), ("Visits", "Late"), ("Plans", "Clear")]
    for row, line in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    rows = [(b.text, b.columns) for b in read_report(saved(deck)).blocks]
    assert rows == [("Area | Grade", ()), ("Visits | Late", ("Area", "Grade")), ("Plans | Clear", ("Area", "Grade"))]


def test_merged_cells_are_read_once() -> None:
    deck, page = slide()
    table = page.shapes.add_table(3, 2, 0, 0, Inches(6), Inches(2)).table
    table.first_row = False
    table.cell(0, 0).text, table.cell(0, 1).text = "Visits", "weekly"
    table.cell(1, 1).text, table.cell(2, 0).text, table.cell(2, 1).text = "seen alone", "Plans", "clear"
    table.cell(0, 0).merge(table.cell(1, 0))
    assert blocks(saved(deck)) == [("row", "Visits | weekly"), ("row", "seen alone"), ("row", "Plans | clear")]


def test_slide_numbers_and_footers_are_furniture_and_hidden_slides_and_notes_left_out() -> None:
    deck, page = slide(1)
    page.shapes.title.text = "Seen"
    for placeholder in page.slide_layout.placeholders:
        if placeholder.placeholder_format.idx == 11:
            page.shapes.clone_placeholder(placeholder)
            page.shapes[-1].text_frame.text = "Norhaven board"
    page.notes_slide.notes_text_frame.text = "Pause here."
    hidden = deck.slides.add_slide(deck.slide_layouts[5])
    hidden.shapes.title.text = "Unseen"
    hidden.element.set("show", "0")
    data = saved(deck)
    assert blocks(data) == [("heading", "Seen")]
    assert furniture(data) == ["Norhaven board"]


def test_automatic_numbers_are_counted() -> None:
    deck, page = slide()
    frame = text_box(page.shapes, "Visit.", "Record.", "Review.")
    for paragraph in frame.paragraphs:
        properties = paragraph._p.get_or_add_pPr()
        properties.append(properties.makeelement(f"{{{properties.nsmap['a']}}}buAutoNum", {"type": "alphaLcParenR"}))
    report = read_report(saved(deck))
    assert [(b.kind, b.number, b.text) for b in report.blocks] == [
        ("paragraph", "a", "Visit."), ("paragraph", "b", "Record."), ("paragraph", "c", "Review."),
    ]  # fmt: skip
