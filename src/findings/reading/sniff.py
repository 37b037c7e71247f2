"""What a file is, by its content."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal[
    "pdf", "docx", "pptx", "odt", "html", "text",  # what readers read
    "zip", "doc", "ppt", "rtf", "spreadsheet", "locked", "binary", "empty",  # what they refuse
]  # fmt: skip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 65_536
_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

# Entries that only one format has → the format.
_MAIN_PARTS: dict[str, Kind] = {"word/": "docx", "ppt/": "pptx", "xl/": "spreadsheet"}
_MIMETYPES: dict[bytes, Kind] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.presentation": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "spreadsheet",
    b"application/epub": "binary",
}

# The name in an entry's own header, and what follows it: the content itself, where that is not packed.
_ENTRY_NAME = re.compile(rb"PK\x03\x04.{26}([\w./\[\] -]{1,80})", re.DOTALL)

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_PAGE = re.compile(r"^\s*<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE | re.MULTILINE)
_FRAGMENT = re.compile(r"\s*<[a-z][^<>]*>", re.IGNORECASE)
_BLOCK_END = re.compile(r"</(?:p|div|li|h[1-6]|td|section|article)>", re.IGNORECASE)
_SAVED_PAGE = re.compile(r"\s*(?:[\w-]+:.*\n(?:[ \t].*\n)*)*content-type:\s*multipart/related", re.IGNORECASE)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))


def sniff(data: bytes) -> Kind:
    """The kind of file that `data` is; "odt" is any OpenDocument text or presentation, "zip" any other zip archive.

    "html" takes in web pages saved as MHTML; "doc", "ppt" and "spreadsheet" take in the formats of 1997-2003; "locked"
    is an Office document with a password; "binary" is whatever no reader knows.
    """
    if not data.strip(b"\0 \t\r\n\f\v\xef\xbb\xbf\xff\xfe"):
        return "empty"
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    text = _text(data[:_HEAD])
    if text is not None and _is_web_page(text):
        return "html"
    if b"%PDF-" in data[:1024]:  # readers of PDF allow this much junk before it
        return "pdf"
    return "binary" if text is None else "text"


def sniff_archive(archive: zipfile.ZipFile) -> Kind:
    """The kind of document that an archive is, "zip" where it is none. Raises what `zipfile` does on a damaged one."""
    names = archive.namelist()
    if "mimetype" in names:
        with archive.open("mimetype") as entry:
            mimetype = entry.read(100)
        return next((kind for start, kind in _MIMETYPES.items() if mimetype.startswith(start)), "zip")
    return _kind_by_parts(names)


def _zip_kind(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sniff_archive(archive)
    except Exception:  # a cut-off archive has no list of its entries: go by the names before each entry
        return _kind_by_parts(match.decode("latin-1") for match in _ENTRY_NAME.findall(data))


def _kind_by_parts(names: Iterable[str]) -> Kind:
    names = list(names)
    if "content.xml" in names or any(name.startswith("mimetypeapplication/vnd.oasis.opendocument.") for name in names):
        return "odt"
    if any(name.startswith("[Content_Types].xml") for name in names):
        return next((kind for start, kind in _MAIN_PARTS.items() if any(n.startswith(start) for n in names)), "zip")
    return "zip"


def _ole_kind(data: bytes) -> Kind:
    """The kind of an OLE container, by the names of its streams (in UTF-16, as its directory has them)."""
    streams: dict[str, Kind] = {
        "EncryptedPackage": "locked",
        "WordDocument": "doc",
        "PowerPoint Document": "ppt",
        "Workbook": "spreadsheet",
    }
    return next((kind for stream, kind in streams.items() if stream.encode("utf-16-le") in data), "binary")


def _text(head: bytes) -> str | None:
    """The text that a file with this head begins with, in its likeliest encoding; None where it is not text."""
    for bom, encoding in _BOMS.items():
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "replace")
    if b"\0" in head:
        even, odd = head[::2], head[1::2]
        for nulls, letters, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
            if nulls.count(0) > 0.7 * len(nulls) and letters.count(0) < 0.05 * len(letters):
                return head.decode(encoding, "replace")
        return None
    if len(head) - len(head.translate(None, _CONTROLS)) > 0.02 * len(head):
        return None
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(head)  # which forgives a character cut by the head's end
    except UnicodeDecodeError:
        high = sum(byte > 127 for byte in head)
        return head.decode("cp1252", "replace") if high <= max(8, 0.25 * len(head)) else None


def is_saved_page(data: bytes) -> bool:
    """Whether `data` is a web page saved in one file with its pictures (MHTML)."""
    return bool(_SAVED_PAGE.match(data[:_HEAD].decode("latin-1")))


def _is_web_page(text: str) -> bool:
    start = _COMMENT.sub("", text[:8192])[:2048]
    if _PAGE.search(start) or _SAVED_PAGE.match(text):
        return True
    return bool(_FRAGMENT.match(start)) and len(_BLOCK_END.findall(text)) >= 3
