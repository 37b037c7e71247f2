"""A summary as an Excel workbook: the counts with charts, every finding, the reports, and how to read it all."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from findings.exports.about import Manifest, about
from findings.exports.inert import inert
from findings.report import Finding
from findings.summary import Group, Summary

_GOOD, _BAD, _OTHER = "#2E7D4F", "#B3372F", "#8A6D1F"
_MOST_LINKS = 60_000  # Excel opens no sheet with more than 65,530
_MOST_CHARTED = 40  # groups beyond these make a chart unreadable
_LONGEST_CELL = 32_000


def workbook(summary: Summary, manifest: Manifest, links: Mapping[str, str]) -> bytes:
    """The bytes of the .xlsx file. `links` has, for a report's name, the address of its file, where it has one."""
    out = io.BytesIO()
    # Text from reports is text: nothing in it becomes a formula, a link or a number.
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with Workbook(out, safe) as book:
        sheets = _Sheets(book, summary)
        sheets.summary()
        sheets.findings(links)
        sheets.reports()
        sheets.about(manifest)
    return out.getvalue()


class _Sheets:
    def __init__(self, book: Workbook, summary: Summary) -> None:
        self.book = book
        self.counted = summary
        self.codebook = summary.codebook
        self.scale = [sentiment for sentiment in self.codebook.sentiments if not sentiment.whole_sentence_only]
        self.bold = self._format(bold=True)
        self.title = self._format(bold=True, font_size=16)
        self.head = self._format(bold=True, bottom=1, text_wrap=True, valign="top")
        self.wrap = self._format(text_wrap=True, valign="top")
        self.top = self._format(valign="top")
        self.share = self._format(num_format="0%", valign="top")
        self.score = self._format(num_format="0.00", valign="top")
        self.link = self._format(font_color="#0B5394", underline=1, valign="top")

    def _format(self, **properties: Any) -> Format:
        return self.book.add_format(properties)

    def _write(self, sheet: Worksheet, row: int, column: int, value: object, style: Format | None = None) -> None:
        if isinstance(value, str):
            sheet.write_string(row, column, inert(value)[:_LONGEST_CELL], style)
        elif value is None:
            sheet.write_blank(row, column, None, style)
        else:
            sheet.write_number(row, column, float(value), style)  # type: ignore[arg-type]

    def _row(self, sheet: Worksheet, row: int, values: Sequence[object], styles: Sequence[Format | None]) -> None:
        for column, (value, style) in enumerate(zip(values, styles, strict=True)):
            self._write(sheet, row, column, value, style)

    def _colour(self, sentiment: str | None) -> str:
        names = self.codebook.theme_sentiment_names
        return (_GOOD, _BAD)[names.index(sentiment)] if len(names) == 2 and sentiment in names else _OTHER

    def summary(self) -> None:
        """The counts of the whole with a chart, then those of each group with another."""
        sheet = self.book.add_worksheet("Summary")
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        whole = self.counted.whole
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 30, 13)
        self._write(sheet, 0, 0, "Findings by theme", self.title)
        counted = f"{whole.findings:,} findings in {whole.sentences:,} sentences of {len(whole.reports):,} reports"
        self._write(sheet, 1, 0, counted)
        columns = [sentiment.title for sentiment in self.scale]
        shares = ["Share " + self.scale[0].title.lower(), "95% from", "to", "Balance"] if len(self.scale) == 2 else []
        heads = ["Theme", "Findings", *columns, "In 100 findings", *shares]
        self._row(sheet, 3, heads, [self.head] * len(heads))
        sheet.set_row(3, 32)
        for at, theme in enumerate(whole.themes):
            low, high = theme.positive_interval if theme.findings else (None, None)
            more = [theme.positive_share, low, high, theme.balance] if shares else []
            share = None if theme.share is None else 100 * theme.share
            values = [self.codebook.theme(theme.theme).title, theme.findings, *theme.sentiments.values(), share, *more]
            plain: list[Format | None] = [None] * (2 + len(columns))
            numbers = [self.score, self.share, self.share, self.share, self.score]
            self._row(sheet, 4 + at, values, [*plain, *numbers[: 1 + len(more)]])
        below = 6 + len(whole.themes)
        if self.scale:
            self._theme_chart(sheet, below)
            below += 17
        if len(self.counted.groups) > 1:
            self._groups(sheet, below)

    def _theme_chart(self, sheet: Worksheet, row: int) -> None:
        last = 3 + len(self.codebook.themes)
        chart = self.book.add_chart({"type": "bar", "subtype": "stacked"})
        for at, sentiment in enumerate(self.scale):
            chart.add_series(
                {
                    "name": ["Summary", 3, 2 + at],
                    "categories": ["Summary", 4, 0, last, 0],
                    "values": ["Summary", 4, 2 + at, last, 2 + at],
                    "fill": {"color": self._colour(sentiment.name)},
                    "gap": 60,
                }
            )
        chart.set_title({"name": "Findings by theme and sentiment", "name_font": {"size": 12}})
        chart.set_y_axis({"reverse": True, "crossing": "max"})
        chart.set_x_axis({"name": "findings", "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 760, "height": 320})
        sheet.insert_chart(row, 0, chart, {"description": "Bars: findings of each theme by sentiment"})

    def _groups(self, sheet: Worksheet, row: int) -> None:
        """A row for each group: for each theme its counts, and its balance where there is one."""
        groups, themes = self.counted.groups, self.codebook.themes
        self._write(sheet, row, 0, "By " + " and ".join(self.counted.by), self.title)
        counts = [f"{theme.title}: {sentiment.title.lower()}" for theme in themes for sentiment in self.scale]
        counts = counts or [theme.title for theme in themes]
        balances = [f"{theme.title}: balance" for theme in themes] if self.counted.has_balance else []
        heads = [" · ".join(self.counted.by).capitalize(), "Reports", "Findings", *counts, *balances]
        self._row(sheet, row + 1, heads, [self.head] * len(heads))
        sheet.set_row(row + 1, 48)
        for at, group in enumerate(groups):
            values = [group.name, len(group.reports), group.findings, *_counts(group)]
            values += [theme.balance for theme in group.themes] if balances else []
            plain: list[Format | None] = [None] * (len(values) - len(balances))
            self._row(sheet, row + 2 + at, values, [*plain, *[self.score] * len(balances)])
        if balances and len(groups) <= _MOST_CHARTED:
            self._balance_chart(sheet, row + 1, len(counts) + 3)

    def _balance_chart(self, sheet: Worksheet, head: int, first: int) -> None:
        last = head + len(self.counted.groups)
        chart = self.book.add_chart({"type": "line" if "year" in self.counted.by else "column"})
        for at in range(len(self.codebook.themes)):
            chart.add_series(
                {
                    "name": self.codebook.themes[at].title,
                    "categories": ["Summary", head + 1, 0, last, 0],
                    "values": ["Summary", head + 1, first + at, last, first + at],
                    "marker": {"type": "automatic"},
                }
            )
        chart.set_title({"name": f"Balance by {' and '.join(self.counted.by)}", "name_font": {"size": 12}})
        chart.set_y_axis({"min": -1, "max": 1, "name": "balance"})
        chart.set_x_axis({"label_position": "low"})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 900, "height": 340})
        sheet.insert_chart(last + 2, 0, chart, {"description": "The balance of each theme in each group"})

    def findings(self, links: Mapping[str, str]) -> None:
        """Every finding, to filter: its tags and scores, its context, and a link to its page."""
        sheet = self.book.add_worksheet("Findings")
        themes = [column for theme in self.codebook.themes for column in (theme.title, f"{theme.title} score")]
        heads = [
            "Report",
            "Page",
            "Paragraph",
            "Section",
            "Lead-in",
            "Finding",
            "Score",
            "Sentiment",
            "Sentiment score",
        ]
        heads += [*themes, "Evidence"]
        self._row(sheet, 0, heads, [self.head] * len(heads))
        for at, finding in enumerate(self.counted.findings, 1):
            self._row(sheet, at, *self._finding(finding))
            page, uri = finding.sentence.page, links.get(finding.sentence.report)
            if page and uri and at <= _MOST_LINKS:
                address = f"external:{unquote(uri)}#page={page}"
                sheet.write_url(at, 1, address, self.link, str(page), f"Page {page} of the report")
        for column, width in enumerate([26, 6, 10, 30, 30, 80, 8, 11, 10]):
            sheet.set_column(column, column, width)
        sheet.set_column(9, 8 + len(themes), 12)
        sheet.set_column(9 + len(themes), 9 + len(themes), 40)
        sheet.freeze_panes(1, 1)
        last = max(1, len(self.counted.findings))
        sheet.autofilter(0, 0, last, len(heads) - 1)
        for sentiment in self.scale:
            style = self._format(font_color=self._colour(sentiment.name))
            rule = {"type": "cell", "criteria": "==", "value": f'"{sentiment.name}"', "format": style}
            sheet.conditional_format(1, 7, last, 8 + len(themes), rule)

    def _finding(self, finding: Finding) -> tuple[list[object], list[Format | None]]:
        at = finding.sentence
        tags = {tag.theme: tag for tag in finding.themes}
        themes: list[object] = []
        for name in self.codebook.theme_names:
            tag = tags.get(name)
            themes += [None, None] if tag is None else [tag.sentiment or "yes", tag.score]
        evidence = "; ".join(dict.fromkeys(word for tag in finding.themes for word in tag.evidence))
        values = [at.report, at.page, at.paragraph, at.section, at.lead_in, at.text, finding.finding_score]
        values += [finding.sentiment, finding.sentiment_score]
        styles: list[Format | None] = [self.top, self.top, self.top, self.wrap, self.wrap, self.wrap, self.score]
        styles += [self.top, self.score, *[self.top, self.score] * len(self.codebook.themes), self.wrap]
        return [*values, *themes, evidence], styles

    def reports(self) -> None:
        """What each report says of itself, and its judgements as it prints them."""
        sheet = self.book.add_worksheet("Reports")
        fields = ["title", "authority", "kind", "inspection_start", "inspection_end", "published", "publisher"]
        heads = ["Report", *(field.replace("_", " ").capitalize() for field in fields), "Pages", "Judgements"]
        self._row(sheet, 0, heads, [self.head] * len(heads))
        for at, report in enumerate(self.counted.reports, 1):
            about = [getattr(report.metadata, field) for field in fields]
            judged = "\n".join(f"{found.judgement}: {found.grade}" for found in report.judgements)
            self._row(sheet, at, [report.name, *about, report.pages], [self.top, *[self.wrap] * 7, self.top])
            sheet.write_string(at, 9, "\n".join(inert(line) for line in judged.split("\n")), self.wrap)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 7, 22)
        sheet.set_column(9, 9, 70)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(self.counted.reports)), len(heads) - 1)

    def about(self, manifest: Manifest) -> None:
        """How to read the workbook, and the model's digest."""
        sheet = self.book.add_worksheet("About")
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 110)
        for at, (title, paragraph) in enumerate(about(self.counted, manifest)):
            self._row(sheet, at, [title, paragraph], [self._format(bold=True, valign="top"), self.wrap])


def _counts(group: Group) -> list[object]:
    return [count for theme in group.themes for count in (theme.sentiments.values() or [theme.findings])]
