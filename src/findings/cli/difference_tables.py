"""Two reports side by side as Rich draws them: the counts of both, then what has become of each theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from findings.cli.tables import place, sentiment_style, sign, text

if TYPE_CHECKING:
    from findings.codebook import Codebook
    from findings.differences import Course, Pair, ThemeDifference
    from findings.report import Finding

_COURSES: dict[Course, str] = {
    "better": "Was a weakness, is now a strength",
    "worse": "Was a strength, is now a weakness",
    "still weak": "Still a weakness",
    "still strong": "Still a strength",
    "changed": "Changed",
    "as before": "As before",
}


def difference_tables(
    old: str, new: str, themes: Sequence[ThemeDifference], codebook: Codebook, quotes: int
) -> Iterator[RenderableType]:
    """What to print, in order, with at most `quotes` pairs or sentences under each heading."""
    yield text(f"{old} → {new}", "bold") + Text("\n")
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for column in ("Theme", "Then", "Now", "Alike", "New", "Gone"):
        table.add_column(column, justify="left" if column == "Theme" else "right")
    for theme in themes:
        table.add_row(
            text(codebook.theme(theme.theme).title),
            _counts(theme.old_counts, codebook),
            _counts(theme.new_counts, codebook),
            *(str(len(some)) for some in (theme.pairs, theme.added, theme.gone)),
        )
    yield table
    for theme in themes if quotes else ():
        yield Text("\n") + text(codebook.theme(theme.theme).title, "bold")
        for course, heading in _COURSES.items():
            yield from _pairs(heading, theme.course(course)[:quotes], codebook)
        yield from _single("New", theme, theme.added, codebook, quotes)
        yield from _single("No longer said", theme, theme.gone, codebook, quotes)


def _counts(counts: Mapping[str, int], codebook: Codebook) -> Text:
    return Text(" ").join(
        text(f"{sign(codebook, name) if count else ''}{count}", sentiment_style(codebook, name) if count else "dim")
        for name, count in counts.items()
    )


def _pairs(heading: str, pairs: Sequence[Pair], codebook: Codebook) -> Iterator[RenderableType]:
    if pairs:
        yield Padding(text(heading, "italic"), (0, 0, 0, 2))
    for pair in pairs:
        yield Padding(text("then ", "dim") + _quoted(pair.old), (0, 0, 0, 4))
        yield Padding(text("now  ", "dim") + _quoted(pair.new), (0, 0, 0, 4))


def _single(
    heading: str, theme: ThemeDifference, findings: Sequence[Finding], codebook: Codebook, quotes: int
) -> Iterator[RenderableType]:
    """The findings of the theme that the model is surest of."""
    tags = [next(tag for tag in finding.themes if tag.theme == theme.theme) for finding in findings]
    surest = sorted(zip(findings, tags, strict=True), key=lambda item: -item[1].score)[:quotes]
    if surest:
        yield Padding(text(heading, "italic"), (0, 0, 0, 2))
    for finding, tag in surest:
        mark = text(f"{sign(codebook, tag.sentiment)} ", sentiment_style(codebook, tag.sentiment))
        yield Padding(mark + _quoted(finding), (0, 0, 0, 4))


def _quoted(finding: Finding) -> Text:
    where = place(finding.sentence)
    return text(finding.sentence.text) + text(f" ({where})" if where else "", "dim")
