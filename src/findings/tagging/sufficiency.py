"""How far a theme's cross-validated scores can be trusted, and how many more annotated sentences it wants."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Literal

from findings.tagging.evaluation import Metrics, Score

Trust = Literal["not trained", "cannot be told", "low", "fair", "good"]

FEWEST_EXAMPLES = 30
# The width of F1's 95% interval that a theme's figures should have before decisions rest on them, and its lower ends
# from which we call a theme's tags fair and good.
_WIDTH = 0.15
_FAIR, _GOOD = 0.6, 0.75


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """A theme's `trust`, and how many more sentences about it are `wanted` (0: it has enough).

    not trained: no sentence is about it. cannot be told: too few are, or all stand in one report. Otherwise by the
    lower end of F1's 95% interval: good from 0.75, fair from 0.6, low below.
    """

    theme: str
    support: int
    trust: Trust
    wanted: int


def sufficiency(metrics: Metrics) -> list[Sufficiency]:
    """The sufficiency of every theme, by its cross-validated score."""
    return [
        Sufficiency(score.label, score.support, _trust(score), _wanted(score))
        for score in metrics.scores
        if score.kind == "theme"
    ]


def _trust(score: Score) -> Trust:
    if not score.support:
        return "not trained"
    if score.interval is None or score.support < FEWEST_EXAMPLES // 3:
        return "cannot be told"
    low = score.interval[0]
    return "good" if low >= _GOOD else "fair" if low >= _FAIR else "low"


def _wanted(score: Score) -> int:
    """How many more examples bring the interval to `_WIDTH`: its width falls with the square root of their number.

    A theme whose trust is low wants twice as many as it has in any case, and no theme fewer than `FEWEST_EXAMPLES`.
    """
    enough = float(FEWEST_EXAMPLES)
    if score.interval is not None and score.support >= FEWEST_EXAMPLES // 3:
        low, high = score.interval
        enough = max(enough, score.support * ((high - low) / _WIDTH) ** 2)
        if _trust(score) == "low":
            enough = max(enough, 2.0 * score.support)
    more = max(0, ceil(enough) - score.support)
    return ceil(more / 10) * 10  # an estimate is no more exact than that
