"""Findings as CSV that opens well in Excel: a row for each, two columns for each theme of the codebook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from findings.codebook import Codebook
from findings.exports.inert import inert_cell
from findings.report import Finding

_BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes the file for Windows-1252
_CONTEXT = ("report", "page", "paragraph", "section", "lead_in", "text")
_TAGS = ("finding", "finding_score", "sentiment", "sentiment_score")
_PRESENT = "yes"  # a theme's cell where the codebook has no sentiments


def head(codebook: Codebook) -> str:
    """The byte order mark and the row of column names."""
    themes = [column for theme in codebook.theme_names for column in (theme, f"{theme}_score")]
    return _BYTE_ORDER_MARK + _text([[*_CONTEXT, *_TAGS, *themes, "evidence", "start", "end"]])


def body(findings: Iterable[Finding], codebook: Codebook) -> str:
    """A row for each finding: a theme's cell holds its sentiment, and is empty where the finding is not about it."""
    return _text(_row(finding, codebook) for finding in findings)


def _row(finding: Finding, codebook: Codebook) -> list[object]:
    at = finding.sentence
    tags = {tag.theme: tag for tag in finding.themes}
    themes: list[object] = []
    for name in codebook.theme_names:
        tag = tags.get(name)
        themes += ["", ""] if tag is None else [tag.sentiment or _PRESENT, _score(tag.score)]
    evidence = dict.fromkeys(word for tag in finding.themes for word in tag.evidence)
    return [
        *(at.report, at.page, at.paragraph, at.section, at.lead_in, at.text),
        *("yes" if finding.finding else "no", _score(finding.finding_score)),
        *(finding.sentiment, _score(finding.sentiment_score)),
        *themes,
        *("; ".join(evidence), at.start, at.end),
    ]


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.4f}"


def _text(rows: Iterable[list[object]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([inert_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()
