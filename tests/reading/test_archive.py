"""The limits that keep zip bombs and XML bombs out."""

from __future__ import annotations

import struct
import zipfile

import pytest
from documents import open_document, rezipped, word_document, zipped
from invented_report import as_pptx

from findings.errors import ReadError
from findings.reading import read_report
from findings.reading.archive import MAX_ENTRIES, open_archive

BOMB = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'
DOCUMENTS = {
    "word/document.xml": word_document(""),
    "ppt/presentation.xml": as_pptx(),
    "content.xml": open_document("<text:p>x</text:p>"),
}


@pytest.mark.parametrize("part", DOCUMENTS)
@pytest.mark.parametrize(
    "prologue",
    [
        BOMB,
        b"<?xml version='1.0'?>\n<!-- x -->\n" + BOMB,
        b"\xef\xbb\xbf" + BOMB,
        "\ufeff".encode("utf-16-le") + BOMB.decode().encode("utf-16-le"),
        BOMB.decode().encode("utf-16-be"),
    ],
)
def test_a_document_type_is_refused_whatever_its_encoding(part: str, prologue: bytes) -> None:
    data = rezipped(DOCUMENTS[part], {part: prologue + b"<x/>"})
    with pytest.raises(ReadError, match=f"^report: its {part} declares a document type, as an XML bomb does"):
        read_report(data)


@pytest.mark.parametrize("part", DOCUMENTS)
def test_a_part_that_unpacks_to_far_more_than_it_is_is_refused(part: str) -> None:
    data = rezipped(DOCUMENTS[part], {"media/bomb.bin": bytes(20_000_000)})
    with pytest.raises(ReadError, match=r"^report: it unpacks from 19\.\d kB to 20 MB, as a zip bomb does"):
        read_report(data)


def test_a_part_with_more_xml_than_any_report_is_refused() -> None:
    data = rezipped(
        DOCUMENTS["content.xml"], {"content.xml": b"<x>" + b"late " * 20_400_000}, method=zipfile.ZIP_STORED
    )
    with pytest.raises(ReadError, match=r"^report: its content\.xml unpacks to 102 MB, more than any report holds"):
        read_report(data)


def test_an_archive_of_very_many_entries_is_refused() -> None:
    data = zipped({f"{number}.txt": b"" for number in range(MAX_ENTRIES + 1)}, method=0)
    with pytest.raises(ReadError, match=r"^many\.zip: it is a zip archive of more than 10,000 files: unpack it"):
        open_archive(data, "many.zip")


def test_an_entry_that_lies_of_its_size_is_told_of_as_damaged() -> None:
    data = rezipped(DOCUMENTS["content.xml"], {"content.xml": b"<x>" + b"a" * 100_000 + b"</x>"})
    true, lie = struct.pack("<I", 100_007), struct.pack("<I", 100)
    assert data.count(true) == 2
    with pytest.raises(ReadError, match=r"^report: the file is damaged"):
        read_report(data.replace(true, lie))
