from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from findings.tagging.decisions import Decisions
from findings.tagging.finding import finding_features, finding_slopes, finding_verdict

FULL = Decisions(("thresholds", "workforce"), ("strength", "weakness", "mixed"), ("strength", "weakness"))
BARE = Decisions((), (), ())
SCORES = arrays(np.float64, (6,), elements=st.floats(-4, 4, width=16))


@given(scores=SCORES)
@pytest.mark.parametrize("decisions", [FULL, BARE], ids=["themes and sentiments", "neither"])
def test_slopes_times_scores_are_the_log_odds(decisions: Decisions, scores) -> None:
    random = np.random.default_rng(0)
    known = random.normal(size=(60, 6))
    verdict = finding_verdict(finding_features(known, decisions), known[:, 0] + 0.5 * known[:, 1] > 0)
    chance = verdict.predict_proba(finding_features(scores[None], decisions))[0]

    log_odds = finding_slopes(scores, verdict, decisions) @ scores + verdict.intercept_[-1]
    assert log_odds == pytest.approx(np.log(chance[1] / chance[0]), abs=1e-9)


def test_what_takes_sides_is_likelier_to_be_a_finding() -> None:
    """Half of these sentences are findings, and look no more so than the others, but are strengths or weaknesses."""
    random = np.random.default_rng(1)
    scores = random.normal(scale=0.1, size=(200, 6))
    yes = np.arange(200) % 2 == 0
    side = np.where(random.random(100) < 0.5, 1.0, -1.0)
    scores[yes, 3] += side
    scores[yes, 4] -= side
    features = finding_features(scores, FULL)

    assert (finding_verdict(features, yes).predict(features) == yes).mean() > 0.95


@pytest.mark.parametrize("yes", [True, False])
def test_where_all_are_findings_or_none_the_own_score_decides(yes: bool) -> None:
    verdict = finding_verdict(np.zeros((5, 3)), np.full(5, yes))

    assert verdict.predict(np.array([[8.0, 0, 0], [-8.0, 3, 3]])).tolist() == [1, 0]
