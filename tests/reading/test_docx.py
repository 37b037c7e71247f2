"""Word documents: what their structure becomes."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from documents import blocks, furniture, rezipped, word_document
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_report import saved

from findings.errors import ReadError
from findings.reading import read_report

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def test_tracked_insertions_are_read_and_deletions_left_out() -> None:
    body = paragraph(
        run("Visits are "),
        "<w:del><w:r><w:delText>late</w:delText></w:r></w:del>",
        f"<w:ins>{run('prompt')}</w:ins>",
        f"<w:moveFrom>{run(' moved')}</w:moveFrom>",
        run("."),
    )
    assert blocks(word_document(body)) == [("paragraph", "Visits are prompt.")]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    body = paragraph(run("Plans are "), properties="<w:rPr><w:del/></w:rPr>") + paragraph(run("clear."))
    assert blocks(word_document(body)) == [("paragraph", "Plans are clear.")]


def test_hidden_text_and_page_fields_are_left_out_and_other_fields_keep_their_result() -> None:
    def complex_field(instruction: str, result: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    body = paragraph(
        run("See "), complex_field(" REF x ", "annex B"), run(" secret", "<w:vanish/>"), complex_field(" PAGE ", "9"),
        f'<w:fldSimple w:instr=" DATE ">{run(" of May")}</w:fldSimple>',
    )  # fmt: skip
    assert blocks(word_document(body)) == [("paragraph", "See annex B of May")]


def test_a_contents_list_is_furniture_by_field_style_control_or_dots() -> None:
    field = paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        run("By field 3"),
    ) + paragraph(run("Also by field 4"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph(run('By control'))}</w:sdtContent></w:sdt>"
    )
    dots = paragraph(run("By dots ........ 12"))
    data = word_document(field + control + dots + paragraph(run("Staff stay.")))
    assert blocks(data) == [("paragraph", "Staff stay.")]
    assert furniture(data) == ["By field 3", "Also by field 4", "By control", "By dots ........ 12"]


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph(run('Inside the box.'))}</w:txbxContent>"
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    data = word_document(paragraph(run("Before "), drawing, run("and after.")))
    assert blocks(data) == [("paragraph", "Before and after."), ("paragraph", "Inside the box.")]


@pytest.mark.parametrize(
    ("text", "bold", "kind"),
    [
        ("What inspectors saw", True, "heading"),
        ("What inspectors saw", False, "paragraph"),
        ("The council should:", True, "paragraph"),
        ("All children were seen.", True, "paragraph"),
        ("word " * 20, True, "paragraph"),
    ],
)
def test_a_short_bold_paragraph_is_a_heading(text: str, bold: bool, kind: str) -> None:
    assert blocks(word_document(paragraph(run(text, "<w:b/>" * bold)))) == [(kind, text.strip())]


def test_heading_levels_come_from_style_and_outline() -> None:
    document = docx.Document()
    document.add_heading("The title", 0)
    document.add_heading("A section", 1)
    document.add_heading("A part of it", 2)
    outlined = document.add_paragraph("By outline")
    outlined._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="3"/>'))
    document.add_paragraph().add_run("By its look").bold = True
    report = read_report(saved(document))
    assert [(b.text, b.level) for b in report.blocks if b.kind == "heading"] == [
        ("The title", 1), ("A section", 1), ("A part of it", 2), ("By outline", 4), ("By its look", 5),
    ]  # fmt: skip


def numbered(depth: int, text: str, instance: int = 77) -> str:
    return paragraph(run(text), properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{instance}"/></w:numPr>')


def with_numbering(body: str, levels: str, instances: str) -> bytes:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>'))
    for instance in parse_xml(f"<w:nums {W}>{instances}</w:nums>"):
        numbering.append(instance)
    for element in parse_xml(f"<w:body {W}>{body}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    return saved(document)


LEVELS = "".join(
    f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for depth, (start, style, text) in enumerate(
        [(4, "decimal", "%1."), (1, "decimal", "%1.%2"), (1, "lowerLetter", "(%3)"), (1, "bullet", "-")]
    )
)
INSTANCE = '<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'


def test_automatic_numbers_are_counted_as_word_prints_them() -> None:
    body = "".join(
        numbered(depth, text)
        for depth, text in [(0, "A"), (1, "B"), (1, "C"), (2, "D"), (2, "E"), (3, "F"), (0, "G"), (1, "H"), (2, "I")]
    )
    report = read_report(with_numbering(body, LEVELS, INSTANCE))
    assert [(b.kind, b.number, b.level, b.text) for b in report.blocks] == [
        ("paragraph", "4", 0, "A"), ("paragraph", "4.1", 0, "B"), ("paragraph", "4.2", 0, "C"),
        ("paragraph", "a", 0, "D"), ("paragraph", "b", 0, "E"), ("bullet", None, 4, "F"),
        ("paragraph", "5", 0, "G"), ("paragraph", "5.1", 0, "H"), ("paragraph", "a", 0, "I"),
    ]  # fmt: skip


def test_a_list_goes_on_in_another_instance_unless_it_starts_anew() -> None:
    instances = INSTANCE + (
        '<w:num w:numId="78"><w:abstractNumId w:val="77"/></w:num>'
        '<w:num w:numId="79"><w:abstractNumId w:val="77"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    body = numbered(0, "A") + numbered(0, "B", 78) + numbered(0, "C", 79) + numbered(0, "D", 79)
    report = read_report(with_numbering(body, LEVELS, instances))
    assert [block.number for block in report.blocks] == ["4", "5", "1", "2"]


def test_a_label_in_words_stays_in_the_text() -> None:
    levels = '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Recommendation %1:"/></w:lvl>'
    data = with_numbering(numbered(0, "Visit weekly.") + numbered(0, "Record it."), levels, INSTANCE)
    assert blocks(data) == [
        ("paragraph", "Recommendation I: Visit weekly."),
        ("paragraph", "Recommendation II: Record it."),
    ]


def test_typed_bullets_and_lines_are_told_apart() -> None:
    document = docx.Document()
    document.add_paragraph("• seen late\n• seen alone\nby their worker")
    document.add_paragraph("One line\nand the same sentence")
    assert blocks(saved(document)) == [
        ("bullet", "seen late"), ("bullet", "seen alone by their worker"),
        ("paragraph", "One line and the same sentence"),
    ]  # fmt: skip


def table(*rows: tuple[str, ...], bold: int = 0, spans: dict[tuple[int, int], int] | None = None) -> str:
    xml = ""
    for at, row in enumerate(rows):
        xml += "<w:tr>"
        for column, text in enumerate(row):
            span = f'<w:gridSpan w:val="{(spans or {}).get((at, column), 1)}"/>'
            xml += f"<w:tc><w:tcPr>{span}</w:tcPr>{paragraph(run(text, '<w:b/>' * (at < bold)))}</w:tc>"
        xml += "</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{xml}</w:tbl>"


def rows(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    return [(block.text, block.columns) for block in read_report(data).blocks if block.kind == "row"]


def test_a_bold_first_row_heads_the_columns() -> None:
    data = word_document(
        table(("Area", "Strength", "Weakness"), ("Visits", "", "Late"), ("Plans", "Clear", ""), bold=1)
    )
    assert rows(data) == [
        ("Area | Strength | Weakness", ()),
        ("Visits | Late", ("Area", "Weakness")),
        ("Plans | Clear", ("Area", "Strength")),
    ]


def test_a_bold_judgement_heads_nothing() -> None:
    data = word_document(table(("Overall effectiveness", "Good"), ("Leadership", "Inadequate"), bold=1))
    assert rows(data) == [("Overall effectiveness | Good", ()), ("Leadership | Inadequate", ())]


def test_a_header_over_two_columns_is_carried_by_both() -> None:
    data = word_document(table(("Area", "Year"), ("Visits", "Most", "All"), bold=1, spans={(0, 1): 2}))
    assert rows(data)[-1] == ("Visits | Most | All", ("Area", "Year", "Year"))


def test_a_box_made_of_a_table_holds_what_it_would_hold_outside() -> None:
    heading = '<w:pStyle w:val="Heading2"/>'
    cell = paragraph(run("Key points"), properties=heading) + paragraph(run("Visits are late. Plans are clear."))
    data = word_document(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>")
    assert blocks(data) == [("heading", "Key points"), ("paragraph", "Visits are late. Plans are clear.")]


def test_a_list_in_a_cell_stays_a_list() -> None:
    cell = "".join(paragraph(run(text), properties='<w:pStyle w:val="ListBullet"/>') for text in ("one", "two"))
    xml = f"<w:tr><w:tc>{paragraph(run('Visits'))}</w:tc><w:tc>{cell}</w:tc></w:tr>"
    data = word_document(f"<w:tbl><w:tblPr/><w:tblGrid/>{xml}{xml}</w:tbl>")
    assert blocks(data) == [("row", "Visits"), ("bullet", "one"), ("bullet", "two")] * 2


def test_running_headers_footers_and_watermarks_are_furniture() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Norhaven"
    document.sections[0].footer.paragraphs[0].text = "Official"
    mark = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="DRAFT"/></v:shape>'
    document.sections[0].header.paragraphs[0]._p.append(parse_xml(f"<w:r {W}><w:pict>{mark}</w:pict></w:r>"))
    document.add_paragraph("Visits are prompt.")
    data = saved(document)
    assert blocks(data) == [("paragraph", "Visits are prompt.")]
    assert furniture(data) == ["Norhaven", "DRAFT", "Official"]


def test_a_document_with_macros_is_read() -> None:
    data = word_document(paragraph(run("Visits are prompt.")))
    types = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content_types = archive.read("[Content_Types].xml").replace(types, macros)
    assert blocks(rezipped(data, {"[Content_Types].xml": content_types})) == [("paragraph", "Visits are prompt.")]


def test_a_document_without_its_main_part_is_told_of_in_one_sentence() -> None:
    data = rezipped(word_document(""), {"_rels/.rels": b"<Relationships/>"})
    with pytest.raises(ReadError, match=r"^report: the file is damaged .*: open and save it again, or fetch it again$"):
        read_report(data)


STYLES = [None, "Title", "Heading 1", "Heading 3", "List Bullet", "List Bullet 2", "List Number", "Quote", "Caption"]


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(STYLES), st.booleans(), st.sampled_from(["paragraph", "box", "cell"]))))
def test_no_paragraph_is_lost_or_read_twice(paragraphs: list[tuple[str | None, bool, str]]) -> None:
    document = docx.Document()
    for number, (style, bold, place) in enumerate(paragraphs):
        if place == "cell":
            cells = document.add_table(rows=1, cols=2).row_cells(0)
            cells[0].text, paragraph = f"beside{number}", cells[1].paragraphs[0]
        else:
            paragraph = document.add_paragraph()
        if style:
            paragraph.style = document.styles[style]
        paragraph.add_run(f"word{number}").bold = bold
        if place == "box":
            box = f"<w:txbxContent><w:p><w:r><w:t>boxed{number}</w:t></w:r></w:p></w:txbxContent>"
            paragraph._p.append(parse_xml(f"<w:r {W}><w:pict>{box}</w:pict></w:r>"))
    report = read_report(saved(document))
    words = [word for word in report.text.split() if word != "|"]
    expected: list[str] = []
    for number, (_, _, place) in enumerate(paragraphs):
        expected += [f"beside{number}"] * (place == "cell") + [f"word{number}"] + [f"boxed{number}"] * (place == "box")
    assert words == expected
