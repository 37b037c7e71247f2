"""One row of a review sheet: a sentence, its context, its labels, and why a person should look at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from findings.annotations.columns import column_names, theme_column
from findings.annotations.labels import Labels
from findings.codebook import Codebook

DOUBT = "doubt"  # the `why` of a sentence that the model's doubt chose


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row of a review sheet: a sentence in context, the labels filled in (None: left empty), and why it is here.

    `doubts` are bits by label column, `why` is "doubt", "random", "suspect" or "conflict", `page` is from 1.
    """

    id: str
    report: str
    text: str
    labels: Labels | None
    section: str = ""
    lead_in: str = ""
    bullet: bool = False
    page: int | None = None
    paragraph: str | None = None
    previous: str = ""
    next: str = ""
    why: str = ""
    comment: str = ""
    doubts: Mapping[str, float] = field(default_factory=dict)

    @property
    def doubt(self) -> float:
        """The doubt over all decisions, in bits."""
        return round(sum(self.doubts.values()), 3)


def cells_of(row: ReviewRow, codebook: Codebook) -> dict[str, str | int | float | None]:
    """The row's cells by column; None where a cell is empty."""
    labels = row.labels
    cells: dict[str, str | int | float | None] = {
        "report": row.report,
        "page": row.page,
        "paragraph": row.paragraph,
        "section": row.section,
        "lead_in": row.lead_in,
        "bullet": _yes(row.bullet),
        "previous": row.previous,
        "text": row.text,
        "next": row.next,
        "finding": _yes(labels.finding) if labels else None,
        "sentiment": labels.sentiment if labels else None,
        "reviewed": None,
        "comment": row.comment,
        "doubt": row.doubt if row.doubts else None,
        "why": row.why,
        "model": str(labels) if labels else None,
        "id": row.id,
    }
    for theme in codebook.theme_names:
        applies = labels is not None and theme in labels.themes
        cells[theme_column(theme)] = (labels.themes[theme] or "yes") if labels and applies else None
    return {name: None if cells[name] == "" else cells[name] for name in column_names(codebook)}


def _yes(value: bool) -> str:
    return "yes" if value else "no"
