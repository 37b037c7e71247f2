from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st
from made_findings import finding, no_finding

from findings.codebook import Codebook
from findings.exports import FORMATS
from findings.report import Finding

CODEBOOK = Codebook.default()
LATE = finding(
    "Too many assessments are late, although staff are skilled.",
    "mixed",
    ("assessment_timeliness", 0.876543, "weakness"),
    ("workforce", 0.7, "strength"),
    page=3,
    paragraph="12",
    section="Help and protection",
    start=10,
    end=68,
)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_json_line_keeps_the_contract() -> None:
    (line,) = FORMATS["jsonl"].document([LATE], CODEBOOK).splitlines()

    assert line == (
        '{"report": "harlbrook-2020.pdf", "page": 3, "paragraph": "12", "section": "Help and protection", '
        '"lead_in": null, "start": 10, "end": 68, '
        '"text": "Too many assessments are late, although staff are skilled.", '
        '"finding": true, "finding_score": 0.9, "sentiment": "mixed", "sentiment_score": 0.9, "themes": ['
        '{"theme": "assessment_timeliness", "score": 0.8765, "sentiment": "weakness", "evidence": '
        '["assessment_timeliness"]}, {"theme": "workforce", "score": 0.7, "sentiment": "strength", "evidence": '
        '["workforce"]}]}'
    )


@given(st.text())
def test_any_text_comes_back_from_its_json_line(text: str) -> None:
    document = FORMATS["jsonl"].document([finding(text)], CODEBOOK)

    assert json.loads(document)["text"] == text
    assert document.count("\n") == 1


def test_csv_has_a_row_for_each_finding_and_a_column_for_each_theme() -> None:
    text = FORMATS["csv"].document([LATE, no_finding("The council has 40 members.")], CODEBOOK)
    first, second = rows(text)

    assert text.startswith("\ufeffreport,page,")
    assert first["assessment_timeliness"] == "weakness"
    assert first["assessment_timeliness_score"] == "0.8765"
    assert first["workforce"] == "strength"
    assert first["thresholds"] == ""
    assert first["evidence"] == "assessment_timeliness; workforce"
    assert (second["finding"], second["sentiment"], second["workforce"]) == ("no", "", "")


def test_csv_of_a_codebook_without_sentiments_says_yes() -> None:
    codebook = Codebook.from_dict({"name": "plain", "themes": [{"name": "voice", "definition": "What children say."}]})
    tagged = finding("Children are heard.", "", ("voice", 0.8, ""))

    assert rows(FORMATS["csv"].document([tagged], codebook))[0]["voice"] == "yes"


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_no_cell_of_csv_is_a_formula_or_breaks_its_row(texts: list[str]) -> None:
    tagged: list[Finding] = [finding(text, section=text) for text in texts]
    read = rows(FORMATS["csv"].document(tagged, CODEBOOK))

    assert len(read) == len(texts)
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in read for cell in row.values())
