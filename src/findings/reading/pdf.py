"""PDF → a report, with pypdfium2."""

from __future__ import annotations

import pypdfium2 as pdfium

from findings.errors import ReadError
from findings.reading.assemble import assemble
from findings.reading.layout import lay_out
from findings.reading.lines import Page
from findings.reading.pdf_lines import LineReader
from findings.report import Report

_DAMAGED = "it is a damaged or truncated PDF: fetch or export it again"
_TAIL = 8192  # bytes that may hold what programs add after a PDF's end


def read_pdf(data: bytes, *, name: str, password: str | None = None, ocr: bool = False) -> Report:
    """The report in the PDF `data`; raises `ReadError` where it is damaged, locked or has no text.

    With `ocr`, pages that are all pictures are recognised by tesseract.
    """
    document = _open(data, name, password)
    try:
        pages = _pages(document, name)
        if not any(page.lines for page in pages):
            if not ocr:
                raise ReadError(
                    f"{name}: its pages are pictures without text: make a text layer with `ocrmypdf` and read that,"
                    " or read it with --ocr"
                )
            from findings.reading.ocr import recognise

            pages = recognise(document, name)
    finally:
        document.close()
    return assemble(lay_out(pages), name=name, pages=len(pages))


def _open(data: bytes, name: str, password: str | None) -> pdfium.PdfDocument:
    # pdfium rebuilds a file that was cut off from what is left of it, and would lose pages without a word.
    if b"%%EOF" not in data[-_TAIL:]:
        raise ReadError(f"{name}: its end is missing; {_DAMAGED}")
    try:
        return pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium.raw.FPDF_ERR_PASSWORD:
            how = "the password given does not open it" if password else "it is encrypted"
            raise ReadError(f"{name}: {how}: give its password with --password") from error
        raise ReadError(f"{name}: {_DAMAGED}") from error


def _pages(document: pdfium.PdfDocument, name: str) -> list[Page]:
    reader = LineReader(document.raw)
    try:
        return [reader.read(number) for number in range(1, len(document) + 1)]
    except ValueError as error:
        raise ReadError(f"{name}: {error}; {_DAMAGED}") from error
