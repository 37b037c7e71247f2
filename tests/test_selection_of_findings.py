from __future__ import annotations

import pytest
from made_findings import finding, no_finding

from findings.codebook import Codebook
from findings.selection import Selection

CODEBOOK = Codebook.default()
BOTH = finding(
    "Supervision is regular, but caseloads are too high.",
    "mixed",
    ("management_oversight", 0.6, "strength"),
    ("workforce", 0.95, "weakness"),
)
LATE = finding("Visits are late.", "weakness", ("assessment_timeliness", 0.8, "weakness"), score=0.7)
PLAIN = finding("Children are safe.", "strength")
NONE = no_finding("The council has 40 members.")
ALL = [BOTH, LATE, PLAIN, NONE]


def select(**options: object) -> list[object]:
    return list(Selection(CODEBOOK, **options).select(ALL))  # type: ignore[arg-type]


def test_findings_alone_are_kept_unless_all_sentences_are_asked_for() -> None:
    assert select() == [BOTH, LATE, PLAIN]
    assert select(all_sentences=True) == ALL


def test_a_theme_and_a_sentiment_must_meet_in_one_tag() -> None:
    assert select(themes={"workforce"}, sentiments={"weakness"}) == [BOTH]
    assert select(themes={"workforce"}, sentiments={"strength"}) == []
    assert select(themes={"workforce"}, sentiments={"mixed"}) == [BOTH]
    assert select(themes={"assessment_timeliness"}, sentiments={"mixed"}) == []


def test_a_sentiment_alone_is_that_of_the_sentence() -> None:
    assert select(sentiments={"weakness"}) == [LATE]
    assert select(sentiments={"mixed", "strength"}) == [BOTH, PLAIN]


def test_a_low_score_takes_off_themes_and_findings() -> None:
    sure, plain = select(min_score=0.75)

    assert [tag.theme for tag in sure.themes] == ["workforce"]  # type: ignore[attr-defined]
    assert plain == PLAIN
    assert select(min_score=0.75, themes={"management_oversight"}) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"themes": {"work_force"}}, "did you mean workforce"),
        ({"sentiments": {"good"}}, "no sentiment 'good'"),
        ({"min_score": 1.5}, "between 0 and 1"),
    ],
)
def test_a_wrong_choice_is_told(options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        select(**options)
