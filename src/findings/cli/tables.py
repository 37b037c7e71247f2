"""Findings and counts as Rich draws them on a terminal: plain text, never markup, in at most the terminal's width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group as Lines
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from findings.exports.inert import inert

if TYPE_CHECKING:
    from findings.codebook import Codebook
    from findings.report import Finding, Sentence, ThemeTag
    from findings.selection import Selection

_POSITIVE, _NEGATIVE, _OTHER = "green", "red", "yellow"


def text(value: str, style: str = "") -> Text:
    """`value` as text that a terminal shows and does not obey."""
    return Text(inert(value), style=style)


def sentiment_style(codebook: Codebook, sentiment: str | None) -> str:
    """The colour of a sentiment: the scale's first is good, its second bad, whatever else stands between."""
    scale = codebook.theme_sentiment_names
    if len(scale) == 2 and sentiment in scale:
        return _POSITIVE if sentiment == scale[0] else _NEGATIVE
    return _OTHER if sentiment else ""


def sign(codebook: Codebook, sentiment: str | None) -> str:
    """`+` or `−` for the sentiments of a scale of two, else the sentiment's name."""
    scale = codebook.theme_sentiment_names
    if len(scale) == 2 and sentiment in scale:
        return "+" if sentiment == scale[0] else "−"
    return sentiment or ""


def place(sentence: Sentence) -> str:
    """Where a sentence stands: `page 3, paragraph 12`; empty where the report has neither."""
    parts = [f"page {sentence.page}"] if sentence.page else []
    parts += [f"paragraph {sentence.paragraph}"] if sentence.paragraph else []
    return ", ".join(parts)


def findings_table(name: str, tagged: Sequence[Finding], selection: Selection) -> RenderableType:
    """The selected findings of the report `name`, of all its tagged sentences, under the section each stands in."""
    kept = selection.select(tagged)
    found = sum(finding.finding for finding in tagged)
    shown = "" if len(kept) in (found, len(tagged)) else f", {len(kept)} of them shown"
    title = text(f"{name}: {found} findings in {len(tagged)} sentences{shown}", "bold")
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    places = _places(kept)
    for column in places:
        table.add_column(column, justify="right", no_wrap=True, style="dim")
    table.add_column("Sentence", ratio=1)
    table.add_column("Sentiment", no_wrap=True)
    table.add_column("Themes", max_width=24)
    section = ""
    for finding in kept:
        at = finding.sentence
        if at.section != section:
            section = at.section
            table.add_row(*[""] * len(places), text(section, "italic bold"))
        table.add_row(
            *(text(str(getattr(at, field) or "")) for field in places.values()),
            text(at.text, "" if finding.finding else "dim"),
            text(finding.sentiment or "", sentiment_style(selection.codebook, finding.sentiment)),
            _tags(finding.themes, selection.codebook),
        )
    return Lines(title, table, "") if kept else Lines(title, "")


def _places(kept: Sequence[Finding]) -> dict[str, str]:
    """The columns that say where findings stand, each with its field; none for what the report lacks."""
    columns = {"Page": "page", "¶": "paragraph"}
    return {title: field for title, field in columns.items() if any(getattr(found.sentence, field) for found in kept)}


def _tags(tags: Sequence[ThemeTag], codebook: Codebook) -> Text:
    lines = [
        text(
            f"{sign(codebook, tag.sentiment)} {codebook.theme(tag.theme).title} {tag.score:.2f}".strip(),
            sentiment_style(codebook, tag.sentiment),
        )
        for tag in tags
    ]
    return Text("\n").join(lines)
