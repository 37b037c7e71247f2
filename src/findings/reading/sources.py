"""Finding reports: files, folders, zip archives and standard input → sources, each read when it is asked for."""

from __future__ import annotations

import os
import stat
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING

from findings.errors import ReadError
from findings.reading.archive import check_entry, open_archive
from findings.reading.read import printable, read_report
from findings.reading.sniff import Kind, sniff, sniff_archive

if TYPE_CHECKING:
    from findings.report import Report

STANDARD_INPUT = "standard input"

# Files of a folder that are reports by their ending; others are, where their content is unmistakably a document.
_REPORTS = frozenset(
    ".pdf .docx .docm .dotx .doc .pptx .pptm .ppsx .ppt .odt .odp .rtf .html .htm .xhtml .mht .mhtml "
    ".txt .text .md .markdown".split()
)
_DOCUMENTS = frozenset({"pdf", "docx", "pptx", "odt", "html", "doc", "ppt"})
_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Source:
    """One report that was found, or one place where none could be: then `read` raises the `ReadError` that says why.

    `name` is the file's own name, wherever the file lies, so that what is said of a report depends on the report alone:
    files of one name in two folders have one name. `place` tells them apart: the path, or the path within an archive.
    """

    name: str
    place: str
    _read: Callable[..., Report] = field(repr=False)

    def read(self, *, password: str | None = None, ocr: bool = False) -> Report:
        """The report, read anew at each call (standard input: once). Raises `ReadError`."""
        return self._read(password=password, ocr=ocr)


def find_reports(paths: Iterable[str | Path]) -> Iterator[Source]:
    """The reports at `paths`, in the order given: files, folders, zip archives, and `-` for standard input.

    A folder is walked whole, in order of names, and an archive likewise; hidden files, lock files (`~$…`) and files
    that are no reports by ending and content are passed over there. A file that is named itself is always a source.
    What cannot be found or opened is a source whose `read` raises, so that the others are still read.
    """
    for path in paths:
        if str(path) == "-":
            yield from _standard_input()
        elif _is_folder(Path(path)):
            name = printable(Path(path).name or str(path))
            yield from _found(_walk(Path(path)), name, printable(str(path)))
        else:
            yield from _file(Path(path))


def _found(sources: Iterator[Source], name: str, place: str) -> Iterator[Source]:
    """The sources of a folder or archive, or where there are none, one that says so."""
    empty = True
    for source in sources:
        empty = False
        yield source
    if empty:
        yield _refused(name, place, "it holds no reports: give files, or a folder or zip archive that holds some")


def _refused(name: str, place: str, why: str) -> Source:
    def read(**_options: object) -> Report:
        raise ReadError(f"{name}: {why}")

    return Source(name, place, read)


def _file(path: Path) -> Iterator[Source]:
    """The report in a file, or the reports in it where it is a zip archive."""
    name, place = printable(path.name), printable(str(path))
    if path.suffix.lower() not in _REPORTS and _kind(path) == "zip":
        yield from _found(_unpack(path, name, place), name, place)
    else:
        yield Source(name, place, partial(read_report, path))


def _standard_input() -> Iterator[Source]:
    data = sys.stdin.buffer.read()
    if sniff(data) == "zip":
        yield from _found(_unpack(data, STANDARD_INPUT, "-"), STANDARD_INPUT, "-")
    else:
        yield Source(STANDARD_INPUT, "-", partial(read_report, data, name=STANDARD_INPUT))


def _kind(path: Path) -> Kind | None:
    """What the regular file at `path` is, by its head or its archive's list of entries; None where it has none."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError):
        return None
    if not head.startswith(b"PK"):
        return sniff(head)
    try:
        with zipfile.ZipFile(path) as archive:
            return sniff_archive(archive)
    except Exception:  # zipfile raises whatever its parsing of a damaged archive runs into
        return sniff(head)


def _walk(folder: Path) -> Iterator[Source]:
    """The reports in a folder and the folders in it; a folder that links lead to again is walked once."""
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if not _is_folder(path):
            if path.suffix.lower() == ".zip":
                yield from _file(path)
            elif _is_report(path):
                yield Source(printable(path.name), printable(str(path)), partial(read_report, path))
            continue
        try:
            status = path.stat()
            names = [name for name in os.listdir(path) if not _is_hidden(name)]  # noqa: PTH208
        except OSError as error:
            cause = (error.strerror or str(error)).lower()
            why = f"{cause}: check the folder and its permissions"
            yield _refused(printable(path.name), printable(str(path)), why)
            continue
        if (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            waiting += [path / name for name in sorted(names, reverse=True)]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$", "~WRL")) or name == "__MACOSX"


def _is_report(path: Path) -> bool:
    """Whether a file of a folder is to be read: by its ending, else by its content."""
    if path.suffix.lower() in _REPORTS:
        return path.is_symlink() or path.is_file()
    return _is_document(_kind(path), path)


def _is_document(kind: Kind | None, path: PurePath) -> bool:
    """Whether a file with an ending that is no report's, or with none, is a report; text only where it has none."""
    return kind in _DOCUMENTS or (kind == "text" and not path.suffix)


def _unpack(source: bytes | Path, name: str, place: str) -> Iterator[Source]:
    """The reports in the zip archive `source`, in order of their paths."""
    try:
        archive = open_archive(source, name)
    except ReadError as error:
        yield _refused(name, place, str(error).removeprefix(f"{name}: "))
        return
    with archive:
        for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
            path = PurePosixPath(entry.filename)
            if entry.is_dir() or any(_is_hidden(part) for part in path.parts):
                continue
            if path.suffix.lower() in _REPORTS | {".zip"} or _is_document(_packed_kind(archive, entry), path):
                yield _packed(source, entry, printable(path.name), printable(f"{place}/{entry.filename}"))


def _packed_kind(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Kind | None:
    try:
        check_entry(entry, entry.filename)
        with archive.open(entry) as file:
            head = file.read(_HEAD)
            return sniff(head + file.read() if head.startswith(b"PK") else head)
    except Exception:  # whatever zipfile raises on an entry that is damaged, encrypted or packed in an unknown way
        return None


def _packed(source: bytes | Path, entry: zipfile.ZipInfo, name: str, place: str) -> Source:
    def read(*, password: str | None, ocr: bool) -> Report:
        check_entry(entry, name)
        try:
            with open_archive(source, name) as archive:
                content = archive.read(entry, pwd=password.encode() if password else None)
        except ReadError:
            raise
        except Exception as error:  # as in `_packed_kind`
            why = "it is damaged or encrypted within its archive: unpack the archive and give what it holds"
            raise ReadError(f"{name}: {why}") from error
        return read_report(content, name=name, password=password, ocr=ocr)

    return Source(name, place, read)
