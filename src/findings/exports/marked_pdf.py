"""A copy of a PDF report with its findings highlighted on its pages, each with a note that says how it is tagged."""

from __future__ import annotations

import ctypes
import io
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from findings.codebook import Codebook
from findings.errors import FindingsError
from findings.exports.inert import inert
from findings.report import Finding

_GOOD, _BAD, _OTHER = (150, 220, 170), (250, 175, 165), (250, 225, 130)
_FEWEST_WORDS = 3  # of a sentence's part that runs on to the next page

Place = tuple[int, int, int]  # page (from 0), first character, how many


def marked_pdf(
    data: bytes, name: str, findings: Sequence[Finding], codebook: Codebook, password: str | None = None
) -> bytes:
    """The bytes of a copy of the PDF `data`, which is called `name`.

    Findings that cannot be found on their page are left unmarked.

    Raises `FindingsError` where the PDF cannot be opened.
    """
    try:
        document = pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        raise FindingsError(f"{name}: only a PDF can be marked as one: give a PDF, or write .html") from error
    try:
        pages: dict[int, _Page] = {}
        for finding in findings:
            if finding.finding and finding.sentence.page:
                for place in _places(finding, document, pages):
                    _highlight(pages[place[0]], place, finding, codebook)
        for page in pages.values():
            page.close()
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
    finally:
        document.close()


class _Page:
    """A page's letters and digits in its own order, each with the index of its character."""

    def __init__(self, document: pdfium.PdfDocument, number: int) -> None:
        self.page = document[number]
        self.text = self.page.get_textpage()
        self.letters, self.indices = _letters(self.text.get_text_range(errors="replace"))

    def find(self, letters: str) -> tuple[int, int] | None:
        """The first character and how many, of the place where the letters stand."""
        at = self.letters.find(letters)
        if at < 0:
            return None
        first, last = self.indices[at], self.indices[at + len(letters) - 1]
        return first, last - first + 1

    def close(self) -> None:
        self.text.close()
        self.page.close()


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, in lower case, ligatures spelt out, with the index that each comes from."""
    kept = [
        (letter, at)
        for at, character in enumerate(text)
        for letter in unicodedata.normalize("NFKC", character).lower()
        if letter.isalnum()
    ]
    return "".join(letter for letter, _ in kept), [at for _, at in kept]


def _places(finding: Finding, document: pdfium.PdfDocument, pages: dict[int, _Page]) -> Iterator[Place]:
    """Where a finding stands: on its page, or where it runs on to the next, on both."""
    first = (finding.sentence.page or 1) - 1
    if first >= len(document):
        return
    found = _page(document, pages, first).find(_letters(finding.sentence.text)[0])
    if found:
        yield first, *found
        return
    if first + 1 >= len(document):
        return
    words = finding.sentence.text.split()
    for cut in range(len(words) - 1, 0, -1):
        head, tail = (_letters(" ".join(part))[0] for part in (words[:cut], words[cut:]))
        here = pages[first].find(head) if min(cut, len(words) - cut) >= _FEWEST_WORDS else None
        there = _page(document, pages, first + 1).find(tail) if here else None
        if here and there:
            yield first, *here
            yield first + 1, *there
            return


def _page(document: pdfium.PdfDocument, pages: dict[int, _Page], number: int) -> _Page:
    if number not in pages:
        pages[number] = _Page(document, number)
    return pages[number]


def _highlight(page: _Page, place: Place, finding: Finding, codebook: Codebook) -> None:
    """Add a highlight over the lines that the place runs over, with the tags as its note."""
    _, start, count = place
    boxes = [page.text.get_rect(at) for at in range(page.text.count_rects(start, count))]
    annotation = raw.FPDFPage_CreateAnnot(page.page.raw, raw.FPDF_ANNOT_HIGHLIGHT)
    if not annotation or not boxes:
        return
    for left, bottom, right, top in boxes:
        quad = raw.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
        raw.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(left, top, right, bottom))
    raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *_colour(finding, codebook), 255)
    _set_text(annotation, b"Contents", note(finding, codebook))
    _set_text(annotation, b"T", "Findings")
    raw.FPDFPage_CloseAnnot(annotation)


def note(finding: Finding, codebook: Codebook) -> str:
    """What the note of a finding says: its sentiment, then each theme with its own and the words that earned it."""
    lines = [f"{finding.sentiment or 'finding'} ({finding.sentiment_score or finding.finding_score:.2f})".capitalize()]
    for tag in finding.themes:
        said = f", {tag.sentiment}" if tag.sentiment else ""
        evidence = f": {', '.join(tag.evidence)}" if tag.evidence else ""
        lines.append(f"{codebook.theme(tag.theme).title}{said} ({tag.score:.2f}){evidence}")
    return "\n".join(map(inert, lines))


def _colour(finding: Finding, codebook: Codebook) -> tuple[int, int, int]:
    names = codebook.theme_sentiment_names
    if len(names) == 2 and finding.sentiment in names:
        return (_GOOD, _BAD)[names.index(finding.sentiment)]
    return _OTHER


def _set_text(annotation: Any, key: bytes, value: str) -> None:
    encoded = (value + "\0").encode("utf-16-le")
    buffer = ctypes.create_string_buffer(encoded, len(encoded))
    raw.FPDFAnnot_SetStringValue(annotation, key, ctypes.cast(buffer, raw.FPDF_WIDESTRING))
