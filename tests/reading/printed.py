"""Help for tests: printed pages about invented authorities, as PDF."""

from __future__ import annotations

import io
from typing import NamedTuple

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
LEADING = 14.4


class Text(NamedTuple):
    """A line of text and where its foot begins, in points from the page's lower left corner."""

    text: str
    x: float
    y: float
    size: float = 12
    bold: bool = False


class Rule(NamedTuple):
    """A line ruled across a table."""

    y: float


def lines(x: float, y: float, *texts: str, size: float = 12, bold: bool = False) -> list[Text]:
    """Lines under one another, as a paragraph sets them; the first stands at `y`."""
    return [Text(text, x, y - at * LEADING * size / 12, size, bold) for at, text in enumerate(texts)]


def in_a_row(x: float, y: float, *pieces: tuple[str, float]) -> list[Text]:
    """Pieces of text and their sizes, each where the one before it ends, the smaller ones raised."""
    largest = max(size for _, size in pieces)
    row = []
    for text, size in pieces:
        row.append(Text(text, x, y + (0.35 * largest if size < largest else 0), size))
        x += pdfmetrics.stringWidth(text, "Helvetica", size)
    return row


def wrapped(x: float, y: float, text: str, width: float = 450, size: float = 12) -> list[Text]:
    """A paragraph broken into lines where the next word has no room in `width` points."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if pdfmetrics.stringWidth(longer, "Helvetica", size) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    return lines(x, y, *rows, size=size)


def pdf(*pages: list[Text | Rule] | list[Text], password: str | None = None) -> bytes:
    """A PDF of these pages."""
    stream = io.BytesIO()
    lock = StandardEncryption(password) if password else None
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), encrypt=lock)
    for page in pages:
        for item in page:
            if isinstance(item, Rule):
                canvas.line(70, item.y, 530, item.y)
                continue
            canvas.setFont("Helvetica-Bold" if item.bold else "Helvetica", item.size)
            canvas.drawString(item.x, item.y, item.text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
