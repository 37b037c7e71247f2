"""Where reports are found: files, folders, archives, standard input."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from documents import zipped
from invented_report import as_docx, as_html

from findings.errors import ReadError
from findings.reading import find_reports

TEXT = b"Visits to children are prompt.\n"


def read_all(*paths: str | Path) -> list[tuple[str, str]]:
    """The name of each source with the start of its text, or with the cause for which it has none."""
    found = []
    for source in find_reports(paths):
        try:
            found.append((source.name, source.read().text[:6]))
        except ReadError as error:
            found.append((source.name, str(error).removeprefix(f"{source.name}: ").split(": ")[0]))
    return found


def names(*paths: str | Path) -> list[str]:
    return [source.name for source in find_reports(paths)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in {
        "b.txt": TEXT,
        "a/z.txt": TEXT,
        "a/report.docx": as_docx(),
        "c.md": TEXT,
        ".hidden.txt": TEXT,
        ".git/x.txt": TEXT,
        "~$report.docx": b"lock",
        ".~lock.report.odt#": b"lock",
        "picture.png": b"\x89PNG\r\n\x1a\n\0\0\0",
        "sheet.xlsx": zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}),
        "data.csv": b"a,b\n1,2\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def test_a_folder_is_walked_in_order_without_what_is_hidden_or_no_report(folder: Path) -> None:
    assert read_all(folder) == [("report.docx", "Inspec"), ("z.txt", "Visits"), ("b.txt", "Visits"), ("c.md", "Visits")]


def test_what_is_named_itself_is_a_source_whatever_it_is(folder: Path) -> None:
    assert read_all(folder / "picture.png", folder / ".hidden.txt", folder / "data.csv")[1:] == [
        (".hidden.txt", "Visits"), ("data.csv", "a,b\n\n1"),
    ]  # fmt: skip
    with pytest.raises(ReadError, match=r"^sheet\.xlsx: it is a spreadsheet, not a report: save what it says"):
        next(find_reports([folder / "sheet.xlsx"])).read()


def test_an_unusual_ending_or_none_is_no_matter_where_the_content_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "download.ashx").write_bytes(as_html())
    (tmp_path / "letter").write_bytes(TEXT)
    (tmp_path / "report.docx_old").write_bytes(as_docx())
    (tmp_path / "settings.ini").write_bytes(TEXT)
    assert names(tmp_path) == ["download.ashx", "letter", "report.docx_old"]


def test_links_in_a_circle_and_links_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self.txt").symlink_to("self.txt")
    (tmp_path / "b.txt").write_bytes(TEXT)
    (tmp_path / "gone.pdf").symlink_to("nowhere.pdf")
    (tmp_path / "linked.txt").symlink_to("b.txt")
    found = read_all(tmp_path)
    assert [name for name, _ in found] == ["self.txt", "b.txt", "gone.pdf", "linked.txt"]
    assert dict(found)["gone.pdf"] == "no such file or directory"
    assert "symbolic links" in dict(found)["self.txt"]
    assert dict(found)["linked.txt"] == "Visits"


def test_what_is_missing_or_empty_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "b.txt").write_bytes(TEXT)
    assert read_all(tmp_path / "missing.pdf", tmp_path / "empty", tmp_path / "b.txt") == [
        ("missing.pdf", "no such file or directory"), ("empty", "it holds no reports"), ("b.txt", "Visits"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["with space.txt", "📊 büdget.txt", "👩\u200d👧.txt", "a\nb.txt", b"latin-\xe9.txt"])
def test_names_are_one_line_of_text(name: str | bytes, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(TEXT)
    shown = "a\ufffdb.txt" if name == "a\nb.txt" else "latin-\ufffd.txt" if isinstance(name, bytes) else name
    assert read_all(tmp_path) == [(shown, "Visits")]
    shown.encode("utf-8")
    path.write_bytes(b"")
    with pytest.raises(ReadError) as raised:
        next(find_reports([path])).read()
    assert len(str(raised.value).splitlines()) == 1


def test_files_of_one_name_are_told_apart_by_their_place(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.txt").write_bytes(TEXT)
    one, two = find_reports([tmp_path])
    assert one.name == two.name == "report.txt"
    assert [one.place, two.place] == [str(tmp_path / "one/report.txt"), str(tmp_path / "two/report.txt")]


def test_an_archive_is_read_as_a_folder(tmp_path: Path) -> None:
    entries: dict[str, bytes | str] = {
        "set/b.txt": TEXT, "set/a.docx": as_docx(), "__MACOSX/set/._b.txt": b"x", "set/.DS_Store": b"x",
        "set/picture.png": b"\x89PNG\0", "set/": b"", "letter": TEXT, "inner.zip": zipped({"x.txt": TEXT}),
        "bad.pdf": b"",
    }  # fmt: skip
    expected = [
        ("bad.pdf", "the file is empty"), ("inner.zip", "it is a zip archive that is no document itself"),
        ("letter", "Visits"), ("a.docx", "Inspec"), ("b.txt", "Visits"),
    ]  # fmt: skip
    (tmp_path / "reports.zip").write_bytes(zipped(entries))
    (tmp_path / "reports").write_bytes(zipped(entries))
    assert read_all(tmp_path / "reports.zip") == read_all(tmp_path / "reports") == expected
    (tmp_path / "reports").unlink()
    assert read_all(tmp_path) == expected


def test_an_archive_that_is_damaged_or_holds_nothing_says_so(tmp_path: Path) -> None:
    whole = zipped({"a.txt": TEXT * 100})
    (tmp_path / "cut.zip").write_bytes(whole[:-30])
    (tmp_path / "none.zip").write_bytes(zipped({"a.png": b"\x89PNG\0"}))
    at = whole.index(b"a.txt") + 8
    (tmp_path / "spoilt.zip").write_bytes(whole[:at] + b"\xff\xff\xff" + whole[at + 3 :])
    assert read_all(tmp_path) == [
        ("cut.zip", "the file is damaged or cut short"), ("none.zip", "it holds no reports"),
        ("a.txt", "it is damaged or encrypted within its archive"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (TEXT, [("standard input", "Visits")]),
        (zipped({"a.txt": TEXT, "b.txt": TEXT}), [("a.txt", "Visits"), ("b.txt", "Visits")]),
        (b"", [("standard input", "the file is empty")]),
    ],
)
def test_a_hyphen_is_standard_input(
    content: bytes, expected: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert read_all("-") == expected


@contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of the superuser, whom no permissions stop."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs POSIX users")
def test_what_may_not_be_read_does_not_stop_the_others() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "closed").mkdir(0o000)
        (folder / "a.txt").write_bytes(TEXT)
        (folder / "b.txt").write_bytes(TEXT)
        (folder / "a.txt").chmod(0o000)
        with nobody():
            found = read_all(folder)
            named = read_all(folder / "closed" / "x.txt")
        (folder / "closed").chmod(0o755)
    assert found == [("a.txt", "permission denied"), ("b.txt", "Visits"), ("closed", "permission denied")]
    assert named == [("x.txt", "permission denied")]
