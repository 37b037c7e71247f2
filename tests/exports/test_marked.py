from __future__ import annotations

import ctypes
import re
from html import unescape
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from made_findings import finding
from pypdfium2 import raw

from findings import read_report
from findings.codebook import Codebook
from findings.errors import FindingsError
from findings.exports.marked_page import marked_page
from findings.exports.marked_pdf import marked_pdf
from findings.report import Finding, Report
from findings.segmentation import segment

CODEBOOK = Codebook.default()
PDF = Path(__file__).parents[2] / "examples" / "marlhaven-2023.pdf"


@pytest.fixture(scope="module")
def report() -> Report:
    return read_report(PDF)


@pytest.fixture(scope="module")
def findings(report: Report) -> list[Finding]:
    """Every sentence of paragraphs that has a page, taken for a weakness in workforce."""
    found = finding("", "weakness", ("workforce", 0.9, "weakness"))
    return [
        Finding(sentence, True, 0.9, "weakness", 0.8, found.themes)
        for sentence in segment(report)
        if sentence.paragraph
    ]


def notes(data: bytes) -> list[str]:
    """The text of every highlight's note."""
    document = pdfium.PdfDocument(data)
    texts = []
    for number in range(len(document)):
        page = document[number]
        for at in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            annotation = raw.FPDFPage_GetAnnot(page.raw, at)
            assert raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_HIGHLIGHT
            length = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
            buffer = ctypes.create_string_buffer(length)
            raw.FPDFAnnot_GetStringValue(
                annotation, b"Contents", ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length
            )
            texts.append(buffer.raw.decode("utf-16-le").rstrip("\0"))
            raw.FPDFPage_CloseAnnot(annotation)
    document.close()
    return texts


def test_every_finding_is_highlighted_with_a_note(findings: list[Finding]) -> None:
    marked = notes(marked_pdf(PDF.read_bytes(), "a.pdf", findings, CODEBOOK))

    assert len(marked) >= len(findings) > 30
    assert set(marked) == {"Weakness (0.80)\nWorkforce, weakness (0.90): workforce"}


def test_the_copy_says_what_the_report_says(report: Report, findings: list[Finding]) -> None:
    assert read_report(marked_pdf(PDF.read_bytes(), "a.pdf", findings, CODEBOOK)).text == report.text


def test_what_is_not_on_its_page_is_left_unmarked() -> None:
    strange = finding("These words stand nowhere in the report.", "weakness", page=1)
    beyond = finding("Supervision", "weakness", page=99)

    assert notes(marked_pdf(PDF.read_bytes(), "a.pdf", [strange, beyond], CODEBOOK)) == []


def test_only_a_pdf_can_be_marked_as_one() -> None:
    with pytest.raises(FindingsError, match=r"a\.txt: only a PDF"):
        marked_pdf(b"plain text", "a.txt", [], CODEBOOK)


def test_the_page_holds_the_whole_text_in_order(report: Report, findings: list[Finding]) -> None:
    html = marked_page([(report, findings)], CODEBOOK)
    body = re.sub(r'(?s)<dl class="why">.*?</dl>|<span class="tag.*?</span>', "", html.partition("<main>")[2])
    body = re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:b|details|summary)\b[^>]*>", "", body))
    words = unescape(body).split()
    at = 0
    for block in report.blocks:
        for word in block.text.split() if block.kind != "furniture" else ():
            at = words.index(word, at) + 1
    assert html.count("<details") == len(findings)


def test_text_in_the_page_is_inert() -> None:
    text = "<script>alert(1)</script>\u202e Staff are few."
    report = read_report(text.encode(), name="evil.txt")
    (sentence, *_) = segment(report)
    html = marked_page([(report, [Finding(sentence, True, 0.9, "weakness", 0.9)])], CODEBOOK)

    assert "<script>alert" not in html
    assert "\u202e" not in html
