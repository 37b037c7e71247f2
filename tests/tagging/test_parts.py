from __future__ import annotations

import numpy as np
from scipy import sparse

from findings.report import Annotation, Sentence
from findings.tagging.decisions import Decisions, LinearDecisions
from findings.tagging.features import as_rows
from findings.tagging.parts import PartExamples, Parts
from findings.tagging.terms import TEXT

DECISIONS = Decisions(("workforce",), ("strength", "weakness", "mixed"), ("strength", "weakness"))
FINDING, WORKFORCE, STRENGTH, WEAKNESS, MIXED = range(5)


def lengths(rows) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.array([[float(len(row[TEXT]))] for row in rows]).reshape(-1, 1))


def annotated(sentiment: str | None, **themes: str) -> Annotation:
    return Annotation(
        id="x", report="oxley", text="x", finding=sentiment is not None, sentiment=sentiment, themes=themes
    )


def test_only_sentences_of_several_parts_have_parts() -> None:
    rows = as_rows(
        [
            Sentence("Staff stay."),
            Sentence("Children in Oxley enjoy their school, and staff say that they are well supported."),
        ]
    )
    parts = Parts.of(rows, lengths)

    assert parts.owner.tolist() == [1, 1]
    assert parts.X.sum() == len(rows[1][TEXT])


def test_the_parts_of_some_sentences_are_numbered_anew() -> None:
    parts = Parts(np.array([0, 0, 2, 2, 5]), sparse.csr_matrix(np.arange(5.0)[:, None]))
    some = parts.of_sentences(np.array([2, 3, 5]))

    assert some.owner.tolist() == [0, 0, 2]
    assert some.X.toarray().ravel().tolist() == [2, 3, 4]
    assert some.loudest(np.array([1.0, 7.0, -3.0])).tolist() == [1, 2]


def test_a_part_of_a_mixed_sentence_teaches_no_sentiment() -> None:
    annotations = [annotated("strength"), annotated("mixed", workforce="strength"), annotated(None)]
    told = DECISIONS.part_examples(Parts(np.zeros(0, int), None), DECISIONS.targets(annotations))

    assert told.targets[0, :MIXED].tolist() == [1, 0, 1, 0]
    assert told.targets[1, :STRENGTH].tolist() == [1, 1]
    assert np.isnan(told.targets[1:, STRENGTH:]).all()
    assert np.isnan(told.targets[:, MIXED]).all()
    assert told.every.tolist() == [False, False, True, True, False]


def test_the_loudest_part_teaches_a_theme_and_every_part_a_sentiment() -> None:
    """Two sentences of two parts each; the first names the workforce in its second part."""
    parts = Parts(np.array([0, 0, 1, 1]), sparse.csr_matrix(np.array([[1.0], [5.0], [2.0], [3.0]])))
    targets = DECISIONS.targets([annotated("strength", workforce="strength"), annotated("weakness")])
    examples = DECISIONS.part_examples(parts, targets)

    features, yes = examples.of(WORKFORCE, lambda parts: parts.toarray().ravel())
    assert (features.toarray().ravel().tolist(), yes.tolist()) == ([5, 3], [True, False])
    features, yes = examples.of(WEAKNESS, lambda parts: parts.toarray().ravel())
    assert (features.toarray().ravel().tolist(), yes.tolist()) == ([1, 5, 2, 3], [False, False, True, True])


def test_parts_show_which_words_of_a_sentence_a_theme_is_in() -> None:
    """Sentences about the workforce always say two things, of which only the second is about it; others say either."""
    theme, other, filler = np.eye(3)
    rows = np.array([theme + other] * 8 + [filler] * 8)
    targets = np.zeros((16, 1))
    targets[:8] = 1
    decisions = Decisions(("workforce",), (), ())
    told = np.column_stack([np.ones(16), targets[:, 0]])
    parts = Parts(np.repeat(np.arange(8), 2), sparse.csr_matrix(np.array([theme * 2, other] * 8)))
    alone = LinearDecisions().fit(sparse.csr_matrix(rows), told)
    shown = LinearDecisions().fit(sparse.csr_matrix(rows), told, None, decisions.part_examples(parts, told))

    assert alone.coef_[0, WORKFORCE] == alone.coef_[1, WORKFORCE]
    assert shown.coef_[0, WORKFORCE] > shown.coef_[1, WORKFORCE]


def test_no_parts_change_nothing() -> None:
    features = sparse.csr_matrix(np.eye(4))
    targets = np.array([[1.0], [0.0], [1.0], [0.0]])
    none = PartExamples(Parts(np.zeros(0, int), features[:0]), targets, np.array([False]))

    np.testing.assert_array_equal(
        LinearDecisions().fit(features, targets).coef_, LinearDecisions().fit(features, targets, None, none).coef_
    )
