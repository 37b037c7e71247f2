"""All that there is to say about the tags of one sentence: every decision with its words, for and against."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any, Literal

from findings.annotations.labels import Labels
from findings.report import Finding, Sentence
from findings.tagging.explanation import Contribution, contributions
from findings.tagging.sentiment_explanation import sentiment_contributions
from findings.tagging.tagger import Tagger


@dataclass(frozen=True, slots=True)
class ExplainedDecision:
    """One decision: its probability `score`, whether it is `taken`, and from which probability on (`threshold`).

    `rest` (what no word adds) and the weights of `words` add up to `log_odds`: of finding and of a theme against its
    absence, of a sentiment against its nearest rival; the likeliest sentiment is taken, without a threshold.
    """

    name: str
    kind: Literal["finding", "theme", "sentiment"]
    score: float
    threshold: float | None
    taken: bool
    words: tuple[Contribution, ...]
    rest: float

    @property
    def log_odds(self) -> float:
        """What the words and the rest add up to."""
        return math.fsum(word.weight for word in self.words) + self.rest


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence with its tags and every decision on it: finding, the themes, the sentiments.

    `taught` is True where the tags are not the model's: the sentence was annotated, and keeps its annotation.
    """

    finding: Finding
    decisions: tuple[ExplainedDecision, ...]
    taught: bool

    def to_dict(self) -> dict[str, Any]:
        """The explanation as plain JSON values: the finding as in `findings tag`, and its `decisions`."""
        return {
            "finding": self.finding.to_dict(),
            "taught": self.taught,
            "decisions": [
                asdict(one)
                | {"log_odds": round(one.log_odds, 4), "rest": round(one.rest, 4)}
                | {"words": [asdict(word) | {"weight": round(word.weight, 4)} for word in one.words]}
                for one in self.decisions
            ],
        }


def explain(tagger: Tagger, sentence: Sentence) -> Explanation:
    """Explain the tags that a tagger gives to a sentence in its context."""
    (finding,) = tagger.tag([sentence])
    chances = tagger.probabilities([sentence])
    (judged,) = tagger.decide([sentence], chances, explain=False)
    words, rest = contributions(tagger.model_, sentence)
    of_sentiment, rest_of_sentiment = sentiment_contributions(tagger.model_, sentence)
    themes = {tag.theme for tag in judged.themes}
    scores = (float(chances.finding[0]), *chances.themes[0].tolist())
    decisions = [
        ExplainedDecision(
            name,
            "theme" if at else "finding",
            round(scores[at], 4),
            round(float(tagger.thresholds_[at]), 4),
            name in themes if at else judged.finding,
            tuple(words[name]),
            rest[name],
        )
        for at, name in enumerate(("finding", *tagger.codebook_.theme_names))
    ]
    for name, score in zip(tagger.codebook_.sentiment_names, chances.sentiment[0].tolist(), strict=True):
        if name in of_sentiment:
            taken = judged.sentiment == name
            told = tuple(of_sentiment[name])
            decisions.append(
                ExplainedDecision(name, "sentiment", round(score, 4), None, taken, told, rest_of_sentiment[name])
            )
    return Explanation(finding, tuple(decisions), taught=_labels(finding) != _labels(judged))


def _labels(finding: Finding) -> Labels:
    return Labels(finding.finding, finding.sentiment, {tag.theme: tag.sentiment for tag in finding.themes})
