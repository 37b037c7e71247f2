"""A theme is often said in one part of a long sentence: the part that says it loudest counts beside the whole.

The weights that score sentences score their parts. Taking the highest is what learning from bags of instances does
(Dietterich, Lathrop and Lozano-Pérez, "Solving the multiple instance problem with axis-parallel rectangles", 1997).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from findings.tagging.decisions import Decisions
from findings.tagging.discourse import Pieces

Floats = NDArray[np.float64]

# What the loudest part counts for, where the whole sentence counts 1; chosen by cross-validation on our annotations.
LOUDEST = 0.25


def pooled(scores: Floats, passages: Pieces, decisions: Decisions) -> Floats:
    """`scores` of shape (n, decisions), those of each theme with the highest among the sentence's `passages` added.

    A sentence that has no passages, because it is short, is its own.
    """
    columns = decisions.theme_columns
    loudest = scores[:, columns].copy()
    for at, part_scores in passages.each():
        loudest[at] = part_scores[:, columns].max(axis=0)
    result = scores.copy()
    result[:, columns] += LOUDEST * loudest
    return result
