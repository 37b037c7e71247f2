"""What a file is taken for, by its content."""

from __future__ import annotations

import pytest
from documents import open_document, word_document, zipped
from hypothesis import given
from hypothesis import strategies as st
from invented_report import as_docx, as_html, as_pptx

from findings.reading.sniff import sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
KINDS = {
    "pdf": (b"%PDF-1.7\n...", "pdf"),
    "pdf after junk": (b"junk\r\n%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "pdf"),
    "docx": (as_docx(), "docx"),
    "docx cut short": (word_document("")[:9000], "docx"),
    "pptx": (as_pptx(), "pptx"),
    "odt": (open_document(""), "odt"),
    "odp": (open_document("", kind="presentation"), "odt"),
    "ods": (open_document("", kind="spreadsheet"), "spreadsheet"),
    "xlsx": (zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}), "spreadsheet"),
    "zip": (zipped({"a.pdf": b"%PDF-"}), "zip"),
    "empty zip": (zipped({}), "zip"),
    "html": (as_html(), "html"),
    "html in utf-16": (as_html().decode().encode("utf-16"), "html"),
    "html after comment": (b"\n<!-- saved from url=(1)http://x -->\n<html><p>x", "html"),
    "xhtml": (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C">\n<html>', "html"),
    "fragment": (b"<div><p>One</p><p>Two</p></div>", "html"),
    "text": (b"Visits are prompt.\n", "text"),
    "text in windows-1252": ("“Visits” – prompt, £5".encode("cp1252"), "text"),
    "text in utf-16": ("Visits are “prompt”".encode("utf-16"), "text"),
    "text in utf-16 without mark": ("Visits are prompt, and plans clear".encode("utf-16-le"), "text"),
    "text that quotes a tag": (b"A page begins with <html> and ends with </html>.", "text"),
    "markdown": (b"<br>\n\n# Visits\n", "text"),
    "text cut in a character": (("a" * 65_535 + "é" * 10).encode(), "text"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), "doc"),
    "ppt": (OLE + "PowerPoint Document".encode("utf-16-le"), "ppt"),
    "xls": (OLE + "Workbook".encode("utf-16-le"), "spreadsheet"),
    "locked docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
    "rtf": (b"{\\rtf1\\ansi Visits}", "rtf"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "binary"),
    "junk": (bytes(range(1, 256)) * 8, "binary"),
    "nothing": (b"", "empty"),
    "blanks": (b"\xef\xbb\xbf \r\n\t", "empty"),
}


@pytest.mark.parametrize("name", KINDS)
def test_kinds(name: str) -> None:
    data, kind = KINDS[name]
    assert sniff(data) == kind


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(
        lambda text: text.strip("\ufeff\ufffe \xa0")
    )
)
def test_text_without_control_characters_is_text_in_utf_8(text: str) -> None:
    assert sniff(("Report. " + text).encode()) in ("text", "html")
