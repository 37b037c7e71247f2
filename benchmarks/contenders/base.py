"""What a contender is: it learns from annotations, scores sentences, and chooses thresholds on what it has not seen."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from findings.codebook import Codebook
from findings.report import Annotation
from findings.tagging.calibration import best_threshold
from findings.tagging.terms import without_grades
from findings.tagging.training import in_natural_proportion

Floats = NDArray[np.float64]
FOLDS = 5


@dataclass(frozen=True)
class Scores:
    """A score of every decision on n sentences, the higher the likelier; None where a method does not decide it.

    `finding` has shape (n,), `themes` (n, themes) and `sentiment` (n, sentiments), in the codebook's order.
    """

    finding: Floats | None
    themes: Floats | None
    sentiment: Floats


class Contender(ABC):
    """A method with its row: `title` and `note` for the table, `packages` for what it needs installed beside Python.

    Thresholds are chosen on annotations of reports that the scorer had not seen, of whole reports only. By default each
    of five folds of report groups is scored by a model of the rest, and the model in use is then fitted on everything;
    where `one_fold` is set, one fold is held out and the model of the rest is the one in use, as training is slow.
    """

    title: ClassVar[str]
    note: ClassVar[str] = ""
    packages: ClassVar[tuple[str, ...]] = ()
    one_fold: ClassVar[bool] = False
    codebook: Codebook

    @abstractmethod
    def fit(self, annotations: Sequence[Annotation]) -> None:
        """Learn from annotations."""

    @abstractmethod
    def score(self, sentences: Sequence[Annotation]) -> Scores:
        """The scores of sentences, of which nothing but text, heading, lead-in and bullet may be looked at."""

    def train(self, annotations: Sequence[Annotation], codebook: Codebook) -> Floats:
        """Make ready for use; the thresholds of finding and of each theme, with the best F1 on unseen annotations."""
        self.codebook = codebook
        unseen: list[Annotation] = []
        scores: list[Scores] = []
        for rest, held_out in _folds(annotations):
            self.fit(rest)
            unseen += held_out
            scores.append(self.score(held_out))
            if self.one_fold:
                break
        else:
            self.fit(annotations)
        return _thresholds(scores, unseen, codebook)


def context_of(sentence: Annotation) -> str:
    """The heading, its grades left out as they are for ours, and the lead-in, as one text; "" where there is none."""
    return ". ".join(part for part in (" ".join(without_grades(sentence.section).split()), sentence.lead_in) if part)


def theme_targets(annotations: Sequence[Annotation], codebook: Codebook) -> NDArray[np.bool_]:
    """Which themes the annotations have: shape (n, themes)."""
    return np.array([[theme in one.themes for theme in codebook.theme_names] for one in annotations])


def sentiment_targets(annotations: Sequence[Annotation], codebook: Codebook) -> NDArray[np.int64]:
    """The place of each annotation's sentiment in the codebook, -1 for what is no finding: shape (n,)."""
    place = {name: at for at, name in enumerate(codebook.sentiment_names)}
    return np.array([place.get(one.sentiment or "", -1) for one in annotations])


def _folds(annotations: Sequence[Annotation]) -> Iterator[tuple[list[Annotation], list[Annotation]]]:
    """Annotations to learn from, and those of whole reports, of other groups, to be judged on."""
    natural = [one for one, whole in zip(annotations, in_natural_proportion(annotations), strict=True) if whole]
    groups = [_group(one) for one in natural]
    for _, places in GroupKFold(FOLDS).split(natural, groups=groups):
        held_out = [natural[at] for at in places]
        away = {_group(one) for one in held_out}
        yield [one for one in annotations if _group(one) not in away], held_out


def _group(annotation: Annotation) -> str:
    return annotation.group or annotation.report


def _thresholds(scores: Sequence[Scores], unseen: Sequence[Annotation], codebook: Codebook) -> Floats:
    """By the criterion of `findings.tagging.training`: best F1 of each theme, and of what is no finding."""
    if any(part.finding is None or part.themes is None for part in scores):
        return np.zeros(1 + len(codebook.themes))
    finding = np.concatenate([part.finding for part in scores if part.finding is not None])
    themes = np.concatenate([part.themes for part in scores if part.themes is not None])
    is_finding = np.array([one.finding for one in unseen])
    said = theme_targets(unseen, codebook)
    chosen = [best_threshold(themes[:, at], said[:, at]) for at in range(themes.shape[1])]
    return np.array([1 - best_threshold(1 - finding, ~is_finding), *chosen])
