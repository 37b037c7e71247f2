"""The parts of sentences as examples of their own, beside the sentences.

A sentence of forty words that names a theme in six of them teaches the other thirty-four too. Shown beside it the part
that speaks loudest, a model learns which words it was. So learns a machine that is given bags of instances (Andrews,
Tsochantaridis and Hofmann, "Support vector machines for multiple-instance learning", 2002); they choose the instance by
the machine itself, again and again, we by naive Bayes and once, which was as good in cross-validation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from findings.tagging.clauses import cut, parts
from findings.tagging.features import Matrix

Floats = NDArray[np.float64]
Rows = NDArray[np.object_]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Parts:
    """The features `X`, shape (m, features), of the parts of the sentences that have several.

    Part i belongs to sentence `owner[i]`, in ascending order.
    """

    owner: Indices
    X: Matrix

    @classmethod
    def of(cls, rows: Rows, features: Callable[[Rows], Matrix]) -> Parts:
        """The parts of the sentences in `rows`."""
        owner, _, pieces = cut(rows, parts)
        return cls(owner, features(pieces))

    def of_sentences(self, sentences: Indices) -> Parts:
        """The parts of some sentences, given in ascending order, which are numbered anew."""
        kept = np.isin(self.owner, sentences)
        return Parts(np.searchsorted(sentences, self.owner[kept]), self.X[kept])

    def loudest(self, scores: Floats) -> Indices:
        """For each sentence which of its parts has the highest of `scores`, shape (m,)."""
        order = np.lexsort((-scores, self.owner))
        _, first = np.unique(self.owner[order], return_index=True)
        chosen: Indices = order[first]
        return chosen


@dataclass(frozen=True, slots=True)
class PartExamples:
    """What the parts of sentences teach beside the sentences.

    `targets` of shape (sentences, decisions), NaN where a sentence's parts have no say; `every` of shape (decisions,):
    whether all parts of a sentence have its target, or only the one that speaks loudest for the decision.
    """

    parts: Parts
    targets: Floats
    every: NDArray[np.bool_]

    def of(self, decision: int, loudness: Callable[[Matrix], Floats]) -> tuple[Matrix, NDArray[np.bool_]]:
        """The features of the parts that teach a decision, and whether they say yes."""
        parts = self.parts
        taught = np.arange(len(parts.owner)) if self.every[decision] else parts.loudest(loudness(parts.X))
        told = self.targets[parts.owner[taught], decision]
        said = ~np.isnan(told)
        return parts.X[taught[said]], told[said] > 0
