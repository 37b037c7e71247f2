"""A report's file or bytes → a `Report`, by the reader for what its content shows it to be."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from importlib import import_module
from pathlib import Path, PurePath

from findings.errors import ReadError
from findings.reading.sniff import sniff
from findings.report import Report

# What `sniff` says a file is → the module and function that reads it. A module is imported when it is first needed.
_READERS = {
    "pdf": ("findings.reading.pdf", "read_pdf"),
    "docx": ("findings.reading.docx", "read_docx"),
    "pptx": ("findings.reading.pptx", "read_pptx"),
    "odt": ("findings.reading.odt", "read_odt"),
    "html": ("findings.reading.html", "read_html"),
    "text": ("findings.reading.text", "read_text"),
}
_REFUSALS = {
    "empty": "the file is empty: fetch or export it again",
    "doc": "it is a Word 97-2003 document: save it as .docx (or run `soffice --convert-to docx` on it) and read that",
    "ppt": "it is a PowerPoint 97-2003 file: save it as .pptx (or run `soffice --convert-to pptx` on it) and read that",
    "rtf": "it is a Rich Text file: save it as .docx (or run `soffice --convert-to docx` on it) and read that",
    "spreadsheet": "it is a spreadsheet, not a report: save what it says as a .docx, .pdf or .txt file and read that",
    "locked": "it is locked with a password: open it in Word or PowerPoint, save it without its password and read that",
    "zip": "it is a zip archive that is no document itself: give it to `findings` as a file, or unpack it",
    "binary": "its content is no PDF, Word, PowerPoint, OpenDocument, web or text file: fetch or export it again",
}
_DOWNLOADED = frozenset({".pdf", ".docx", ".pptx", ".odt", ".odp", ".doc", ".ppt"})
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_MAX_FILE = 1_000_000_000
_MAX_TEXT = 100_000_000  # some 30,000 pages


def read_report(
    source: str | Path | bytes, *, name: str | None = None, password: str | None = None, ocr: bool = False
) -> Report:
    """Read the report in the file `source` (or in the bytes given) into blocks, whatever its format and its name.

    `name` is what the report is called in output and in errors: by default the file's name. `password` opens an
    encrypted PDF; `ocr` has the pages of a PDF without text recognised (needs the `ocr` extra and tesseract).
    Raises `ReadError`, and nothing else, where no report can be read.
    """
    data, name = _load(source, name)
    kind = sniff(data)
    if kind in _REFUSALS:
        raise ReadError(f"{name}: {_REFUSALS[kind]}")
    ending = PurePath(name).suffix.lower()
    if kind == "html" and ending in _DOWNLOADED:
        raise ReadError(
            f"{name}: it is a web page under a {ending} name, most likely a failed download: fetch it again"
        )
    if kind in ("text", "html") and len(data) > _MAX_TEXT:
        raise ReadError(
            f"{name}: it is {len(data) / 1e6:,.0f} MB of text, more than any report holds: split it into its reports"
        )
    options = {"password": password, "ocr": ocr} if kind == "pdf" else {}
    try:
        return _reader(kind)(data, name=name, **options)
    except ReadError:
        raise
    except Exception as error:  # libraries raise anything from KeyError to RecursionError on what they did not expect
        raise ReadError(
            f"{name}: the file is damaged or not what its format requires: open and save it again, or fetch it again"
        ) from error


def _load(source: str | Path | bytes, name: str | None) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name or "report"
    path = Path(source)
    name = name or printable(path.name)
    try:
        if path.stat().st_size > _MAX_FILE:
            raise ReadError(f"{name}: it is larger than {_MAX_FILE / 1e6:,.0f} MB: split it into its reports")
        return path.read_bytes(), name
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{name}: {cause.lower()}: check the path and its permissions") from error


def printable(name: str) -> str:
    """A file's name as one line of text: "�" stands for control characters and for bytes that are not UTF-8."""
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in _UNPRINTABLE else c for c in name)


def _reader(kind: str) -> Callable[..., Report]:
    module, function = _READERS[kind]
    reader: Callable[..., Report] = getattr(import_module(module), function)
    return reader
