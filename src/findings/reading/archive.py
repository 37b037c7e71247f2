"""Zip archives, and the office documents that are zip archives, opened within limits that keep bombs out."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from findings.errors import ReadError

if TYPE_CHECKING:
    from pathlib import Path

MAX_ENTRIES = 10_000
MAX_BYTES = 1_000_000_000  # what a whole office document may unpack to
MAX_XML_BYTES = 100_000_000  # what one XML part may unpack to: parsed, it takes some ten times as much memory
MAX_RATIO = 250  # bytes unpacked for each byte packed; the repetitive XML of a long table reaches 100
_SMALL = 5_000_000  # below this size, a ratio harms nobody

_UTF16_LE, _UTF16_BE = b"<\0", b"\0<"
_PROLOGUE = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_PROLOGUE_BYTES = 16_384


def open_archive(source: bytes | Path, name: str) -> zipfile.ZipFile:
    """The zip archive in the bytes or the file `source`.

    Raises `ReadError` where it is damaged, or has more entries than any report or folder of them.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except Exception as error:  # zipfile raises whatever its parsing of a damaged directory runs into
        raise ReadError(f"{name}: the file is damaged or cut short: fetch or export it again") from error
    if len(archive.infolist()) > MAX_ENTRIES:
        archive.close()
        raise ReadError(
            f"{name}: it is a zip archive of more than {MAX_ENTRIES:,} files: unpack it and give the reports themselves"
        )
    return archive


def check_entry(entry: zipfile.ZipInfo, name: str) -> None:
    """Raise `ReadError` where `entry` unpacks to more than any report holds.

    The size checked is the one that the entry declares; zipfile never unpacks more than that.
    """
    if entry.file_size > MAX_BYTES or (
        entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
    ):
        raise ReadError(
            f"{name}: it unpacks from {_megabytes(entry.compress_size)} to {_megabytes(entry.file_size)}, "
            "as a zip bomb does: get the report from its source"
        )


def check_document(data: bytes, name: str) -> None:
    """Raise `ReadError` where the office document in `data` is damaged, a zip bomb or an XML bomb, or encrypted."""
    with open_archive(data, name) as archive:
        entries = archive.infolist()
        for entry in entries:
            check_entry(entry, name)
        if sum(entry.file_size for entry in entries) > MAX_BYTES:
            raise ReadError(f"{name}: it unpacks to more than {_megabytes(MAX_BYTES)}: save it without its media")
        for entry in entries:
            if entry.flag_bits & 1:
                raise ReadError(f"{name}: it is encrypted: open it, save it without its password and read that")
            if entry.filename.endswith((".xml", ".rels")):
                _check_xml(archive, entry, name)


def _check_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    if entry.file_size > MAX_XML_BYTES:
        raise ReadError(
            f"{name}: its {entry.filename} unpacks to {_megabytes(entry.file_size)}, more than any report holds: "
            "split the document and read its parts"
        )
    with archive.open(entry) as part:
        head = part.read(_PROLOGUE_BYTES)
    if head.startswith((b"\xff\xfe", _UTF16_LE)):
        text = head.decode("utf-16-le", "replace")
    elif head.startswith((b"\xfe\xff", _UTF16_BE)):
        text = head.decode("utf-16-be", "replace")
    else:
        text = head.decode("utf-8", "replace")
    text = text.removeprefix("\ufeff")
    prologue = _PROLOGUE.match(text)
    # Office formats have no document type; only one can declare the entities that XML bombs are made of.
    if prologue and text.startswith("<!", prologue.end()):
        raise ReadError(
            f"{name}: its {entry.filename} declares a document type, as an XML bomb does and no office program: "
            "get the report from its source"
        )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{size / 1e3:,.1f} kB"
