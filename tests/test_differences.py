from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from made_findings import finding, no_finding

from findings.codebook import Codebook
from findings.differences import differences
from findings.report import Finding

CODEBOOK = Codebook.default()
AT = CODEBOOK.theme_names.index("workforce")


def said(text: str, sentiment: str) -> Finding:
    return finding(text, sentiment, ("workforce", 0.9, sentiment))


OLD = [
    said("Caseloads in the assessment teams are far too high.", "weakness"),
    said("Morale among social workers is good.", "strength"),
    said("Training for foster carers' link workers is out of date.", "weakness"),
    no_finding("Caseloads are counted each month."),
]
NEW = [
    said("Caseloads in the assessment teams are now manageable.", "strength"),
    said("Morale among social workers is low.", "weakness"),
    said("The vacancy rate has doubled.", "weakness"),
]


def test_what_was_a_weakness_and_is_now_a_strength_is_paired_and_the_rest_is_new_or_gone() -> None:
    found = differences(OLD, NEW, CODEBOOK)[AT]

    assert [(pair.old, pair.new) for pair in found.course("better")] == [(OLD[0], NEW[0])]
    assert [(pair.old, pair.new) for pair in found.course("worse")] == [(OLD[1], NEW[1])]
    assert found.added == (NEW[2],)
    assert found.gone == (OLD[2],)
    assert found.old_counts == {"strength": 1, "weakness": 2}


def test_a_report_set_beside_itself_has_not_changed() -> None:
    found = differences(OLD, OLD, CODEBOOK)[AT]

    assert {pair.course for pair in found.pairs} == {"still weak", "still strong"}
    assert (found.added, found.gone) == ((), ())


texts = st.lists(st.builds(said, st.text(max_size=40), st.sampled_from(["strength", "weakness"])), max_size=6)


@given(texts, texts)
def test_every_finding_is_told_once(old: list[Finding], new: list[Finding]) -> None:
    found = differences(old, new, CODEBOOK)[AT]

    assert len(found.pairs) + len(found.gone) == len(old) == sum(found.old_counts.values())
    assert len(found.pairs) + len(found.added) == len(new) == sum(found.new_counts.values())
    assert all(0 <= pair.similarity <= 1 for pair in found.pairs)
