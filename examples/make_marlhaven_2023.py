"""Make marlhaven-2023.pdf: `pip install reportlab && python make_marlhaven_2023.py`.

The PDF has what real inspection reports have: a title page with a table of judgements, a contents list, running
headers and footers, numbered paragraphs that run over page ends, and bullets.
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


def blocks(markdown: str) -> list[str]:
    """The blocks of Markdown, each as one line: a blank line, a bullet or a table row starts a new one."""
    parts = re.split(r"\n\n|\n(?=- |\|)", markdown.strip())
    return [" ".join(part.split()) for part in parts]


def flowables(lines: list[str]) -> list[Flowable]:
    """The Markdown blocks as flowables; the rows of the one table stand together."""
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


REPORT = """\
# Marlhaven County Council

Inspection of local authority children's services

Inspection dates: 12 June 2023 to 23 June 2023

Lead inspector: Ruth Amberley

| Judgement | Grade |
| Leadership and its effect on practice | Requires improvement |
| Help and protection | Requires improvement |
| Children in care | Good |
| Care leavers | Good |
| Overall effectiveness | Requires improvement |

Marlhaven is an invented county on the east coast, with some 61,000 children and young people in three market
towns, a port and a long string of villages. Two thousand one hundred children were open to the council's
services in the week before this inspection. Work with children in care and with care leavers has been good
for some years and remains so. Help and protection are a different story: partners do not share one view of
when a child should be referred, and too many families are assessed late. A new director, in post since
November 2021, has brought energy and candour, and staff speak warmly of the change. Her plan is the right
one, but it has not yet reached every team, and the quality of what children receive still depends on which
office answers the telephone.

## What needs to improve?

Leaders in Marlhaven need to improve:

- The consistency with which thresholds are applied at the front door, including when a case is stepped down
  to early help.
- The timeliness of assessments, and of visits to children who are subject to a child protection plan.
- Supervision that is regular, that challenges and that leaves a record of why a decision was made.
- The capacity of the assessment teams, so that no social worker carries more cases than the council's own
  limit.
- The use of performance information by team managers, who should know every week where drift is setting in.

## Help and protection: requires improvement

1. Families in Marlhaven can turn to a well-run network of eleven family hubs. Parents told inspectors that
the workers there listened to them and did not judge. Early help plans are mostly clear about what should
change and by when. They are reviewed on time, and in the north of the county a family rarely waits longer
than a week to be seen.

2. The front door is busy, orderly and led by managers with long experience of the work. Most contacts are
screened within a day. The decisions that follow are less secure. In a third of the records seen, a family
that plainly needed a social worker had been sent to early help instead, and some came back within weeks with
their difficulties worse. Conversely, schools and the police send in many contacts that need no service at
all, because the guidance on levels of need is read differently in each agency. Where the concern is grave,
such as a fresh injury to a baby, the response is quick and correctly pitched, and strategy discussions bring
the right people together the same day.

3. Strategy discussions about older children are slower. Several took place four or five days after the
referral, and health colleagues were missing from half of them. Section 47 enquiries are thorough once they
begin, and the reasons for going on to a child protection conference, or for stopping, are nearly always
sound.

4. Too many assessments take longer than the council's own standard of 35 working days. At the time of the
inspection 140 were overdue, 31 of them by more than a month, and in the meantime children waited for help
that nobody had yet planned. Assessments that are completed are usually thoughtful. They draw well on history
and on what fathers have to say.

5. Visits to children who are subject to a child protection plan are irregular in the two southern teams. Some
children had not been seen for seven weeks. When social workers do visit they see children alone, and their
notes of what a child said are vivid and kind. Initial conferences are held within 15 days in nine cases out
of ten, which is a marked improvement on last year.

6. Most core groups meet as they should, although their minutes seldom say whether risk is going up or down.
As a result, a small number of children stay on plans for longer than they need to, and a few come off before
anything has really changed. Pre-proceedings letters are clear, but are sent late, after months in which a
plan was known not to be working.

7. Disabled children are assessed promptly by a skilled and settled team. Work with children who go missing
has improved: return interviews are offered to all of them and take place in time for seven in ten.
Arrangements for homeless 16- and 17-year-olds are weak, because the joint protocol with the district councils
has not been updated since 2014.

## Children in care: good

8. Children are taken into care when it is necessary and not before. Their plans for permanence are considered
early, usually by the second review, and few children drift. Independent reviewing officers know their
children well, see them between reviews and do not hesitate to escalate a concern. Health assessments are
completed on time, although the written summaries that reach carers can be thin.

9. Most children live close to home with carers who are warm, patient and well matched to them. Sibling groups
are kept together wherever this is safe. Fourteen children had moved three times or more in the year before
the inspection. The virtual school is ambitious and its personal education plans are among the best that
inspectors have read this year.

## Care leavers: good

10. Personal advisers keep in touch with almost every care leaver, and young people describe them as people
who turn up. Pathway plans are written with the young person, and are updated when life changes rather than
when the calendar says so. Suitable accommodation is available to all but a handful.

## Leadership and its effect on practice: requires improvement

11. Senior leaders know their service. Their self-evaluation is honest, and it identified every one of the
weaknesses in this report. Elected members ask searching questions of officers and have protected the budget
for social work. The improvement board, chaired independently, holds each agency to account for what it has
promised.

12. What leaders know has not always become what managers do. Supervision takes place monthly in most teams,
but in the southern office a quarter of staff had gone without it for two months or more. Where it is
recorded, the record lists tasks and gives little sense of reflection or challenge. Managers sign off
assessments that ought to have been returned. Case audits are frequent and moderated with care, yet their
lessons are slow to reach practitioners, and actions agreed with a social worker are not followed up.

13. A dashboard introduced in the spring shows leaders daily how many assessments and visits are due. Team
managers use it unevenly. Some had not opened it.

14. Recruitment is going well. Forty-two permanent social workers have joined since January 2022, the vacancy
rate has fallen from 31% to 12% and fewer children have to get used to a new face. Caseloads nevertheless
remain too high in the assessment teams, where newly qualified workers hold as many as 27 children. The
academy offers a varied programme of training, and those who attend rate it highly. Morale is good: staff told
inspectors that they feel safe, heard and proud to work for Marlhaven.

## About this inspection

Five inspectors spent two weeks in Marlhaven. They read the records of 164 children, sat in on meetings and
visits, and spoke with children, parents, carers, practitioners, managers and partner agencies. The inspection
followed the framework that was in force in 2023.
"""

if __name__ == "__main__":
    target = Path(__file__).with_name("marlhaven-2023.pdf")
    document = Document(target, "Inspection report: Marlhaven County Council, 12 to 23 June 2023")
    document.multiBuild(flowables(blocks(REPORT)))
