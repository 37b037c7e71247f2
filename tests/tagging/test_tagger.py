from __future__ import annotations

import pickle
import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.exceptions import NotFittedError

from findings.codebook import Codebook, Sentiment, Theme
from findings.errors import AnnotationError
from findings.reading import read_report
from findings.report import Annotation, Finding, Sentence
from findings.tagging import Tagger

REPORT = """# Northby Council

## Areas for improvement

Managers should:

- make sure that assessments are timely
- reduce caseloads

## What is working well

Supervision is regular. The council has 40 members.
"""


def small(codebook: Codebook, annotations: Sequence[Annotation]) -> Tagger:
    return Tagger(codebook, folds=3, jobs=1).fit(annotations)


def of_themes(count: int, sentiments: tuple[Sentiment, ...] = ()) -> Codebook:
    themes = tuple(Theme(f"theme{at}", f"Theme {at}", "What it is about.") for at in range(count))
    return Codebook("other", themes, sentiments)


def word(theme: str) -> str:
    """A made-up word for a theme: letters only, since all figures are alike to the model."""
    at = int(theme.removeprefix("theme"))
    return "zor" + chr(97 + at // 8) * 2 + chr(97 + at % 8) * 2


def invented(codebook: Codebook, size: int, reports: int = 6) -> list[Annotation]:
    """Sentences whose themes follow from one word each, without any context; every fifth is no finding."""
    names, scale, rng = codebook.theme_names, codebook.theme_sentiment_names, random.Random(0)
    made = []
    for at in range(size):
        name, good, report = names[at % len(names)], rng.random() < 0.5, f"r{rng.randrange(reports)}"
        if rng.random() < 0.2:
            made.append(Annotation(f"a{at}", report, f"Ward {at} has a school.", False, group=report))
            continue
        text = f"Work on {word(name)} {'improves well' if good else 'is poor'} in ward {at}."
        sentiment = scale[0 if good else 1] if scale else None
        made.append(Annotation(f"a{at}", report, text, True, sentiment, {name: sentiment}, group=report))
    return made


def test_a_finding_for_each_sentence_in_reading_order(shipped: Tagger) -> None:
    report = read_report(REPORT.encode(), name="northby.md")
    findings = shipped.tag(report)

    assert [one.sentence.text for one in findings] == [
        "Managers should:",
        "make sure that assessments are timely",
        "reduce caseloads",
        "Supervision is regular.",
        "The council has 40 members.",
    ]
    assert all(report.text[one.sentence.start : one.sentence.end] == one.sentence.text for one in findings)
    assert [one.sentiment for one in findings] == ["weakness"] * 3 + ["strength", None]
    assert [[tag.theme for tag in one.themes] for one in findings[1:4]] == [
        ["assessment_timeliness"],
        ["workforce"],
        ["management_oversight"],
    ]


def test_the_same_data_give_the_same_predictions(
    fitted: Tagger, sample: Sequence[Annotation], codebook: Codebook
) -> None:
    again = small(codebook, sample)
    ours, theirs = fitted.probabilities(sample), again.probabilities(sample)

    for field in ("finding", "themes", "sentiment", "theme_sentiment"):
        assert getattr(ours, field).tobytes() == getattr(theirs, field).tobytes()
    assert {name: least.tobytes() for name, least in fitted.trade_offs_.items()} == {
        name: least.tobytes() for name, least in again.trade_offs_.items()
    }


def test_what_is_said_of_a_sentence_does_not_depend_on_its_neighbours(
    fitted: Tagger, sample: Sequence[Annotation]
) -> None:
    some = sample[:40]
    together = fitted.probabilities(some)
    alone = [fitted.probabilities([one]) for one in some]

    np.testing.assert_allclose(together.themes, np.concatenate([one.themes for one in alone]), atol=1e-9)
    np.testing.assert_allclose(together.sentiment, np.concatenate([one.sentiment for one in alone]), atol=1e-6)


@given(
    text=st.text(max_size=60),
    section=st.text(max_size=20),
    lead_in=st.one_of(st.none(), st.text(max_size=20)),
    previous=st.text(max_size=20),
    bullet=st.booleans(),
)
@settings(max_examples=60)
def test_whatever_the_sentence_it_is_tagged(fitted: Tagger, text, section, lead_in, previous, bullet) -> None:
    unit = Sentence(text, section=section, lead_in=lead_in, bullet=bullet, previous=previous)
    chances = fitted.probabilities([unit])
    (found,) = fitted.tag([unit])

    for values in (chances.finding, chances.themes, chances.sentiment, chances.theme_sentiment):
        assert ((values >= 0) & (values <= 1)).all()
    np.testing.assert_allclose([chances.sentiment.sum(), *chances.theme_sentiment[0].sum(axis=1)], 1)
    assert found.sentence == unit
    assert found.finding or (found.sentiment, found.themes) == (None, ())


def test_nothing_to_tag_is_no_findings(fitted: Tagger) -> None:
    assert fitted.tag([]) == []


def test_a_tagger_that_is_not_fitted_says_so() -> None:
    with pytest.raises(NotFittedError):
        Tagger().tag([Sentence("Plans are late.")])


def test_pickling_keeps_what_was_learned(fitted: Tagger, sample: Sequence[Annotation]) -> None:
    assert pickle.loads(pickle.dumps(fitted)).tag(sample[:30]) == fitted.tag(sample[:30])


def test_a_group_is_judged_by_models_that_did_not_see_it() -> None:
    """Each group has a word and a theme of its own: known in the end, but not to a model that saw other groups."""
    codebook, rng = of_themes(2), random.Random(0)
    made = []
    for group in range(24):
        theme = f"theme{rng.randrange(2)}"
        for at in range(5):
            text = f"Work on {word(f'theme{group}')} goes on in ward {at}."
            made.append(
                Annotation(f"{group}/{at}", f"r{group}-{at}", text, True, None, {theme: None}, group=f"g{group}")
            )
    tagger = small(codebook, made)
    said = np.array([[name in one.themes for name in codebook.theme_names] for one in made])

    assert ((tagger.probabilities(made).themes > 0.5) == said).mean() == 1
    assert ((tagger.out_of_fold_.themes > 0.5) == said).mean() < 0.7


@pytest.mark.parametrize("count", [1, 3, 40])
def test_codebooks_of_few_and_many_themes(count: int) -> None:
    codebook = of_themes(count, (Sentiment("good", "Good", "It is."), Sentiment("bad", "Bad", "It is.")))
    tagger = small(codebook, invented(codebook, max(120, 12 * count)))
    (found,) = tagger.tag([Sentence(f"Work on {word('theme0')} is poor in ward 7000.")])

    assert [tag.theme for tag in found.themes] == ["theme0"]
    assert (found.sentiment, found.themes[0].sentiment) == ("bad", "bad")
    assert count == 1 or any(word("theme0") in phrase for phrase in found.themes[0].evidence)


def test_a_codebook_without_sentiments() -> None:
    codebook = of_themes(3)
    tagger = small(codebook, invented(codebook, 120))
    (found,) = tagger.tag([Sentence(f"Work on {word('theme2')} is poor in ward 7000.")])

    assert (found.finding, found.sentiment, found.sentiment_score) == (True, None, None)
    assert [(tag.theme, tag.sentiment) for tag in found.themes] == [("theme2", None)]


def test_a_theme_with_one_example_and_one_with_none() -> None:
    codebook = of_themes(4)
    made = [
        replace(one, themes={}) if set(one.themes) & {"theme2", "theme3"} else one for one in invented(codebook, 120)
    ]
    made[1] = replace(made[1], themes={"theme2": None})
    tagger = small(codebook, made)
    (found,) = tagger.tag([Sentence(f"Work on {word('theme0')} is poor in ward 7000.")])

    assert [tag.theme for tag in found.themes] == ["theme0"]
    assert tagger.probabilities([Sentence(word("theme3"))]).themes[0, 3] < 0.01


def test_annotations_that_are_all_findings() -> None:
    codebook = of_themes(2)
    tagger = small(codebook, [one for one in invented(codebook, 120) if one.finding])

    assert all(one.finding for one in tagger.tag([Sentence("Ward 9 has a school."), Sentence("Zoraa is poor.")]))


def test_rare_sentences_that_are_no_findings_do_not_make_all_others_none() -> None:
    """Where nothing tells the few apart, calling everything none has the best F1 of them, and is no help."""
    codebook = of_themes(2)
    made = [one for one in invented(codebook, 150) if one.finding]
    made[::30] = [replace(one, finding=False, themes={}) for one in made[::30]]
    found: list[Finding] = small(codebook, made).tag([replace(one, text=one.text + " Now.") for one in made])

    assert sum(one.finding for one in found) > len(found) / 2


def test_annotations_of_a_single_report() -> None:
    codebook = of_themes(2)
    tagger = small(codebook, invented(codebook, 120, reports=1))

    assert [tag.theme for tag in tagger.tag([Sentence(f"Work on {word('theme1')} is poor.")])[0].themes] == ["theme1"]


def test_too_few_annotations_are_refused() -> None:
    codebook = of_themes(2)
    with pytest.raises(AnnotationError, match="annotate at least 20"):
        small(codebook, invented(codebook, 19))


def test_training_tells_its_steps(sample: Sequence[Annotation]) -> None:
    codebook = of_themes(2)
    told: list[str] = []
    Tagger(codebook, folds=2, jobs=1).fit(invented(codebook, 60), told.append)

    assert told == ["counting terms", "cross-validating in 2 folds", "fitting the model on all annotations"]
