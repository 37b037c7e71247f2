from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from findings.codebook import Codebook
from findings.errors import CodebookError
from findings.resources import shipped

SMALLEST = """
name = "play"
[[themes]]
name = "playgrounds"
definition = "Whether playgrounds are safe."
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "codebook.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(folder: Path, text: str) -> list[str]:
    path = write(folder, text)
    with pytest.raises(CodebookError) as caught:
        Codebook.load(path)
    assert str(path) in str(caught.value)
    assert all(fault.startswith(f"{path}: ") for fault in caught.value.faults)
    return [fault.removeprefix(f"{path}: ") for fault in caught.value.faults]


def test_the_shipped_codebook_defines_the_four_themes_and_three_sentiments() -> None:
    codebook = Codebook.default()
    assert codebook.theme_names == ("thresholds", "management_oversight", "assessment_timeliness", "workforce")
    assert codebook.sentiment_names == ("strength", "weakness", "mixed")
    assert codebook.theme_sentiment_names == ("strength", "weakness")
    assert codebook.sentiment("mixed").whole_sentence_only
    assert codebook.finding
    assert codebook.not_finding
    assert len(codebook.rulings) >= 10


def test_every_shipped_theme_has_examples_of_more_than_one_sentiment() -> None:
    for theme in Codebook.default().themes:
        assert len(theme.examples) >= 2
        assert {example.sentiment for example in theme.examples} == {"strength", "weakness"}


def test_a_codebook_survives_the_way_through_json() -> None:
    codebook = Codebook.default()
    again = Codebook.from_dict(json.loads(json.dumps(codebook.to_dict())))
    assert again == codebook
    assert again.fingerprint == codebook.fingerprint


def test_the_fingerprint_follows_what_is_said_and_not_how_it_is_laid_out(tmp_path: Path) -> None:
    first = Codebook.load(write(tmp_path, SMALLEST))
    shuffled = (
        'name="play"\r\n[[themes]]\r\ndefinition = """Whether playgrounds\r\n  are safe."""\r\nname="playgrounds"'
    )
    assert Codebook.load(write(tmp_path, "\ufeff" + shuffled)).fingerprint == first.fingerprint
    assert Codebook.load(write(tmp_path, SMALLEST.replace("safe", "clean"))).fingerprint != first.fingerprint


def test_a_codebook_may_do_without_sentiments_titles_and_examples(tmp_path: Path) -> None:
    codebook = Codebook.load(write(tmp_path, SMALLEST))
    assert codebook.sentiments == ()
    assert codebook.theme_sentiment_names == ()
    assert codebook.theme("playgrounds").title == "Playgrounds"
    assert Codebook.from_dict(codebook.to_dict()) == codebook


@pytest.mark.parametrize("count", [1, 3, 40])
def test_any_number_of_themes_and_another_scale(tmp_path: Path, count: int) -> None:
    scale = "".join(f'[[sentiments]]\nname = "s{n}"\ndefinition = "Degree {n}."\n' for n in range(5))
    themes = "".join(f'[[themes]]\nname = "theme-{n}"\ndefinition = "Theme {n}."\n' for n in range(count))
    codebook = Codebook.load(write(tmp_path, f'name = "many"\n{scale}{themes}'))
    assert len(codebook.themes) == count
    assert codebook.theme_sentiment_names == ("s0", "s1", "s2", "s3", "s4")
    with pytest.raises(KeyError):
        codebook.theme("theme-40")


def test_names_need_not_be_english(tmp_path: Path) -> None:
    assert Codebook.load(write(tmp_path, SMALLEST.replace("playgrounds", "spielplätze"))).theme_names == (
        "spielplätze",
    )


def test_all_faults_are_reported_at_once_each_with_its_field(tmp_path: Path) -> None:
    faults = faults_of(
        tmp_path,
        """
        title = 7
        rulings = ["fine", 3]
        colour = "red"
        [finding]
        true = "yes"
        maybe = "?"
        [[sentiments]]
        name = "good"
        definition = "Good."
        [[sentiments]]
        name = "both"
        definition = ""
        whole_sentence_only = "yes"
        [[themes]]
        name = "Voice of the child"
        defintion = "Whether children are heard."
        examples = [{ text = " ", sentiment = "both" }, { text = "Heard." }, 5]
        [[themes]]
        name = "one"
        title = "Same"
        definition = "One."
        [[themes]]
        name = "one"
        title = "same"
        definition = "One again."
        """,
    )
    for expected in (
        "name: is missing",
        "title: must be text",
        "rulings[2]: must be text",
        "colour: unknown",
        "finding.maybe: unknown",
        "sentiments[2].definition: is empty",
        "sentiments[2].whole_sentence_only: must be true or false",
        'themes[1].name: "Voice of the child" is not a name of lower-case letters, digits, _ and -, such as "voice_of',
        "themes[1].defintion: unknown; did you mean definition?",
        "themes[1].definition: is missing",
        "themes[1].examples[1].text: is empty",
        "themes[1].examples[2].sentiment: is missing",
        "themes[1].examples[3]: must be a table",
        'themes[3].name: "one" is the name of themes[2] already',
        'themes[3].title: "same" is the title of themes[2] already',
    ):
        assert any(fault.startswith(expected) for fault in faults), (expected, faults)
    assert len(faults) == 15


def test_a_scale_of_one_a_theme_of_none_and_an_unknown_example_sentiment_are_faults(tmp_path: Path) -> None:
    scale = '[[sentiments]]\nname = "good"\ndefinition = "Good."\n'
    assert [fault.split(":")[0] for fault in faults_of(tmp_path, SMALLEST + scale)] == ["sentiments"]
    assert [fault.split(":")[0] for fault in faults_of(tmp_path, 'name = "empty"')] == ["themes"]
    example = SMALLEST + 'examples = [{ text = "The swings are safe.", sentiment = "good" }]'
    assert faults_of(tmp_path, example) == [
        'themes[1].examples[1].sentiment: "good" is not a sentiment of a theme (none: the codebook has no sentiments)'
    ]


@pytest.mark.parametrize(
    ("content", "cause"),
    [(b"name = ", "not valid TOML"), (b'name = "caf\xe9"', "not UTF-8"), (b"\x00", "not valid TOML")],
)
def test_a_file_that_is_no_toml_is_named_with_its_cause(tmp_path: Path, content: bytes, cause: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(content)
    with pytest.raises(CodebookError, match=cause) as caught:
        Codebook.load(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.toml", tmp_path):
        with pytest.raises(CodebookError, match="cannot be read"):
            Codebook.load(path)


KNOWN = st.sampled_from(["name", "title", "definition", "text", "sentiment", "examples", "themes", "sentiments"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["a", "b", "A b", "", " ", "ß", "_"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KNOWN, inner, max_size=3),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(KNOWN, st.lists(st.dictionaries(KNOWN, JSON, max_size=4), max_size=3) | JSON, max_size=6))
def test_whatever_comes_in_is_a_codebook_or_a_codebook_error(data: dict[str, object]) -> None:
    try:
        codebook = Codebook.from_dict(data, source="made-up.toml")
    except CodebookError as error:
        codebook = Codebook.default()
        faults = error.faults
    else:
        faults = ("made-up.toml",)
    assert all(fault.startswith("made-up.toml") for fault in faults)
    assert Codebook.from_dict(codebook.to_dict()) == codebook


def test_shipped_files_are_found() -> None:
    assert tomllib.loads(shipped("codebook.toml").read_text(encoding="utf-8"))["themes"]
    assert shipped("models").is_dir()
    with pytest.raises(KeyError):
        shipped("something else")
