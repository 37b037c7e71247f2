from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import finding, tagged_report

from findings.annotations.selection import choose, doubts_of
from findings.report import Finding, ThemeTag


def doubtful(text: str, score: float = 0.5) -> Finding:
    return finding(text, themes=(ThemeTag("workforce", score, "weakness"),))


def test_the_most_doubtful_sentences_are_chosen_and_stand_in_reading_order() -> None:
    findings = tagged_report(40)
    findings[31] = doubtful("Nobody in Fenwick Cross can say who holds the case.")
    findings[8] = doubtful("Visits happen.", 0.55)
    chosen = choose(findings, 2, random_share=0)
    assert [(pick.index, pick.why) for pick in chosen] == [(8, "doubt"), (31, "doubt")]
    assert chosen[1].doubt > chosen[0].doubt > 0.9


def test_doubt_is_counted_over_all_decisions() -> None:
    sure, unsure = finding("A."), finding("B.", finding_score=0.6, sentiment_score=0.55)
    assert set(doubts_of(unsure)) == {"finding", "sentiment", "theme:workforce"}
    assert sum(doubts_of(unsure).values()) > 1.5
    assert sum(doubts_of(sure).values()) < 0.3
    scores = {"workforce": 0.5, "thresholds": 0.5}
    assert doubts_of(sure, scores)["theme:thresholds"] == 1.0


def test_scores_of_themes_that_were_not_tagged_count() -> None:
    findings = tagged_report(20)
    scores = [{"thresholds": 0.01} for _ in findings]
    scores[13] = {"thresholds": 0.45}
    assert [pick.index for pick in choose(findings, 1, theme_scores=scores, random_share=0)] == [13]


def test_near_duplicates_do_not_crowd_in() -> None:
    same = (
        "Team managers at Saltmarsh do not always sign off the plans that social workers write for children in care, "
        "and nobody asks them why a decision that was promised in the spring has still not been made by autumn."
    )
    findings = [doubtful(same) for _ in range(10)] + [doubtful(same.replace("autumn", "winter"))]
    other = doubtful("Caseloads in Oakhollow are far too high.", 0.6)
    chosen = choose([*findings, other], 5, random_share=0)
    assert [pick.index for pick in chosen] == [0, 11]


def test_a_share_is_random_and_marked_as_such() -> None:
    chosen = choose(tagged_report(100), 50, random_share=0.2)
    assert [pick.why for pick in chosen].count("random") == 10
    assert len(chosen) == 50
    assert len({pick.index for pick in chosen}) == 50


def test_the_random_share_is_even_over_all_sentences_and_blind_to_doubt() -> None:
    findings = tagged_report(20) + [doubtful(f"Doubtful {number} here.") for number in range(20)]
    drawn = [
        pick.index
        for seed in range(200)
        for pick in choose(findings, 4, random_share=0.5, seed=seed)
        if pick.why == "random"
    ]
    assert len(drawn) == 400
    assert 160 <= sum(index < 20 for index in drawn) <= 240


def test_the_same_seed_chooses_the_same_and_annotated_sentences_are_passed_over() -> None:
    findings = tagged_report(60)
    assert choose(findings, 10, seed=3) == choose(findings, 10, seed=3)
    annotated = {findings[pick.index].sentence.text for pick in choose(findings, 10)}
    again = {findings[pick.index].sentence.text for pick in choose(findings, 10, annotated=annotated)}
    assert len(again) == 10
    assert not again & annotated


def test_a_wrong_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="limit"):
        choose([], -1)


SCORES = st.floats(0, 1)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.lists(st.tuples(st.text(max_size=12), SCORES, SCORES), max_size=12), st.integers(0, 15), st.floats(0, 1))
def test_never_too_many_never_twice(rows: list[tuple[str, float, float]], limit: int, share: float) -> None:
    findings = [finding(text, finding_score=score, sentiment_score=other) for text, score, other in rows]
    chosen = choose(findings, limit, random_share=share)
    indices = [pick.index for pick in chosen]
    assert indices == sorted(set(indices))
    assert len(chosen) <= min(limit, len(findings))
    assert all(pick.doubt >= 0 for pick in chosen)
