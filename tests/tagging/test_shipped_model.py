"""What the model that ships must get right, and what its card says that it gets wrong."""

from __future__ import annotations

import pytest

from findings.annotations.labels import Labels
from findings.report import Finding, Sentence
from findings.resources import shipped as shipped_file
from findings.tagging import Tagger
from findings.tagging.known_failures import HARD
from findings.tagging.model_card import model_card


def tag(tagger: Tagger, text: str, **context) -> Finding:
    return tagger.tag([Sentence(text, **context)])[0]


def themes(found: Finding) -> dict[str, str | None]:
    return {one.theme: one.sentiment for one in found.themes}


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Timeliness of core assessments", "assessment_timeliness"),
        ("Recruitment and retention of social workers", "workforce"),
        ("Application of thresholds by partner agencies", "thresholds"),
    ],
)
def test_the_heading_decides_what_a_bullet_without_a_verb_says(shipped: Tagger, text: str, theme: str) -> None:
    worse = tag(shipped, text, section="Areas for improvement", bullet=True)
    better = tag(shipped, text, section="What is working well", bullet=True)

    assert (worse.sentiment, themes(worse)) == ("weakness", {theme: "weakness"})
    assert (better.sentiment, themes(better)) == ("strength", {theme: "strength"})


def test_the_lead_in_decides_for_its_bullets(shipped: Tagger) -> None:
    text = "all children in need have an up-to-date plan"

    assert tag(
        shipped, text, lead_in="In order to improve, the authority should ensure that:", bullet=True
    ).sentiment == ("weakness")
    assert (
        tag(shipped, text, lead_in="Inspectors found strengths, including that:", bullet=True).sentiment == "strength"
    )


@pytest.mark.parametrize(
    "text", ["Too many assessments are late.", "Social workers know children and visit them often."]
)
def test_a_grade_in_the_heading_does_not_decide(shipped: Tagger, text: str) -> None:
    heading = "The experiences and progress of children who need help and protection: "
    grades = ("inadequate", "Requires improvement to be good", "good", "Outstanding", "")
    told = [tag(shipped, text, section=heading + grade) for grade in grades]

    assert len({(one.finding_score, one.sentiment, one.sentiment_score, one.themes) for one in told}) == 1


CLEAR = pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("Foster carers are well supported and speak highly of their social workers.", "strength"),
        ("Young people leaving care receive a smooth transition to adult services.", "strength"),
        ("The virtual school makes good use of the pupil premium to raise attainment.", "strength"),
        ("Life-story work is not undertaken for the majority of children.", "weakness"),
        ("Pathway plans are weak and do not reflect young people's ambitions.", "weakness"),
    ],
)


@CLEAR
def test_a_finding_needs_no_heading(shipped: Tagger, text: str, sentiment: str) -> None:
    told = [tag(shipped, text, section=heading) for heading in ("", "Findings", "Services for children in care")]

    assert {(one.finding, one.sentiment) for one in told} == {(True, sentiment)}


@CLEAR
def test_a_bullet_is_no_weakness_for_being_one(shipped: Tagger, text: str, sentiment: str) -> None:
    told = [
        tag(shipped, text, section=heading, lead_in=lead_in, bullet=True)
        for heading in ("", "The inspectors' judgements")
        for lead_in in (None, "The report says that:", "The findings of the review were these:")
    ]

    assert {(one.finding, one.sentiment) for one in told} == {(True, sentiment)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Supervision is regular, but caseloads are too high.",
            {"management_oversight": "strength", "workforce": "weakness"},
        ),
        (
            "Managers audit cases well, but vacancies are not filled.",
            {"management_oversight": "strength", "workforce": "weakness"},
        ),
        (
            "Staff are well supported but assessments are late.",
            {"workforce": "strength", "assessment_timeliness": "weakness"},
        ),
        (
            "Staff are experienced and well trained; however, managers do not record decisions or challenge drift.",
            {"workforce": "strength", "management_oversight": "weakness"},
        ),
    ],
)
def test_each_theme_of_a_mixed_sentence_has_its_own_sentiment(shipped: Tagger, text: str, said: dict) -> None:
    found = tag(shipped, text)

    assert found.sentiment == "mixed"
    assert {theme: sentiment for theme, sentiment in themes(found).items() if theme in said} == said


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("Caseloads are too high and vacancies are not filled.", {}),
        ("Timeliness of initial health assessments", {"section": "Areas for improvement", "bullet": True}),
        ("supervision is regular and recorded", {"lead_in": "Managers should ensure that:", "bullet": True}),
    ],
)
def test_evidence_stands_in_the_sentence_its_heading_or_its_lead_in(shipped: Tagger, text: str, context: dict) -> None:
    (found,) = shipped.tag([Sentence(text, **context)])

    assert found.themes
    for one in found.themes:
        assert one.evidence
        assert all(any(phrase in part for part in (text, *map(str, context.values()))) for phrase in one.evidence)


def test_the_card_beside_the_model_is_its_own_and_its_failures_are_real(shipped: Tagger) -> None:
    card = (shipped_file("models") / "MODEL_CARD.md").read_text("utf-8")
    sentences = {one.text: one for _, one in HARD}
    failures = shipped.manifest_["known_failures"]

    assert card == model_card(shipped.manifest_)
    assert len({failure["cause"] for failure in failures}) >= 3
    for failure in failures:
        (found,) = shipped.tag([sentences[failure["text"]]])
        said = str(Labels(found.finding, found.sentiment, themes(found)))
        assert said == failure["tagged"] != failure["annotated"]


def test_the_model_is_small(shipped: Tagger) -> None:
    assert shipped.manifest_["model_bytes"] <= 10_000_000
    assert max(shipped.manifest_["cross_validation"]["calibration_error"].values()) <= 0.03
