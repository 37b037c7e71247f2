from __future__ import annotations

import json
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from findings.report import Annotation, Sentence
from findings.tagging import Tagger
from findings.tagging.sentence_explanation import explain

WORDS = st.sampled_from(
    "Supervision caseloads are late not good poor but however, ; thresholds timely managers should children’s "
    "plans drift and too high 12 % improving Although This staff".split()
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(WORDS, min_size=1, max_size=20).map(" ".join))
CLOSE = 2e-3


@given(text=TEXTS, section=TEXTS, lead_in=TEXTS, previous=st.one_of(st.just(""), TEXTS), bullet=st.booleans())
@settings(max_examples=80)
def test_words_add_up_to_every_decision(fitted: Tagger, text, section, lead_in, previous, bullet) -> None:
    unit = Sentence(text, section=section, lead_in=lead_in, previous=previous, bullet=bullet)
    chances = fitted.probabilities([unit])
    told = {one.name: one for one in explain(fitted, unit).decisions}

    for name, chance in zip(
        ("finding", *fitted.codebook_.theme_names), (chances.finding[0], *chances.themes[0]), strict=True
    ):
        assert told[name].log_odds == pytest.approx(math.log(chance / (1 - chance)), abs=CLOSE)
    log_chances = np.log(chances.sentiment[0])
    for at, name in enumerate(fitted.codebook_.sentiment_names):
        rival = np.delete(log_chances, at).max()
        assert told[name].log_odds == pytest.approx(log_chances[at] - rival, abs=CLOSE)


@given(text=TEXTS, section=TEXTS, lead_in=TEXTS)
@settings(max_examples=40)
def test_every_word_stands_where_it_is_said_to(fitted: Tagger, text, section, lead_in) -> None:
    unit = Sentence(text, section=section, lead_in=lead_in, previous="Plans are late.")
    fields = {"sentence": text, "heading": section, "lead-in": lead_in, "previous": "Plans are late."}

    for decision in explain(fitted, unit).decisions:
        assert all(fields[word.where][word.start : word.end] == word.word for word in decision.words)


def test_decisions_are_taken_as_the_tagger_takes_them(fitted: Tagger, sample: Sequence[Annotation]) -> None:
    for one in sample[:30]:
        unit = Sentence(one.text + " Indeed.", section=one.section, lead_in=one.lead_in)
        explained = explain(fitted, unit)
        (found,) = fitted.tag([unit])
        taken = {decision.name for decision in explained.decisions if decision.taken}

        assert explained.finding == found
        assert ("finding" in taken) == found.finding
        assert taken - {"finding", found.sentiment} == {tag.theme for tag in found.themes}
        assert all(one.taken == (one.score >= one.threshold) for one in explained.decisions[:1] if one.threshold)


def test_a_sentence_that_was_annotated_says_so(fitted: Tagger, sample: Sequence[Annotation]) -> None:
    plain = fitted.decide([Sentence(one.text, section=one.section) for one in sample], fitted.probabilities(sample))
    differ = [
        one
        for one, found in zip(sample, plain, strict=True)
        if not one.lead_in and (one.finding, one.sentiment) != (found.finding, found.sentiment)
    ]

    assert differ
    for one in differ[:3]:
        explained = explain(fitted, Sentence(one.text, section=one.section, bullet=one.bullet, previous=one.previous))
        assert (explained.finding.finding, explained.finding.sentiment) == (one.finding, one.sentiment)


def test_a_grade_in_the_heading_does_not_shift_its_words(shipped: Tagger) -> None:
    unit = Sentence("Timeliness of assessments", section="Inadequate: areas for improvement", bullet=True)
    weakness = {one.name: one for one in explain(shipped, unit).decisions}["weakness"]
    weights = {word.word: word.weight for word in weakness.words if word.where == "heading"}

    assert "Inadequate" not in weights
    assert weights["improvement"] > 0


def test_the_sentence_before_is_named_where_it_counts(shipped: Tagger) -> None:
    unit = Sentence("This leaves them at risk.", previous="Visits to children are often late.")
    decisions = {one.name: one for one in explain(shipped, unit).decisions}

    assert [word.word for word in decisions["weakness"].words if word.where == "previous"] == [unit.previous]
    assert not [word for word in decisions["workforce"].words if word.where == "previous"]


def test_an_explanation_is_plain_json(shipped: Tagger) -> None:
    told = json.loads(json.dumps(explain(shipped, Sentence("Caseloads are too high.")).to_dict(), allow_nan=False))
    workforce = next(one for one in told["decisions"] if one["name"] == "workforce")

    assert told["finding"]["themes"][0]["theme"] == "workforce"
    assert (workforce["kind"], workforce["taken"]) == ("theme", True)
    assert sum(word["weight"] for word in workforce["words"]) + workforce["rest"] == pytest.approx(
        workforce["log_odds"], abs=0.01
    )
