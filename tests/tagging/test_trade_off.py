from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings.report import Annotation
from findings.tagging import Tagger
from findings.tagging.decisions import Decisions
from findings.tagging.model import Probabilities
from findings.tagging.trade_off import describe_trade_offs, thresholds

DECISIONS = Decisions(("workforce", "drift"), (), ())
ROW = st.tuples(*[st.integers(0, 20)] * 3, *[st.booleans()] * 3)


def judged(rows) -> tuple[Probabilities, np.ndarray]:
    table = np.array(rows, dtype=float)
    chances = table[:, :3] / 20
    return Probabilities(chances[:, 0], chances[:, 1:], np.zeros((len(rows), 0)), np.zeros((len(rows), 2, 0))), table[
        :, 3:
    ]


@given(st.lists(ROW, min_size=1, max_size=30))
def test_wanting_more_recall_never_tags_less(rows) -> None:
    chances, targets = judged(rows)
    chosen = thresholds(chances, targets, np.ones(len(rows), dtype=bool), DECISIONS)

    assert (chosen["high"] <= chosen["balanced"]).all()
    assert (chosen["balanced"] <= chosen["high-precision"]).all()
    assert all(((least >= 0) & (least <= 1)).all() for least in chosen.values())


def test_sentences_chosen_for_what_they_teach_have_no_say() -> None:
    rows = [(20, 18, 0, 1, 1, 0), (20, 12, 0, 1, 0, 0), (20, 4, 0, 1, 0, 0)] * 4
    chances, targets = judged([*rows, *[(20, 2, 0, 1, 1, 0)] * 40])
    natural = np.arange(len(targets)) < len(rows)

    assert thresholds(chances, targets, natural, DECISIONS)["balanced"][1] == pytest.approx(0.75)
    assert thresholds(chances, targets, np.ones(len(targets), dtype=bool), DECISIONS)["balanced"][1] < 0.6


def test_what_each_preference_gets_is_told() -> None:
    chances, targets = judged([(20, 18, 0, 1, 1, 0), (20, 12, 0, 1, 0, 0), (20, 4, 0, 1, 1, 0), (2, 20, 0, 0, 0, 0)])
    told = describe_trade_offs({"balanced": np.array([0.5, 0.5, 0.5])}, chances, targets, np.ones(4, bool), DECISIONS)

    assert told["balanced"]["precision"] == {"finding": 1.0, "workforce": 0.5, "drift": 0.0}
    assert told["balanced"]["recall"] == {"finding": 1.0, "workforce": 0.5, "drift": 0.0}


def test_a_tagger_tags_more_or_less_as_it_is_asked(fitted: Tagger, sample: Sequence[Annotation]) -> None:
    unseen = [Annotation(f"x{at}", "x", f"{one.text} In Oxley.", True) for at, one in enumerate(sample[:200])]
    tags = {
        recall: {(at, tag.theme) for at, found in enumerate(fitted.tag(unseen, recall)) for tag in found.themes}
        for recall in ("high", "balanced", "high-precision")
    }

    assert tags["high-precision"] < tags["balanced"] < tags["high"]
    assert tags["balanced"] == {(at, tag.theme) for at, one in enumerate(fitted.tag(unseen)) for tag in one.themes}


def test_an_unknown_preference_is_refused(fitted: Tagger, sample: Sequence[Annotation]) -> None:
    with pytest.raises(ValueError, match="high, balanced, high-precision"):
        fitted.tag(sample[:1], recall="low")  # type: ignore[arg-type]
