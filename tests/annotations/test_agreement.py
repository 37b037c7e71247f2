from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from findings.annotations.agreement import Agreement, LabelAgreement, agreement, by_annotator, krippendorff_alpha
from findings.codebook import Codebook
from findings.report import Annotation


def one(number: int, finding: bool = True, sentiment: str | None = "weakness", **themes: str) -> Annotation:
    return Annotation(f"n/{number}", "n", f"Sentence {number}.", finding, sentiment if finding else None, themes)


def label(compared: Agreement, name: str) -> LabelAgreement:
    return next(row for row in compared.labels if row.label == name)


def test_alpha_is_that_of_krippendorffs_own_example() -> None:
    coders = ["123321412...", "12332241 2 5.3".replace(" ", ""), ".3332342251.", "12332441251."]
    units = [[None if code == "." else code for code in unit] for unit in zip(*coders, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_kappa_and_f1_are_those_of_the_textbook_table(codebook: Codebook) -> None:
    said = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    codings = {
        "ann": [one(number, first) for number, (first, _) in enumerate(said)],
        "bo": [one(number, second) for number, (_, second) in enumerate(said)],
    }
    compared = agreement(codings, codebook)
    row = label(compared, "finding")
    assert row.kappa == pytest.approx(0.4)
    assert row.f1 == pytest.approx(40 / 55)
    assert row.agreed == pytest.approx(0.7)
    assert (row.sentences, row.counts) == (50, (25, 30))
    assert len(compared.disagreements) == 15


def test_full_agreement_is_one_and_what_never_varies_cannot_tell(codebook: Codebook) -> None:
    said = [one(1, workforce="weakness"), one(2, sentiment="strength"), one(3, False)]
    compared = agreement({"ann": said, "bo": said}, codebook)
    workforce, thresholds = label(compared, "theme:workforce"), label(compared, "theme:thresholds")
    assert (workforce.kappa, workforce.f1, workforce.alpha) == (1.0, 1.0, 1.0)
    assert (thresholds.kappa, thresholds.f1, thresholds.alpha, thresholds.agreed) == (None, None, None, 1.0)
    assert label(compared, "sentiment").kappa == 1.0
    assert compared.disagreements == ()


def test_sentiment_is_compared_where_both_saw_a_finding_and_a_themes_where_both_saw_the_theme(
    codebook: Codebook,
) -> None:
    ann = [one(1, workforce="weakness"), one(2, workforce="strength"), one(3), one(4)]
    bo = [one(1, workforce="weakness"), one(2, workforce="weakness"), one(3, False), one(4, sentiment="mixed")]
    compared = agreement({"ann": ann, "bo": bo}, codebook)
    assert label(compared, "sentiment").sentences == 3
    assert label(compared, "sentiment:mixed").counts == (0, 1)
    assert label(compared, "theme:workforce sentiment").sentences == 2
    assert label(compared, "theme:workforce sentiment").agreed == 0.5


def test_only_shared_sentences_count_and_the_others_are_named_by_number(codebook: Codebook) -> None:
    compared = agreement({"ann": [one(1), one(2), one(9)], "bo": [one(1, False), one(2)]}, codebook)
    assert (compared.sentences, compared.alone) == (2, (1, 0))
    (difference,) = compared.disagreements
    assert [(opinion.annotator, opinion.finding) for opinion in difference.opinions] == [("ann", True), ("bo", False)]


def test_more_than_two_annotators_get_alpha_alone(codebook: Codebook) -> None:
    three = {"ann": [one(1), one(2, False)], "bo": [one(1), one(2, False)], "cy": [one(1), one(2)]}
    row = label(agreement(three, codebook), "finding")
    assert (row.kappa, row.f1) == (None, None)
    assert row.alpha == pytest.approx(1 - 5 * 2 / 16)
    assert row.agreed == pytest.approx(4 / 6)


def test_annotators_who_share_nothing_cannot_be_compared(codebook: Codebook) -> None:
    compared = agreement({"ann": [one(1)], "bo": [one(2)]}, codebook)
    assert compared.sentences == 0
    assert {(row.sentences, row.counts, row.kappa) for row in compared.labels} == {(0, (0, 0), None)}
    with pytest.raises(ValueError, match="two annotators"):
        agreement({"ann": [one(1)]}, codebook)


def test_a_store_is_taken_apart_by_annotator() -> None:
    opinions = [one(1), Annotation("n/1", "n", "Sentence 1.", False, annotator="bo")]
    assert {name: len(said) for name, said in by_annotator(opinions).items()} == {"unnamed": 1, "bo": 1}


def test_a_codebook_without_sentiments_is_compared_on_findings_and_themes() -> None:
    bare = Codebook.from_dict({"name": "b", "themes": [{"name": "play", "definition": "Play."}]})
    compared = agreement({"ann": [one(1, sentiment=None)], "bo": [one(1, sentiment=None)]}, bare)
    assert [row.label for row in compared.labels] == ["finding", "theme:play"]


CODES = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(CODES)
def test_agreement_does_not_depend_on_who_comes_first(codebook: Codebook, said: list[tuple[bool, bool]]) -> None:
    ann = [one(number, first) for number, (first, _) in enumerate(said)]
    bo = [one(number, second) for number, (_, second) in enumerate(said)]
    forth, back = agreement({"a": ann, "b": bo}, codebook), agreement({"b": bo, "a": ann}, codebook)
    for row, other in zip(forth.labels, back.labels, strict=True):
        assert (row.kappa, row.f1, row.alpha) == pytest.approx((other.kappa, other.f1, other.alpha))
        assert row.kappa is None or -1 <= row.kappa <= 1
        assert row.alpha is None or row.alpha <= 1
