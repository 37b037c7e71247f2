"""Whatever comes in, reading gives a report or one sentence that names the file, the cause and the remedy."""

from __future__ import annotations

import re
from pathlib import Path

import invented_report as invented
import pytest
from documents import open_document, zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from findings.errors import ReadError
from findings.reading import read_report

FIXTURES = Path(__file__).parent / "fixtures"
WHOLE = {
    "docx": invented.as_docx(),
    "pptx": invented.as_pptx(),
    "html": invented.as_html(),
    "md": invented.as_markdown(),
    "odt": (FIXTURES / "norhaven.odt").read_bytes(),
    "odp": (FIXTURES / "norhaven-slides.odp").read_bytes(),
    "pdf": (FIXTURES / "norhaven.pdf").read_bytes(),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
PAGE = b"<!DOCTYPE html><html><body><p>Page not found</p></body></html>"

REFUSED = {
    "empty.pdf": (b"", "the file is empty", "again"),
    "old.doc": (OLE + "WordDocument".encode("utf-16-le"), "Word 97-2003", "soffice --convert-to docx"),
    "old.ppt": (OLE + "PowerPoint Document".encode("utf-16-le"), "PowerPoint 97-2003", "soffice --convert-to pptx"),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "password", "save it without its password"),
    "notes.rtf": (b"{\\rtf1 Visits}", "Rich Text", "soffice --convert-to docx"),
    "book.xlsx": (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "a spreadsheet", "save what it says"),
    "many.zip": (zipped({"a.txt": "x", "b.txt": "y"}), "zip archive", "unpack it"),
    "junk.pdf": (bytes(range(256)) * 20, "its content is no PDF", "again"),
    "saved.pdf": (PAGE, "a web page under a .pdf name", "fetch it again"),
    "saved.docx": (PAGE, "a web page under a .docx name", "fetch it again"),
    "saved.odt": (PAGE, "a web page under a .odt name", "fetch it again"),
    "cut.docx": (WHOLE["docx"][: len(WHOLE["docx"]) // 2], "damaged or cut short", "again"),
    "cut.pptx": (WHOLE["pptx"][: len(WHOLE["pptx"]) // 2], "damaged or cut short", "again"),
    "cut.odt": (WHOLE["odt"][: len(WHOLE["odt"]) // 2], "damaged or cut short", "again"),
    "broken.odt": (open_document("<text:p>"), "damaged", "again"),
    "endless.txt": (b"Visits are prompt. " * 5_500_000, "104 MB of text", "split it"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_one_sentence_names_the_file_the_cause_and_the_remedy(name: str) -> None:
    data, cause, remedy = REFUSED[name]
    with pytest.raises(ReadError) as raised:
        read_report(data, name=name)
    sentence = str(raised.value)
    assert sentence.startswith(f"{name}: ")
    assert re.search(f"{re.escape(cause)}.*: .*{re.escape(remedy)}", sentence)
    assert len(sentence.splitlines()) == 1


def test_a_web_page_under_any_other_name_is_a_report() -> None:
    assert read_report(PAGE, name="page.aspx").text == read_report(PAGE).text == "Page not found"


def check(data: bytes, name: str = "report") -> None:
    """Read `data`: it must give a report whose blocks are its text, each once and in order, or a `ReadError`."""
    report, error = None, ""
    try:
        report = read_report(data, name=name)
    except ReadError as raised:
        error = str(raised)
    if report is None:
        assert error.startswith(f"{name}: ")
        return
    at = 0
    for block in report.blocks:
        if block.kind == "furniture":
            assert block.start == block.end
            continue
        assert report.text[block.start : block.end] == block.text
        assert block.text
        assert not report.text[at : block.start].strip()
        at = block.end
    assert not report.text[at:].strip()


@given(st.binary(max_size=2000))
def test_any_bytes(data: bytes) -> None:
    check(data)


@given(
    st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", OLE, b"<!doctype html>", b"\xff\xfe", b"{\\rtf", b"# "]), st.binary()
)
def test_any_bytes_behind_a_known_beginning(head: bytes, data: bytes) -> None:
    check(head + data)


@given(st.text())
def test_any_text_as_text_and_as_a_page(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))
    check(b"<!doctype html><body>" + text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whole_files_with_a_part_changed(kind: str, data: st.DataObject) -> None:
    whole = WHOLE[kind]
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + data.draw(st.sampled_from([0, 1, 8, 5000])))))
    check(whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:])


TAGS = {
    "docx": ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:pPr", "w:numPr", "w:sdt", "w:sdtContent", "w:ins",
             "w:fldChar"],
    "odt": ["text:p", "text:h", "text:list", "text:list-item", "table:table", "table:table-row", "table:table-cell",
            "draw:frame", "text:note", "text:note-body", "text:numbered-paragraph", "text:span"],
}  # fmt: skip
ATTRIBUTES = {
    "docx": ["", ' w:val="1"', ' w:val="x"', ' w:id="-1"', ' w:fldCharType="begin"', ' w:fldCharType="end"'],
    "odt": ["", ' text:style-name="L"', ' text:outline-level="x"', ' text:level="99"', ' text:start-value="-3"',
            ' table:number-columns-spanned="-1"', ' table:number-columns-repeated="x"'],
}  # fmt: skip


@pytest.mark.parametrize("kind", TAGS)
@given(data=st.data())
def test_elements_in_any_order(kind: str, data: st.DataObject) -> None:
    from documents import word_document

    def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(
            lambda tag, attribute, parts: f"<{tag}{attribute}>{''.join(parts)}</{tag}>",
            st.sampled_from(TAGS[kind]), st.sampled_from(ATTRIBUTES[kind]), st.lists(inner, max_size=4),
        )  # fmt: skip

    body = "".join(data.draw(st.lists(st.recursive(st.just("word "), element, max_leaves=15), max_size=3)))
    whole = word_document(body.strip("word ")) if kind == "docx" else open_document(body)
    check(whole)
