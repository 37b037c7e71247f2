"""Elements of any format → a report whose offsets, pages and characters are right."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from findings.reading.assemble import Element, assemble
from findings.reading.outline import outline

ELEMENTS = st.lists(
    st.builds(
        Element,
        st.sampled_from(["heading", "paragraph", "bullet", "row", "furniture"]),
        st.text(max_size=40),
        page=st.integers(1, 9),
        level=st.integers(0, 3),
    ),
    max_size=12,
)


@given(ELEMENTS)
def test_offsets_are_right_and_furniture_is_no_text(elements: list[Element]) -> None:
    report = assemble(elements, name="x")
    for block in report.blocks:
        expected = "" if block.kind == "furniture" else block.text
        assert report.text[block.start : block.end] == expected
        assert unicodedata.is_normalized("NFC", block.text)
        assert not {unicodedata.category(character) for character in block.text} & {"Cc", "Cs", "Co", "Zl", "Zp"}
        assert block.text == block.text.strip()


@given(st.text("ab \u00ad\u200b1.\u0301", max_size=30), st.text("cd \u00a0", max_size=30))
def test_a_page_starts_where_its_first_letter_went(first: str, second: str) -> None:
    report = assemble([Element("paragraph", f"z{first}{second}x", 1, ((len(first) + 1, 2),))], name="x")
    (block,) = report.blocks
    ((start, page),) = block.page_starts
    kept = "".join(character for character in second if character.isalpha()) + "x"
    assert page == 2
    assert report.text[start:].replace(" ", "").endswith(kept)
    assert not report.text[start].isspace()


def test_characters_that_converters_leave_are_made_plain() -> None:
    text = "of\ufb01ce\u00a0work\u00ading \u200bcafe\u0301 \ue000\x07now"
    assert assemble([Element("paragraph", text)], name="x").text == "office working café now"


def test_a_title_printed_in_parts_is_one_heading() -> None:
    parts = ["Norhaven Council", "Inspection of services for children", "and", "Review of its board", "Findings"]
    report = assemble([Element("heading", text, page=1, level=2) for text in parts], name="x")
    title = "Inspection of services for children and Review of its board"
    assert [block.text for block in report.blocks] == ["Norhaven Council", title, "Findings"]
    assert report.metadata.title == title


def test_headings_of_two_pages_stay_apart() -> None:
    elements = [Element("heading", text, page=page) for page, text in ((1, "Children and"), (2, "Families"))]
    assert [block.text for block in assemble(elements, name="x").blocks] == ["Children and", "Families"]


def test_the_outline_counts_what_stands_under_each_heading() -> None:
    kinds = [
        ("paragraph", "Before."),
        ("heading", "2. Plans"),
        ("bullet", "one"),
        ("bullet", "two"),
        ("furniture", "p. 3"),
    ]
    found = outline(assemble([Element(kind, text, page=3, level=1) for kind, text in kinds], name="x"))  # type: ignore[arg-type]
    assert [(entry.text, entry.level, dict(entry.counts)) for entry in found.entries] == [
        ("", 0, {"paragraph": 1}),
        ("2 Plans", 1, {"bullet": 2}),
    ]
    assert dict(found.furniture) == {"p. 3": 1}
