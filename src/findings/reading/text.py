"""Plain text and Markdown → a report."""

from __future__ import annotations

from findings.reading.assemble import Element, assemble
from findings.report import Report


def read_text(data: bytes, *, name: str) -> Report:
    """The report in the text `data`."""
    text = data.decode("utf-8", "replace")
    return assemble((Element("paragraph", part) for part in text.split("\n\n")), name=name)
