from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_findings import finding, no_finding

from findings.codebook import Codebook
from findings.report import Finding, Metadata, Report
from findings.summary import summarise, wilson

CODEBOOK = Codebook.default()
THEMES = CODEBOOK.theme_names
LATE = ("assessment_timeliness", 0.9, "weakness")
PROMPT = ("assessment_timeliness", 0.8, "strength")
STAFF = ("workforce", 0.7, "weakness")
TAGGED = [
    finding("Far too many assessments of need are still completed late.", "weakness", LATE, report="a.pdf"),
    finding("Visits are prompt, yet the teams that make them are stretched.", "mixed", PROMPT, STAFF, report="a.pdf"),
    no_finding("The council has 40 members.", report="a.pdf"),
    finding("Reviews take place on time for nearly every child in care.", "strength", PROMPT, report="b.pdf"),
]
tags = st.lists(
    st.tuples(st.sampled_from(THEMES), st.just(0.8), st.sampled_from(["strength", "weakness"])),
    max_size=3,
    unique_by=lambda tag: tag[0],
)
findings = st.builds(
    lambda text, sentiment, tags, report, section: finding(text, sentiment, *tags, report=report, section=section),
    st.text(max_size=20),
    st.sampled_from(["strength", "weakness", "mixed"]),
    tags,
    st.sampled_from(["a.pdf", "b.pdf", "c.pdf"]),
    st.sampled_from(["", "Leaders"]),
)


def report(name: str, **metadata: str) -> Report:
    return Report(name, "", (), metadata=Metadata(**metadata))


def test_counts_by_theme_and_sentiment_for_the_whole_and_each_report() -> None:
    summary = summarise(TAGGED)
    timeliness = summary.whole.themes[THEMES.index("assessment_timeliness")]

    assert (summary.whole.sentences, summary.whole.findings) == (4, 3)
    assert summary.whole.sentiments == {"strength": 1, "weakness": 1, "mixed": 1}
    assert timeliness.sentiments == {"strength": 2, "weakness": 1}
    assert timeliness.share == 1
    assert timeliness.balance == pytest.approx(1 / 3)
    assert timeliness.per_hundred["weakness"] == pytest.approx(100 / 3)
    assert [(group.name, group.findings) for group in summary.groups] == [("a.pdf", 2), ("b.pdf", 1)]


@given(
    st.lists(findings, max_size=30), st.lists(st.sampled_from(["report", "section", "year"]), max_size=2, unique=True)
)
def test_groups_add_up_to_the_whole(tagged: list[Finding], by: list[str]) -> None:
    summary = summarise(tagged, by=by, codebook=CODEBOOK)

    assert sum(group.findings for group in summary.groups) == summary.whole.findings == len(tagged)
    for at, theme in enumerate(summary.whole.themes):
        assert sum(group.themes[at].findings for group in summary.groups) == theme.findings
        assert sum(theme.sentiments.values()) == theme.findings
        low, high = theme.positive_interval
        assert 0 <= low <= (theme.positive_share or 0) <= high <= 1 or not theme.findings


def test_a_report_without_findings_is_counted_with_none() -> None:
    summary = summarise(TAGGED, [report("a.pdf"), report("b.pdf"), report("c.pdf")])

    assert [(group.name, group.findings) for group in summary.groups] == [("a.pdf", 2), ("b.pdf", 1), ("c.pdf", 0)]


def test_reports_are_grouped_by_what_they_state_in_order_of_years() -> None:
    reports = [report("a.pdf", authority="Harlbrook", published="2021-03-04"), report("b.pdf", published="2019-01-02")]
    summary = summarise(TAGGED, reports, by=("year", "authority"))

    assert [group.key for group in summary.groups] == [("2019", None), ("2021", "Harlbrook")]
    assert summary.groups[0].name == "2019 · not stated"
    assert summary.groups[1].reports == ("a.pdf",)


def test_quotations_are_confident_and_say_different_things() -> None:
    sure = finding("Far too many assessments of need are still completed very late.", "weakness", LATE, score=0.99)
    other = finding("Some children wait three months for their first visit from anyone.", "weakness", LATE)
    summary = summarise([*TAGGED, sure, other], quotes=2)
    timeliness = summary.whole.themes[THEMES.index("assessment_timeliness")]

    assert [quotation.finding for quotation in timeliness.quotations["weakness"]] == [sure, other]


def test_no_quotations_where_none_are_asked_for() -> None:
    assert all(not any(theme.quotations.values()) for theme in summarise(TAGGED, quotes=0).whole.themes)


def test_a_grouping_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be grouped by 'colour'"):
        summarise(TAGGED, by=("colour",))


def test_the_wilson_interval() -> None:
    # Wilson (1927) for 8 of 10, as statistics textbooks give it: 0.490 to 0.943.
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
    assert wilson(0, 0) == (0.0, 1.0)
