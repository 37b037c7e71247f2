"""A summary as Rich draws it in 80 columns: the whole with bars and quotations, then a row for each group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from findings.cli.tables import place, sentiment_style, sign, text

if TYPE_CHECKING:
    from findings.codebook import Codebook
    from findings.quotations import Quotation
    from findings.summary import Group, Summary, ThemeSummary

_BAR = 24  # characters of the longest bar
_THEME = 10  # characters of a theme's column
_MOST_THEMES = 5  # columns that fit beside the group's name
_NAME = 27  # characters that a group's name may take before it is broken


def summary_tables(summary: Summary) -> Iterator[RenderableType]:
    """What to print, in order."""
    whole = summary.groups[0] if len(summary.groups) == 1 else summary.whole
    yield _headline(whole)
    yield _themes(whole, summary.codebook)
    if len(summary.groups) > 1:
        yield from _groups(summary)
    yield from _quotations(summary)


def _headline(group: Group) -> Text:
    name = group.name if group.key else f"All {len(group.reports)} reports"
    counted = f": {group.findings} findings in {group.sentences} sentences"
    parts = ", ".join(f"{count} {name}" for name, count in group.sentiments.items())
    return text(name, "bold") + text(counted) + Text(f"\n{parts}\n" if parts else "\n")


def _themes(group: Group, codebook: Codebook) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("Theme")
    for sentiment in codebook.sentiments:
        if not sentiment.whole_sentence_only:
            table.add_column(sentiment.title, justify="right")
    if not codebook.sentiments:
        table.add_column("Findings", justify="right")
    table.add_column("", no_wrap=True)
    longest = max((theme.findings for theme in group.themes), default=0)
    for theme in group.themes:
        counts = [str(count) for count in theme.sentiments.values()] or [str(theme.findings)]
        table.add_row(text(codebook.theme(theme.theme).title), *counts, _bar(theme, longest, codebook))
    return table


def _bar(theme: ThemeSummary, longest: int, codebook: Codebook) -> Text:
    """A bar as long as the theme has findings; its full part is the first sentiment's (strength)."""
    bar = Text()
    counts: list[tuple[str | None, int]] = [*theme.sentiments.items()]
    for at, (name, count) in enumerate(counts or [(None, theme.findings)]):
        cells = round(_BAR * count / longest) if longest else 0
        bar.append(("█" if at == 0 else "░") * max(cells, int(count > 0)), sentiment_style(codebook, name))
    return bar


def _groups(summary: Summary) -> Iterator[RenderableType]:
    """A row for each group with a column for each theme; where so many themes do not fit, a table for each group."""
    if len(summary.codebook.themes) > _MOST_THEMES:
        for group in summary.groups:
            yield Text("\n") + _headline(group)
            yield _themes(group, summary.codebook)
    else:
        yield _matrix(summary)


def _matrix(summary: Summary) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    longest = max(len(group.name) for group in summary.groups)
    name = " · ".join(summary.by).capitalize()
    table.add_column(name, min_width=min(longest, _NAME), overflow="fold")
    table.add_column("All", justify="right")
    for theme in summary.codebook.themes:
        table.add_column(theme.title, justify="right", max_width=_THEME)
    for group in summary.groups:
        table.add_row(
            text(group.name),
            str(group.findings),
            *(_cell(theme, summary.codebook) for theme in group.themes),
        )
    return table


def _cell(theme: ThemeSummary, codebook: Codebook) -> Text:
    if not theme.sentiments:
        return Text(str(theme.findings))
    return Text(" ").join(
        Text(f"{sign(codebook, name) if count else ''}{count}", sentiment_style(codebook, name) if count else "dim")
        for name, count in theme.sentiments.items()
    )


def _quotations(summary: Summary) -> Iterator[RenderableType]:
    for theme in summary.whole.themes:
        quoted = [quotation for quotations in theme.quotations.values() for quotation in quotations]
        if quoted:
            yield Text("\n") + text(summary.codebook.theme(theme.theme).title, "bold")
        for quotation in quoted:
            yield Padding(_quotation(quotation, summary), (0, 0, 0, 2))


def _quotation(quotation: Quotation, summary: Summary) -> Text:
    at = quotation.finding.sentence
    name = at.report if len(summary.whole.reports) > 1 else ""
    where = ", ".join(part for part in (name, place(at)) if part)
    mark = text(sign(summary.codebook, quotation.sentiment), sentiment_style(summary.codebook, quotation.sentiment))
    lead_in = f"{at.lead_in} " if at.lead_in else ""
    source = text(f" ({where})" if where else "", "dim")
    return mark + text(" ") + text(lead_in, "dim") + text(at.text) + source
