from __future__ import annotations

from pathlib import Path

import pytest

from findings.annotations import load_annotations
from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.tagging.default_data import default_data

EXAMPLE = Path(__file__).parents[2] / "examples" / "voice-of-the-child"
DATA = Path(__file__).parents[2] / "data" / "annotations"


def codebook(sentiments: list[str]) -> Codebook:
    scale = [{"name": name, "definition": name} for name in sentiments]
    themes = [{"name": name, "definition": name} for name in ("workforce", "play")]
    return Codebook.from_dict({"name": "b", "sentiments": scale, "themes": themes})


def test_sentences_that_may_be_about_a_new_theme_do_not_teach_that_they_are_not() -> None:
    book = Codebook.load(EXAMPLE / "codebook.toml")
    own = load_annotations(EXAMPLE, book)
    every = load_annotations(DATA, Codebook.default())
    default = default_data(book, own)
    kept = {one.text for one in default.annotations}
    heard = [one.text for one in every if "wishes and feelings" in one.text.lower()]

    assert list(default.unclear) == ["voice_of_the_child"]
    assert len(every) - len(kept) < len(every) / 4
    assert len(heard) > 10
    assert sum(text in kept for text in heard) < len(heard) / 3


def test_a_codebook_without_sentiments_takes_the_themes_it_shares() -> None:
    annotations = default_data(codebook([]), []).annotations

    assert {one.sentiment for one in annotations} == {None}
    assert {theme for one in annotations for theme in one.themes} == {"workforce"}
    assert {said for one in annotations for said in one.themes.values()} == {None}


def test_a_scale_without_mixed_leaves_mixed_sentences_out_and_an_unknown_one_is_a_fault() -> None:
    annotations = default_data(codebook(["strength", "weakness"]), []).annotations

    assert {one.sentiment for one in annotations} == {None, "strength", "weakness"}
    with pytest.raises(AnnotationError, match="--include-default-data"):
        default_data(codebook(["good", "bad"]), [])


def test_what_one_annotated_oneself_takes_the_place_of_the_default() -> None:
    first, *_ = load_annotations(DATA, Codebook.default())
    own = [first]

    assert first.id not in {one.id for one in default_data(Codebook.default(), own).annotations}
