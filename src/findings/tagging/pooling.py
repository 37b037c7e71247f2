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


def pooled(scores: Floats, heard: Pieces, decisions: Decisions) -> Floats:
    """The scores of the themes, shape (n, themes), each with the highest among the sentence's parts added.

    `scores` are of shape (n, decisions), and `heard` those of the parts. A sentence of one part is its own.
    """
    own = scores[:, decisions.theme_columns]
    loudest = own.copy()
    for at, part_scores in heard.each():
        loudest[at] = part_scores[:, decisions.theme_columns].max(axis=0)
    together: Floats = own + LOUDEST * loudest
    return together
