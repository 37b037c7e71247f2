from __future__ import annotations

import numpy as np

from findings.report import Sentence
from findings.tagging.clauses import parts
from findings.tagging.decisions import Decisions
from findings.tagging.discourse import Pieces
from findings.tagging.features import as_rows
from findings.tagging.pooling import LOUDEST, pooled
from findings.tagging.terms import TEXT

DECISIONS = Decisions(("workforce",), ("strength",), ("strength",))


def test_the_part_that_says_a_theme_loudest_counts_beside_the_sentence() -> None:
    def score(rows) -> np.ndarray:
        return np.array([[1.0, row[TEXT].count("staff"), 2.0] for row in rows])

    rows = as_rows(
        [
            Sentence("Children in Oxley enjoy their school, and staff say that staff like staff."),
            Sentence("Many staff stay."),
        ]
    )

    heard = Pieces.of(rows, score, DECISIONS, parts)

    assert pooled(score(rows), heard, DECISIONS).tolist() == [[3 + LOUDEST * 3], [1 + LOUDEST * 1]]
