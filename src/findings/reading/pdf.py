"""PDF → a report, with pypdfium2."""

from __future__ import annotations

import pypdfium2 as pdfium

from findings.errors import ReadError
from findings.reading.assemble import assemble
from findings.reading.layout import lay_out
from findings.reading.lines import Page
from findings.reading.pdf_lines import LineReader
from findings.report import Report


def read_pdf(data: bytes, *, name: str, password: str | None = None, ocr: bool = False) -> Report:
    """The report in the PDF `data`; raises `ReadError` where it is damaged, locked or has no text."""
    document = _open(data, name, password)
    try:
        pages = _pages(document, name)
    finally:
        document.close()
    if not any(page.lines for page in pages):
        raise ReadError(f"{name}: its pages are pictures without text: make a text layer with `ocrmypdf` and read that")
    return assemble(lay_out(pages), name=name, pages=len(pages))


def _open(data: bytes, name: str, password: str | None) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium.raw.FPDF_ERR_PASSWORD:
            how = "the password given does not open it" if password else "it is encrypted"
            raise ReadError(f"{name}: {how}: give its password with --password") from error
        raise ReadError(f"{name}: it is a damaged or truncated PDF: fetch or export it again") from error


def _pages(document: pdfium.PdfDocument, name: str) -> list[Page]:
    reader = LineReader(document.raw)
    try:
        return [reader.read(number) for number in range(1, len(document) + 1)]
    except ValueError as error:
        raise ReadError(f"{name}: {error}, as in a damaged or truncated PDF: fetch or export it again") from error
