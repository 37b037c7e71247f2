"""Annotations → a fitted model, with what it gets right on sentences it has not seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.report import Annotation
from findings.tagging.calibration import sigmoids
from findings.tagging.decisions import Decisions, LinearDecisions
from findings.tagging.discourse import Pieces, Verdict
from findings.tagging.features import BlockTfidf, Matrix, TermCounter, as_rows
from findings.tagging.finding import finding_verdict
from findings.tagging.model import Evidence, Judges, Model, Probabilities, gather, judge
from findings.tagging.parts import Parts
from findings.tagging.trade_off import Recall, thresholds
from findings.tagging.vectors import shipped_vectors

Floats = NDArray[np.float64]
Rows = NDArray[np.object_]
Progress = Callable[[str], None]

FEWEST = 20


@dataclass(frozen=True, slots=True)
class Settings:
    """How to cross-validate, and the seed of every random choice."""

    folds: int
    seed: int
    jobs: int


@dataclass(frozen=True, slots=True)
class Trained:
    """A fitted model; for each preference the thresholds (finding, then the themes); and what `out_of_fold` models say.

    `trade_offs` rests on `out_of_fold`, which is by models that had not seen an annotation's group.
    """

    model: Model
    trade_offs: dict[Recall, Floats]
    out_of_fold: Probabilities


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from: sentences, how often each and each of its parts holds each term, and its targets."""

    rows: Rows
    counts: Matrix
    parts: Parts
    targets: Floats

    @classmethod
    def of(cls, rows: Rows, counter: TermCounter, targets: Floats) -> Material:
        """Count the terms of rows, and of their parts; the counter learns the terms of the rows."""
        counts = counter.fit_transform(rows)
        return cls(rows, counts, Parts.of(rows, counter.transform), targets)

    def only(self, sentences: NDArray[np.int64]) -> Material:
        """That of some of the sentences, given in ascending order."""
        return Material(
            self.rows[sentences],
            self.counts[sentences],
            self.parts.of_sentences(sentences),
            self.targets[sentences],
        )


def train(
    annotations: Sequence[Annotation],
    codebook: Codebook,
    settings: Settings,
    progress: Progress = lambda step: None,
) -> Trained:
    """Fit a model on annotations, and judge each annotation by a model that saw no other of its group.

    Probabilities are calibrated and thresholds chosen on those out-of-fold scores; the model itself is fitted on all.
    `progress` is told each step as it begins. Raises `AnnotationError` where there are too few annotations.
    """
    if len(annotations) < FEWEST:
        raise AnnotationError(f"{len(annotations)} annotations are too few to train on; annotate at least {FEWEST}.")
    decisions = Decisions.of(codebook)
    targets = decisions.targets(annotations)
    progress("counting terms")
    counter = TermCounter(given={"meaning": shipped_vectors().terms})
    material = Material.of(as_rows(annotations), counter, targets)
    evidence = _out_of_fold(material, counter, groups_of(annotations), decisions, settings, progress)
    natural = in_natural_proportion(annotations)
    judges = _judges(evidence, targets, annotations, natural, decisions)
    out_of_fold = judge(evidence, judges, decisions)
    progress("fitting the model on all annotations")
    weigher, linear = _fit(material, counter, decisions, settings, settings.jobs)
    model = Model(decisions, counter, weigher, linear, judges)
    return Trained(model, thresholds(out_of_fold, targets, natural, decisions), out_of_fold)


def in_natural_proportion(annotations: Sequence[Annotation]) -> NDArray[np.bool_]:
    """Which annotations stand for what reports are like: those not `chosen`, or all where too few are left."""
    natural = np.array([not annotation.chosen for annotation in annotations])
    return natural if natural.sum() >= FEWEST else np.ones(len(annotations), dtype=bool)


def groups_of(annotations: Sequence[Annotation]) -> NDArray[np.object_]:
    """What must stay in one fold; each annotation for itself where all are of one group."""
    groups = np.array([annotation.group or annotation.report for annotation in annotations], dtype=object)
    return groups if len(set(groups)) > 1 else np.array([annotation.id for annotation in annotations], dtype=object)


def _fit(
    material: Material, counter: TermCounter, decisions: Decisions, settings: Settings, jobs: int = 1
) -> tuple[BlockTfidf, LinearDecisions]:
    known = shipped_vectors()
    weigher = BlockTfidf(counter.block_ends_, given_idf={"meaning": known.idf})
    weighed = weigher.fit_transform(material.counts)
    parts = Parts(material.parts.owner, weigher.transform(material.parts.X))
    examples = decisions.part_examples(parts, material.targets)
    linear = LinearDecisions(random_state=settings.seed, n_jobs=jobs)
    return weigher, linear.fit(weighed, material.targets, known.vectors, examples)


def _out_of_fold(
    material: Material,
    counter: TermCounter,
    groups: NDArray[np.object_],
    decisions: Decisions,
    settings: Settings,
    progress: Progress,
) -> Evidence:
    """The evidence on every row from models that saw none of its group."""
    folds = min(settings.folds, len(set(groups)))

    def one(seen: NDArray[np.int64], unseen: NDArray[np.int64]) -> Evidence:
        weigher, linear = _fit(material.only(seen), counter, decisions, settings)

        def score(counts: Matrix) -> Floats:
            return linear.decision_function(weigher.transform(counts))

        judged = material.only(unseen)
        heard = Pieces(judged.parts.owner, score(judged.parts.X))
        return gather(judged.rows, lambda rows: score(counter.transform(rows)), decisions, score(judged.counts), heard)

    splits = list(GroupKFold(folds).split(material.rows, groups=groups))
    progress(f"cross-validating in {folds} folds")
    folded = Parallel(n_jobs=settings.jobs, prefer="threads")(delayed(one)(seen, unseen) for seen, unseen in splits)
    order = np.argsort(np.concatenate([unseen for _, unseen in splits]))
    return Evidence(
        np.concatenate([fold.themes for fold in folded])[order],
        np.concatenate([fold.finding for fold in folded])[order],
        np.concatenate([fold.sentence for fold in folded])[order],
        np.concatenate([fold.theme_sentiment for fold in folded])[order],
    )


def _judges(
    evidence: Evidence,
    targets: Floats,
    annotations: Sequence[Annotation],
    natural: NDArray[np.bool_],
    decisions: Decisions,
) -> Judges:
    """What weighs the evidence, fitted on that out of fold.

    How common each label is belongs to the judgement, so that of sentences is fitted on those that are `natural`.
    """
    code = {name: at for at, name in enumerate(decisions.sentiments)}
    sentiment = np.array([code.get(annotation.sentiment or "", -1) for annotation in annotations])
    said = (sentiment >= 0) & natural
    sentence = Verdict(width=len(decisions.sentiments)).fit(evidence.sentence[said], sentiment[said])
    theme_sentiment = decisions.theme_sentiment_targets(annotations)
    # Where the sentence's sentiment is one that no theme can have, the clauses decide: learn from those sentences.
    apart = [code[name] for name in decisions.sentiments if name not in decisions.theme_sentiments]
    pairs = (theme_sentiment >= 0) & np.isin(sentiment, apart)[:, None]
    theme = Verdict(width=len(decisions.theme_sentiments)).fit(evidence.theme_sentiment[pairs], theme_sentiment[pairs])
    finding = finding_verdict(evidence.finding[natural], targets[natural, 0] > 0)
    themes = sigmoids(evidence.themes[natural], targets[natural][:, decisions.theme_columns])
    return Judges(themes, finding, sentence, theme)
