"""A summary as pages to paste into a paper: Markdown with footnotes, and Word with its sources at the end."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from findings.exports.about import Manifest, about
from findings.exports.figures import signed
from findings.exports.inert import inert
from findings.quotations import Quotation
from findings.report import Sentence
from findings.summary import Group, Summary

# What Markdown would take for markup, and HTML for a tag.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~^])")


def source(sentence: Sentence) -> str:
    """Where a quotation stands, as a footnote says it."""
    parts = [sentence.report]
    parts += [f"page {sentence.page}"] if sentence.page else []
    parts += [f"paragraph {sentence.paragraph}"] if sentence.paragraph else []
    parts += [f"“{sentence.section}”"] if sentence.section else []
    return inert(", ".join(parts))


@dataclass(slots=True)
class _Pages:
    """What both formats say, in the order in which they say it; `sources` are numbered as they are quoted."""

    summary: Summary
    sources: list[str] = field(default_factory=list)

    def heading(self) -> str:
        names = self.summary.whole.reports
        return f"What {inert(names[0])} found" if len(names) == 1 else f"What {len(names)} reports found"

    def lead(self) -> str:
        whole = self.summary.whole
        parts = ", ".join(f"{count:,} {name}" for name, count in whole.sentiments.items())
        counted = f"{whole.findings:,} findings in {whole.sentences:,} sentences"
        return f"{counted}: {parts}." if parts else f"{counted}."

    def themes(self) -> list[list[str]]:
        """The table of themes, its head first."""
        codebook = self.summary.codebook
        columns = [codebook.sentiment(name).title for name in codebook.theme_sentiment_names] or ["Findings"]
        table = [["Theme", *columns, "In 100 findings", *(["Balance"] if self.summary.has_balance else [])]]
        for theme in self.summary.whole.themes:
            counts = [str(count) for count in theme.sentiments.values()] or [str(theme.findings)]
            share = "" if theme.share is None else f"{100 * theme.share:.1f}"
            balance = [signed(theme.balance)] if self.summary.has_balance else []
            table.append([codebook.theme(theme.theme).title, *counts, share, *balance])
        return table

    def groups(self) -> list[list[str]]:
        """The table of groups, its head first; empty where there is one group."""
        if len(self.summary.groups) < 2:
            return []
        titles = [theme.title for theme in self.summary.codebook.themes]
        table = [[" · ".join(self.summary.by).capitalize(), "Findings", *titles]]
        return table + [[inert(group.name), str(group.findings), *self._cells(group)] for group in self.summary.groups]

    def _cells(self, group: Group) -> Iterator[str]:
        for theme in group.themes:
            signs = "+−" if self.summary.has_balance else "  "
            counts = [f"{sign}{count}".strip() for sign, count in zip(signs, theme.sentiments.values(), strict=False)]
            yield " ".join(counts) or str(theme.findings)

    def quotations(self) -> Iterator[tuple[str, list[tuple[Quotation, int]]]]:
        """Each theme's title with its quotations, and the number of each one's source."""
        for theme in self.summary.whole.themes:
            quoted = []
            for quotation in (quotation for some in theme.quotations.values() for quotation in some):
                self.sources.append(source(quotation.finding.sentence))
                quoted.append((quotation, len(self.sources)))
            if quoted:
                yield self.summary.codebook.theme(theme.theme).title, quoted


def _quoted(quotation: Quotation) -> tuple[str, str]:
    """What stands before the quotation, and the quotation itself."""
    at = quotation.finding.sentence
    label = f"{quotation.sentiment.capitalize()}: " if quotation.sentiment else ""
    return label, inert(f"{at.lead_in} {at.text}" if at.lead_in else at.text)


def markdown(summary: Summary, manifest: Manifest) -> str:
    """The summary in Markdown, its quotations with footnotes."""
    pages = _Pages(summary)
    parts = [f"# {_plain(pages.heading())}", _plain(pages.lead()), _table(pages.themes())]
    for title, quotations in pages.quotations():
        parts.append(f"## {_plain(title)}")
        lines = [(*_quoted(quotation), number) for quotation, number in quotations]
        parts.append("\n".join(f"- {label}“{_plain(text)}”[^{number}]" for label, text, number in lines))
    if pages.groups():
        parts += [f"## By {' and '.join(summary.by)}", _table(pages.groups())]
    parts.append("## How to read this")
    parts += [f"**{_plain(title)}.** {_plain(paragraph)}" for title, paragraph in about(summary, manifest)]
    parts.append("\n".join(f"[^{number}]: {_plain(text)}" for number, text in enumerate(pages.sources, 1)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _table(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(map(_plain, row)) + " |" for row in rows]
    return "\n".join([lines[0], "|---" + "|---:" * (len(rows[0]) - 1) + "|", *lines[1:]])


def docx(summary: Summary, manifest: Manifest) -> bytes:
    """The bytes of a Word document: the tables, the quotations with numbers, and their sources at the end."""
    from docx import Document

    pages = _Pages(summary)
    document = Document()
    document.core_properties.author = "Findings"
    document.core_properties.title = pages.heading()
    document.add_heading(pages.heading(), 0)
    document.add_paragraph(pages.lead())
    _add_table(document, pages.themes())
    for title, quotations in pages.quotations():
        document.add_heading(title, 2)
        for quotation, number in quotations:
            label, text = _quoted(quotation)
            paragraph = document.add_paragraph(style="List Bullet")
            paragraph.add_run(label).bold = True
            paragraph.add_run(f"“{text}”")
            paragraph.add_run(str(number)).font.superscript = True
    if pages.groups():
        document.add_heading(f"By {' and '.join(summary.by)}", 1)
        _add_table(document, pages.groups())
    document.add_heading("Sources", 1)
    for number, text in enumerate(pages.sources, 1):
        document.add_paragraph(f"{number}. {text}")
    document.add_heading("How to read this", 1)
    for title, text in about(summary, manifest):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{title}. ").bold = True
        paragraph.add_run(inert(text))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_table(document, rows: list[list[str]]) -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(len(rows), len(rows[0]), style="Light List Accent 1")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, cells, strict=True):
            cell.text = value
