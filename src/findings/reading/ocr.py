"""Pages that are pictures → lines of text, by tesseract."""

from __future__ import annotations

import shutil
from statistics import median
from typing import Any

from findings.errors import ReadError
from findings.reading.lines import Line, Page

_DOTS_PER_INCH = 300
_POINTS = 72 / _DOTS_PER_INCH
_BODY = 12.0  # the size given to lines of the usual height; tesseract tells heights, not sizes
_LARGE = 1.3
_LEAST_CONFIDENCE = 30.0  # per cent


def recognise(document: Any, name: str) -> list[Page]:
    """The pages of a pypdfium2 document with the lines that tesseract sees; `ReadError` if it, or text, is missing."""
    try:
        import pytesseract
    except ImportError as error:
        raise ReadError(f"{name}: its pages are pictures: to read them, run `pip install 'findings[ocr]'`") from error
    if shutil.which("tesseract") is None:
        raise ReadError(f"{name}: its pages are pictures: to read them, install tesseract (Debian: tesseract-ocr)")
    pages = []
    for number, page in enumerate(document, 1):
        width, height = page.get_size()
        image = page.render(scale=_DOTS_PER_INCH / 72, grayscale=True).to_pil()
        words = pytesseract.image_to_data(image, lang="eng", output_type=pytesseract.Output.DICT)
        pages.append(Page(number, width, height, page_lines(words, number, height)))
    if not any(page.lines for page in pages):
        raise ReadError(f"{name}: tesseract sees no text on its pages: scan the document again, upright and sharper")
    return pages


def page_lines(words: dict[str, list[Any]], number: int, height: float) -> list[Line]:
    """The lines of page `number`, `height` points high, from the table of words that tesseract makes of its picture."""
    found: dict[tuple[int, int, int], list[int]] = {}
    for at, text in enumerate(words["text"]):
        if text.strip() and float(words["conf"][at]) >= _LEAST_CONFIDENCE:
            found.setdefault((words["block_num"][at], words["par_num"][at], words["line_num"][at]), []).append(at)
    heights = [max(words["height"][at] for at in line) for line in found.values()]
    usual = median(heights) if heights else 1
    lines = []
    for places, tall in zip(found.values(), heights, strict=True):
        top = min(words["top"][at] for at in places)
        bottom = max(words["top"][at] + words["height"][at] for at in places)
        lines.append(
            Line(
                text=" ".join(words["text"][at] for at in places),
                page=number,
                left=words["left"][places[0]] * _POINTS,
                right=(words["left"][places[-1]] + words["width"][places[-1]]) * _POINTS,
                bottom=height - bottom * _POINTS,
                top=height - top * _POINTS,
                size=_BODY * tall / usual if tall > _LARGE * usual else _BODY,
            )
        )
    return lines
