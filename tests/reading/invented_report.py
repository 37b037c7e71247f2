"""One report about an invented authority, and what makes a file of it in each format."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

import docx
import pptx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt


class Piece(NamedTuple):
    """A heading (its level), a paragraph (1 where it is numbered), a bullet (its level) or a table row."""

    kind: str
    text: str
    level: int = 0
    note: str = ""


REPORT = (
    Piece("heading", "Inspection of children’s services in Norhaven", 1),
    Piece("heading", "Summary", 2),
    Piece(
        "paragraph",
        "Services for children in Norhaven have improved since the last visit. Leaders know where practice is weak, "
        "and decision-making about risk is now prompt in almost every case that inspectors saw.",
    ),
    Piece(
        "paragraph", "The council took over its front door from a partner, Marrow Trust, in May.", note="See annex B."
    ),
    Piece("paragraph", "What needs to improve:"),
    Piece("bullet", "the timeliness of assessments, in particular:", 1),
    Piece("bullet", "assessments of disabled children", 2),
    Piece("bullet", "updates after a change of circumstances", 2),
    Piece("bullet", "the oversight of visits to children by team managers", 1),
    Piece("heading", "Findings", 2),
    Piece("paragraph", "Thresholds for early help are understood. Most partners apply them well.", 1),
    Piece("paragraph", "Social workers’ caseloads are too high in the two northern teams.", 1),
    Piece(
        "paragraph",
        "Supervision is regular (e.g. every four weeks), but records of it seldom show how Dr. Quill’s advice changed "
        "a child’s plan.",
        1,
    ),
    Piece("row", "Judgement | Grade"),
    Piece("row", "Leadership of the service | Good"),
    Piece("row", "Help for families | Requires improvement"),
    Piece("heading", "Next steps", 2),
    Piece("paragraph", "The authority will send its plan to the inspectorate by the end of the summer."),
)
HEADER = "Inspection report: Norhaven"
NEW_PAGES = ("Findings", "Next steps")

DECK = (
    (
        "Thresholds",
        (("Partners understand the thresholds", 1), ("Step-down is still slow", 2), ("Audits are honest", 1)),
    ),
    ("Workforce", (("Caseloads have fallen to sixteen", 1), ("Agency staff fill one post in five", 1))),
)


def as_docx() -> bytes:
    """The report as a Word document with automatic numbers, a real footnote and a running header."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(11)
    document.sections[0].header.paragraphs[0].text = HEADER
    notes: list[str] = []
    rows: list[list[str]] = []
    for piece in REPORT:
        if rows and piece.kind != "row":
            _add_table(document, rows)
            rows = []
        if piece.kind == "heading":
            heading = document.add_heading(piece.text, piece.level - 1)
            heading.paragraph_format.page_break_before = piece.text in NEW_PAGES
        elif piece.kind == "bullet":
            document.add_paragraph(piece.text, "List Bullet" if piece.level == 1 else f"List Bullet {piece.level}")
        elif piece.kind == "row":
            rows.append(piece.text.split(" | "))
        else:
            paragraph = document.add_paragraph(piece.text, "List Number" if piece.level else None)
            if piece.note:
                notes.append(piece.note)
                _cite(paragraph, len(notes))
    _add_notes(document, notes)
    return saved(document)


def saved(document: Any) -> bytes:
    """The bytes of a python-docx or python-pptx document."""
    document.core_properties.author = document.core_properties.last_modified_by = "Findings"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.bold = row is table.rows[0] or texts is rows[0]


def _cite(paragraph: Any, number: int) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)


def _add_notes(document: Any, notes: list[str]) -> None:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t xml:space="preserve"> {note}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    ends = "".join(
        f'<w:footnote w:id="{number}" w:type="{kind}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for number, kind, mark in (
            (-1, "separator", "separator"),
            (0, "continuationSeparator", "continuationSeparator"),
        )
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{namespace}">{ends}{body}</w:footnotes>'.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def as_html() -> bytes:
    """The report as a council's web page, with the site's furniture around it."""
    body: list[str] = []
    notes: list[str] = []
    last = Piece("", "")
    for piece in (*REPORT, Piece("", "")):
        body.append(_html_between(last, piece))
        if piece.kind == "heading":
            body.append(f"<h{piece.level}>{piece.text}</h{piece.level}>")
        elif piece.kind == "bullet" or (piece.kind == "paragraph" and piece.level):
            body.append(f"<li>{piece.text}")
        elif piece.kind == "row":
            tag = "th" if last.kind != "row" else "td"
            body.append("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in piece.text.split(" | ")) + "</tr>")
        elif piece.kind == "paragraph":
            if piece.note:
                notes.append(piece.note)
            mark = f'<sup><a href="#note{len(notes)}">{len(notes)}</a></sup>' if piece.note else ""
            body.append(f"<p>{piece.text}{mark}</p>")
        last = piece
    foot = "".join(f'<p id="note{number}">{note} <a href="#top">↩</a></p>' for number, note in enumerate(notes, 1))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Norhaven</title></head><body>'
        f'<div id="cookie-banner"><p>We use cookies.</p></div><nav><ul><li><a href="/">Home</a></ul></nav>'
        f"<main>{''.join(body)}{foot}</main><footer><p>{HEADER}</p></footer></body></html>"
    ).encode()


def _html_between(last: Piece, piece: Piece) -> str:
    """The tags that end and begin lists and tables between two pieces."""

    def depth(of: Piece) -> int:
        return of.level if of.kind == "bullet" else 0

    tags = "<ul>" * (depth(piece) - depth(last)) + "</ul>" * (depth(last) - depth(piece))
    for kind, tag in (("paragraph", "ol"), ("row", "table")):
        was, now = (of.kind == kind and bool(of.level or kind == "row") for of in (last, piece))
        tags += f"</{tag}>" if was and not now else f"<{tag}>" if now and not was else ""
    return tags


def as_markdown() -> bytes:
    """The report in Markdown."""
    lines: list[str] = []
    notes: list[str] = []
    number = 0
    last = ""
    for piece in REPORT:
        if piece.kind != last or piece.kind in ("paragraph", "heading"):
            lines.append("")
        if piece.kind == "heading":
            lines.append(f"{'#' * piece.level} {piece.text}")
        elif piece.kind == "bullet":
            lines.append(f"{'  ' * (piece.level - 1)}- {piece.text}")
        elif piece.kind == "row":
            lines.append(f"| {piece.text} |")
            if last != "row":
                lines.append("|---|---|")
        else:
            number += piece.level
            if piece.note:
                notes.append(piece.note)
            lines.append(f"{number}. " * piece.level + piece.text + f"[^{len(notes)}]" * bool(piece.note))
        last = piece.kind
    lines += ["", *(f"[^{number}]: {note}" for number, note in enumerate(notes, 1))]
    return "\n".join(lines).encode()


def as_pptx() -> bytes:
    """The deck as slides, with speaker notes."""
    deck = pptx.Presentation()
    for title, bullets in DECK:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        frame = slide.placeholders[1].text_frame
        for at, (text, level) in enumerate(bullets):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.text, paragraph.level = text, level - 1
        slide.notes_slide.notes_text_frame.text = "Say this slowly."
    return saved(deck)
