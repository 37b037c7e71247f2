"""A summary says the same in every form, and text from reports harms nobody who opens one."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from made_findings import finding, no_finding
from openpyxl import load_workbook

from findings.codebook import Codebook
from findings.exports.marking import marked
from findings.exports.summaries import ENDINGS, write_summary
from findings.report import Judgement, Metadata, Report
from findings.summary import Summary, summarise

CODEBOOK = Codebook.default()
TITLES = [theme.title for theme in CODEBOOK.themes]
EVIL = "<script>alert(1)</script> =HYPERLINK(1) \x1b[31m\u202e|**bold** needs {{ better }} supervision"


def made(text: str = "Far too many assessments of need are late.") -> Summary:
    late, prompt = ("assessment_timeliness", 0.9, "weakness"), ("assessment_timeliness", 0.8, "strength")
    staff = ("workforce", 0.7, "weakness")
    findings = [
        finding(text, "weakness", late, report="a.pdf", page=3, paragraph="12", section=text, lead_in=text),
        finding("Visits are prompt, but staff are too few.", "mixed", prompt, staff, report="a.pdf", page=4),
        no_finding("The council has 40 members.", report="a.pdf"),
        finding("Reviews take place on time for every child.", "strength", prompt, report="b.pdf"),
    ]
    metadata = Metadata(title=text, authority="Harlbrook", inspection_end="2020-02-03")
    judged = (Judgement("Overall effectiveness", "Good", 1),)
    return summarise(findings, [Report("a.pdf", "", (), 9, metadata, judged), Report("b.pdf", "", ())])


def counts(summary: Summary) -> list[list[int]]:
    return [list(theme.sentiments.values()) for theme in summary.whole.themes]


def written(ending: str, summary: Summary) -> str | bytes:
    return write_summary(ending, summary, {}, {"a.pdf": "reports%202020/a.pdf"})


class Tables(HTMLParser):
    """The cells of the first table of a page, row by row, and all that a page says in tags and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._cell = self._done = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        self._cell = self._cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[-1][-1] += data.strip()


def test_the_page_shows_the_counts() -> None:
    rows = Tables(str(written(".html", made()))).rows[1 : 1 + len(TITLES)]

    assert [row[0] for row in rows] == TITLES
    assert [[int(cell) for cell in row[2:4]] for row in rows] == counts(made())


def test_the_workbook_shows_the_counts_and_every_finding() -> None:
    book = load_workbook(io.BytesIO(written(".xlsx", made())))
    rows = list(book["Summary"].iter_rows(min_row=5, max_row=4 + len(TITLES), values_only=True))

    assert [row[0] for row in rows] == TITLES
    assert [list(row[2:4]) for row in rows] == counts(made())
    assert len(book["Summary"]._charts) == 2
    first = next(book["Findings"].iter_rows(min_row=2, max_row=2))
    assert first[5].value == "Far too many assessments of need are late."
    link = first[1].hyperlink
    assert (link.target.replace("\\", "/"), link.location) == ("reports%202020/a.pdf", "page=3")
    assert book["Findings"].max_row == 4
    assert book["Findings"].auto_filter.ref
    assert book["Reports"]["J2"].value == "Overall effectiveness: Good"
    assert book["About"].max_row > len(TITLES)


def test_word_and_markdown_show_the_counts_and_name_their_sources() -> None:
    table = Document(io.BytesIO(written(".docx", made()))).tables[0]
    in_word = [[int(cell.text) for cell in row.cells[1:3]] for row in table.rows[1:]]
    text = str(written(".md", made()))
    in_markdown = [[int(cell) for cell in re.findall(r"\| (\d+) (?=\|)", line)] for line in text.splitlines()[6:10]]

    assert in_word == in_markdown == counts(made())
    assert re.search(r"^\[\^\d\]: a\.pdf, page 3, paragraph 12", text, re.MULTILINE)


def test_the_tidy_tables_agree_and_add_up() -> None:
    as_json = json.loads(written(".json", made()))
    as_lines = [json.loads(line) for line in str(written(".jsonl", made())).splitlines()]
    rows = list(csv.DictReader(io.StringIO(str(written(".csv", made())).removeprefix("\ufeff"), newline="")))

    assert as_json == as_lines
    assert [int(row["count"]) for row in rows] == [row["count"] for row in as_json]
    totals = {
        theme: [
            sum(row["count"] for row in as_json if (row["theme"], row["sentiment"]) == (theme, name))
            for name in CODEBOOK.theme_sentiment_names
        ]
        for theme in CODEBOOK.theme_names
    }
    assert list(totals.values()) == counts(made())


def test_parquet_holds_the_same_rows() -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")
    table = parquet.read_table(io.BytesIO(written(".parquet", made())))

    assert table.to_pylist() == json.loads(written(".json", made()))


@pytest.mark.parametrize("ending", [".csv", ".json", ".jsonl", ".md", ".html"])
def test_text_from_a_report_is_inert_in_text(ending: str) -> None:
    text = str(written(ending, made(EVIL)))

    assert not set("\x1b\u202e") & set(text)
    assert "<script>alert" not in text


def test_text_from_a_report_is_inert_in_a_page() -> None:
    tags = Tables(str(written(".html", made(EVIL)))).tags

    assert [tag for tag, _ in tags].count("script") == 2
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    assert not [
        a for _, a in tags if re.match(r"(?i)(https?|javascript):|//", str(a.get("src") or a.get("href") or ""))
    ]


def test_text_from_a_report_is_text_in_a_workbook() -> None:
    book = load_workbook(io.BytesIO(written(".xlsx", made("=HYPERLINK(1)\x1b\u202e"))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]

    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if set("\x1b\u202e") & set(str(cell.value))]


@given(st.text(max_size=200))
def test_any_text_can_be_written(text: str) -> None:
    summary = made(text)

    for ending in (".html", ".md", ".xlsx", ".json"):
        assert written(ending, summary)


def test_a_codebook_without_sentiments_is_summarised() -> None:
    codebook = Codebook.from_dict({"name": "plain", "themes": [{"name": "voice", "definition": "What children say."}]})
    tagged = finding("Children are heard by everyone who works with them.", "", ("voice", 0.8, ""))
    summary = summarise([tagged], codebook=codebook)

    for ending in ENDINGS:
        if ending != ".parquet":
            assert written(ending, summary)


def test_nothing_at_all_is_summarised() -> None:
    for ending in (".html", ".xlsx", ".md", ".docx", ".csv"):
        assert written(ending, summarise([], [Report("empty.txt", "", ())]))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "summary.xlsx"
    path.write_bytes(written(".xlsx", made()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "csv", "--outdir", tmp_path, path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    assert "Timeliness of assessment,3,2,1" in path.with_suffix(".csv").read_text(encoding="utf-8")


@given(st.text(), st.lists(st.text(max_size=5), max_size=4))
def test_marking_loses_no_text(text: str, evidence: list[str]) -> None:
    assert "".join(piece for piece, _ in marked(text, evidence)) == text


def test_marking_finds_whole_words_in_any_case() -> None:
    assert marked("Late visits, latecomers.", ["late", "visits"]) == [
        ("Late", True),
        (" ", False),
        ("visits", True),
        (", latecomers.", False),
    ]
