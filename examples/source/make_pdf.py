"""Make ../marlhaven-2023.pdf from marlhaven-2023.md: `pip install reportlab && python make_pdf.py`.

The PDF has what real inspection reports have: a title page with a table of judgements, a contents list, running
headers and footers, numbered paragraphs that run over page ends, and bullets in a symbol font's place.
"""

from __future__ import annotations

import re
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table
from reportlab.platypus.tableofcontents import TableOfContents

HERE = Path(__file__).parent
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=14.5, spaceAfter=8, alignment=TA_LEFT)
TITLE = ParagraphStyle("title", BODY, fontName="Helvetica-Bold", fontSize=22, leading=27, spaceAfter=10)
HEADING = ParagraphStyle("heading", BODY, fontName="Helvetica-Bold", fontSize=14, leading=18, spaceBefore=10)
NUMBERED = ParagraphStyle("numbered", BODY, leftIndent=9 * mm, bulletIndent=0)
BULLET = ParagraphStyle("bullet", BODY, leftIndent=9 * mm, bulletIndent=4 * mm, spaceAfter=4)


class Document(BaseDocTemplate):
    """An A4 document with a running header and a footer, whose headings go into the contents list."""

    def __init__(self, path: Path, header: str) -> None:
        super().__init__(str(path), pagesize=A4, title=header, author="Findings", invariant=1, lang="en-GB")
        self.header = header
        frame = Frame(25 * mm, 22 * mm, A4[0] - 50 * mm, A4[1] - 50 * mm)
        self.addPageTemplates(PageTemplate(frames=[frame], onPage=self.furniture))

    def furniture(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        """Draw the header and footer that stand on every page."""
        canvas.setFont("Helvetica", 8)
        canvas.drawString(25 * mm, A4[1] - 15 * mm, self.header)
        canvas.drawCentredString(A4[0] / 2, 12 * mm, str(document.page))

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (reportlab's name)
        """Note a heading for the contents list."""
        if isinstance(flowable, Paragraph) and flowable.style.name == "heading":
            self.notify("TOCEntry", (0, flowable.getPlainText(), self.page))


def flowables(lines: list[str]) -> list[Flowable]:
    """The Markdown lines as flowables; a blank line parts them, and rows of a table stand together."""
    story: list[Flowable] = []
    rows = [[Paragraph(cell.strip(), BODY) for cell in line.strip("|").split("|")] for line in lines if line[0] == "|"]
    for line in lines:
        numbered = re.match(r"(\d+)\. (.*)", line)
        if line.startswith("## "):
            story.append(Paragraph(line[3:], HEADING))
        elif line.startswith("# "):
            story.append(Paragraph(line[2:], TITLE))
        elif line.startswith("|"):
            if rows:
                grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
                table = Table(rows, colWidths=[100 * mm, 56 * mm], style=grid, repeatRows=1)
                contents = TableOfContents(levelStyles=[BODY], dotsMinLevel=0)
                story += [table, Spacer(0, 8 * mm), Paragraph("<b>Contents</b>", BODY), contents, Spacer(0, 8 * mm)]
                rows = []
        elif line.startswith("- "):
            story.append(Paragraph(line[2:], BULLET, bulletText="\N{BULLET}"))
        elif numbered:
            story.append(Paragraph(numbered[2], NUMBERED, bulletText=f"{numbered[1]}."))
        else:
            story.append(Paragraph(line, BODY))
    return story


if __name__ == "__main__":
    source = HERE / "marlhaven-2023.md"
    text = [line for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    target = HERE.parent / "marlhaven-2023.pdf"
    Document(target, "Inspection report: Marlhaven County Council, 12 to 23 June 2023").multiBuild(flowables(text))
