from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from findings.report import Annotation, Sentence
from findings.tagging import Tagger
from findings.tagging.clauses import parts
from findings.tagging.decisions import Decisions
from findings.tagging.discourse import Clauses
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

    passages = Clauses.of(rows, score, DECISIONS, parts)

    assert pooled(score(rows), passages, DECISIONS).tolist() == [
        [1.0, 3 + LOUDEST * 3, 2.0],
        [1.0, 1 + LOUDEST * 1, 2.0],
    ]


def test_no_sentence_is_tagged_by_those_beside_it(fitted: Tagger, sample: Sequence[Annotation]) -> None:
    together = fitted.probabilities(sample[:40]).themes
    alone = np.concatenate([fitted.probabilities([one]).themes for one in sample[:40]])

    np.testing.assert_allclose(together, alone, atol=1e-9)
