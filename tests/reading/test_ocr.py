"""Pages that are pictures, read by tesseract."""

from __future__ import annotations

import io
import shutil

import pypdfium2
import pytest
from printed import Rule, Text, lines, pdf, wrapped

from findings.reading import read_report

pytest.importorskip("pytesseract")
pytestmark = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")

PROSE = "Social workers in Eastmarch visit children as often as their plans say, and managers read what they record."


def scanned(data: bytes) -> bytes:
    """The first page of a PDF as a PDF of its picture."""
    document = pypdfium2.PdfDocument(data)
    stream = io.BytesIO()
    document[0].render(scale=200 / 72).to_pil().save(stream, "PDF", resolution=200)
    document.close()
    return stream.getvalue()


def test_a_scanned_page_keeps_its_headings_table_and_numbers() -> None:
    page = [
        Text("Inspection of Eastmarch Council", 72, 780, 20, bold=True),
        Rule(752), Text("Judgement", 79, 735, bold=True), Text("Grade", 395, 735, bold=True),
        Rule(728), Text("Help and protection", 79, 711), Text("Requires improvement", 395, 711),
        Rule(704), Text("Children in care", 79, 687), Text("Good", 395, 687), Rule(680),
        *lines(72, 640, "Visits to children", size=16, bold=True),
        Text("1.", 72, 610), *wrapped(100, 610, PROSE, 400),
        Text("2.", 72, 565), *wrapped(100, 565, PROSE, 400),
    ]  # fmt: skip
    report = read_report(scanned(pdf(page)), ocr=True)
    assert [(found.judgement, found.grade) for found in report.judgements] == [
        ("Help and protection", "Requires improvement"),
        ("Children in care", "Good"),
    ]
    assert [block.text for block in report.blocks if block.kind == "heading"] == [
        "Inspection of Eastmarch Council",
        "Visits to children",
    ]
    assert [(block.number, block.text) for block in report.blocks if block.number] == [("1", PROSE), ("2", PROSE)]
