"""OpenDocument texts: what their structure becomes."""

from __future__ import annotations

import pytest
from documents import blocks, furniture, open_document, rezipped

from findings.errors import ReadError
from findings.reading import read_report

LIST = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" '
    'text:display-levels="1"/><text:list-level-style-bullet text:level="3" text:bullet-char="-"/></text:list-style>'
)
BOLD = (
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
)


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_headings_notes_and_spaces() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Of forty.</text:p></text:note-body></text:note>"
    )
    body = (
        '<text:h text:outline-level="2">Visits</text:h>'
        + p(f"All<text:s/>were{note}<text:tab/>prompt.<text:line-break/>Some were late.")
        + '<text:h text:outline-level="1">Plans</text:h>'
    )
    assert blocks(open_document(body)) == [
        ("heading", "Visits"), ("paragraph", "All were prompt. Some were late."), ("paragraph", "Of forty."),
        ("heading", "Plans"),
    ]  # fmt: skip


def test_lists_are_numbered_go_on_and_start_anew() -> None:
    def items(*texts: str, more: str = "") -> str:
        content = "".join(f"<text:list-item>{p(text)}</text:list-item>" for text in texts)
        return f'<text:list text:style-name="L" {more}>{content}</text:list>'

    deepest = f"<text:list><text:list-item>{p('D')}</text:list-item></text:list>"
    inner = f"<text:list><text:list-item>{p('C')}{deepest}</text:list-item></text:list>"
    body = (
        f'<text:list text:style-name="L"><text:list-item>{p("A")}</text:list-item><text:list-item>{p("B")}{inner}'
        f"</text:list-item></text:list>{p('between')}"
        + items("E", more='text:continue-numbering="true"')
        + items("F", "G")
    )
    report = read_report(open_document(body, styles=LIST))
    assert [(b.kind, b.number, b.level, b.text) for b in report.blocks] == [
        ("paragraph", "1", 0, "A"), ("paragraph", "2", 0, "B"), ("paragraph", "a", 0, "C"), ("bullet", None, 3, "D"),
        ("paragraph", None, 0, "between"), ("paragraph", "3", 0, "E"), ("paragraph", "1", 0, "F"),
        ("paragraph", "2", 0, "G"),
    ]  # fmt: skip


def test_deletions_comments_and_hidden_text_are_left_out_and_contents_are_furniture() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Visits 3</text:p></text:index-body></text:table-of-content>"
        + p('Visits <office:annotation><text:p>really?</text:p></office:annotation>are <text:span text:style-name="H">'
            "not </text:span>prompt.")
    )  # fmt: skip
    data = open_document(body, styles=BOLD)
    assert blocks(data) == [("paragraph", "Visits are prompt.")]
    assert furniture(data) == ["Visits 3"]


def test_bold_lines_text_boxes_and_tables() -> None:
    bold = '<text:span text:style-name="B">{}</text:span>'
    cells = "".join(f"<table:table-cell>{p(text)}</table:table-cell>" for text in ("{}", "{}"))
    rows = "".join(
        f"<table:table-row>{cells.format(*texts)}</table:table-row>"
        for texts in (("Visits", "Late"), ("Plans", "Clear"))
    )
    head = f"<table:table-row>{cells.format('Area', 'Grade')}</table:table-row>"
    head = f"<table:table-header-rows>{head}</table:table-header-rows>"
    box = f"<draw:frame><draw:text-box>{p('Inside the box.')}</draw:text-box></draw:frame>"
    body = p(bold.format("What we saw")) + p(f"Before {box}after.") + f"<table:table>{head}{rows}</table:table>"
    report = read_report(open_document(body, styles=BOLD))
    assert [(b.kind, b.text, b.columns) for b in report.blocks] == [
        ("heading", "What we saw", ()), ("paragraph", "Before after.", ()), ("paragraph", "Inside the box.", ()),
        ("row", "Area | Grade", ()), ("row", "Visits | Late", ("Area", "Grade")),
        ("row", "Plans | Clear", ("Area", "Grade")),
    ]  # fmt: skip


def test_repeated_spaces_and_cells_do_not_grow() -> None:
    cell = f'<table:table-cell table:number-columns-repeated="99999999">{p("Late")}</table:table-cell>'
    body = p('a<text:s text:c="999999999"/>b') + (
        f"<table:table><table:table-row>{cell}<table:table-cell>{p('Clear')}</table:table-cell></table:table-row>"
        "</table:table>"
    )
    assert blocks(open_document(body)) == [("paragraph", "a b"), ("row", "Late | Clear")]


def test_an_encrypted_file_says_so() -> None:
    manifest = b"<manifest><file-entry full-path='content.xml'><encryption-data/></file-entry></manifest>"
    data = rezipped(open_document(p("x")), {"META-INF/manifest.xml": manifest})
    with pytest.raises(ReadError, match=r"^report: it is encrypted: .* save it without its password"):
        read_report(data)
