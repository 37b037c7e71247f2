"""The tagger: sentences in context → findings, by a model and its decision thresholds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from findings.codebook import Codebook
from findings.report import Annotation, Finding, Report, Sentence, ThemeTag
from findings.segmentation import segment
from findings.tagging.decided import as_decided, decided
from findings.tagging.decisions import Decisions
from findings.tagging.explanation import evidence_words
from findings.tagging.features import InContext, as_rows
from findings.tagging.model import Probabilities
from findings.tagging.trade_off import Recall
from findings.tagging.training import Settings, train

Floats = NDArray[np.float64]

# Each fold costs a training. Three leave enough to learn from where there are many annotations; where there are few,
# all that are about one theme may fall into one of three.
FOLDS, FOLDS_OF_MANY, MANY = 5, 3, 10_000


class Tagger(BaseEstimator):  # type: ignore[misc]
    """Decides which sentences are findings, and tags each with themes and sentiment.

    >>> tagger = Tagger.load()
    >>> findings = tagger.tag(read_report("northby-2022.pdf"))

    Parameters: `codebook` (None: the one that ships), `folds` of the cross-validation (None: five, or three from 10,000
    annotations on), `seed`, and `jobs`, the threads that train at once. The same annotations, parameters and library
    versions give the same model; to the last bit only with one job, for threads share LIBLINEAR's random numbers, and
    weights are as exact as its tolerance (thresholds agreed to .0005).

    After `fit` or `load`: `codebook_`, `model_`, `trade_offs_` (for each preference, `high`, `balanced` or
    `high-precision`, the thresholds of finding and of the themes), `decided_` (what it was taught of single sentences)
    and `manifest_`; after `fit` only, `folds_` and `out_of_fold_`: what models that had not seen an annotation's group
    made of it.
    """

    def __init__(
        self, codebook: Codebook | None = None, folds: int | None = None, seed: int = 0, jobs: int = 2
    ) -> None:
        self.codebook = codebook
        self.folds = folds
        self.seed = seed
        self.jobs = jobs

    def fit(self, annotations: Sequence[Annotation], progress: Callable[[str], None] = lambda step: None) -> Tagger:
        """Learn from annotations; `progress` is told each step as it begins. Raises `AnnotationError` on too few."""
        self.codebook_ = self.codebook or Codebook.default()
        self.folds_ = self.folds or (FOLDS if len(annotations) < MANY else FOLDS_OF_MANY)
        settings = Settings(folds=self.folds_, seed=self.seed, jobs=self.jobs)
        trained = train(annotations, self.codebook_, settings, progress)
        self.model_ = trained.model
        self.trade_offs_ = trained.trade_offs
        self.out_of_fold_ = trained.out_of_fold
        self.decided_ = decided(annotations)
        self.manifest_: dict[str, Any] = {}
        return self

    @classmethod
    def load(cls, path: str | Path | None = None) -> Tagger:
        """The tagger in a `.joblib` file with its manifest beside it; the one in use by default where `path` is None.

        Raises `ModelError` where the file is missing, damaged, not as its manifest says, or of other library versions.
        """
        from findings.tagging.persistence import load

        return load(path)

    def save(self, path: str | Path) -> None:
        """Write the model to a `.joblib` file with its manifest (`.json`) beside it, atomically."""
        from findings.tagging.persistence import save

        save(self, Path(path))

    @property
    def thresholds_(self) -> Floats:
        """The thresholds of finding and of the themes where recall and precision count alike."""
        return self.trade_offs_["balanced"]

    def tag(self, source: Report | Sequence[InContext], recall: Recall = "balanced") -> list[Finding]:
        """A `Finding` for each sentence, in reading order, those that are no findings (`finding` is False) included.

        `recall="high"` tags when in doubt, so that little is missed; `"high-precision"` tags only what is sure.
        Sentences that were annotated, in the same context, carry their annotation.
        """
        check_is_fitted(self, "model_")
        sentences = segment(source) if isinstance(source, Report) else [as_sentence(s) for s in source]
        return as_decided(
            self.decide(sentences, self.probabilities(sentences), recall=recall), getattr(self, "decided_", {})
        )

    def probabilities(self, sentences: Sequence[InContext]) -> Probabilities:
        """The calibrated probabilities of every decision on every sentence."""
        check_is_fitted(self, "model_")
        return self.model_.predict(as_rows(sentences))

    def decide(
        self,
        sentences: Sequence[Sentence],
        chances: Probabilities,
        *,
        recall: Recall = "balanced",
        explain: bool = True,
    ) -> list[Finding]:
        """Probabilities → findings, by the thresholds; `explain` adds the words that earned each theme.

        Raises `ValueError` for a `recall` that there is not.
        """
        if recall not in self.trade_offs_:
            raise ValueError(f"recall must be one of {', '.join(self.trade_offs_)}, not {recall!r}")
        decisions, thresholds = self.model_.decisions, self.trade_offs_[recall]
        is_finding = chances.finding >= thresholds[0]
        has_theme = (chances.themes >= thresholds[1:]) & is_finding[:, None]
        words = evidence_words(self.model_, sentences, has_theme) if explain else {}
        findings = []
        for at, sentence in enumerate(sentences):
            found = bool(is_finding[at])
            sentiment = int(chances.sentiment[at].argmax()) if found and decisions.sentiments else None
            findings.append(
                Finding(
                    sentence=sentence,
                    finding=found,
                    finding_score=_rounded(chances.finding[at]),
                    sentiment=None if sentiment is None else decisions.sentiments[sentiment],
                    sentiment_score=None if sentiment is None else _rounded(chances.sentiment[at, sentiment]),
                    themes=tuple(
                        ThemeTag(
                            theme=decisions.themes[theme],
                            score=_rounded(chances.themes[at, theme]),
                            sentiment=_theme_sentiment(chances, at, theme, decisions),
                            evidence=words.get((at, theme), ()),
                        )
                        for theme in np.flatnonzero(has_theme[at]).tolist()
                    ),
                )
            )
        return findings


def _theme_sentiment(chances: Probabilities, at: int, theme: int, decisions: Decisions) -> str | None:
    """The sentence's sentiment, unless that is one that themes do not carry (mixed), or the codebook has no such."""
    if not decisions.theme_sentiments:
        return None
    said = decisions.sentiments[int(chances.sentiment[at].argmax())]
    if said in decisions.theme_sentiments and len(decisions.theme_sentiments) < len(decisions.sentiments):
        return said
    return decisions.theme_sentiments[int(chances.theme_sentiment[at, theme].argmax())]


def _rounded(probability: float) -> float:
    return round(float(probability), 4)


def as_sentence(unit: InContext) -> Sentence:
    """An annotation, or anything in context, as a `Sentence`."""
    if isinstance(unit, Sentence):
        return unit
    return Sentence(
        text=unit.text,
        report=getattr(unit, "report", ""),
        section=unit.section,
        lead_in=unit.lead_in or None,
        bullet=unit.bullet,
        end=len(unit.text),
        previous=getattr(unit, "previous", ""),
    )
