"""Web pages: what of them is content, and what it becomes."""

from __future__ import annotations

import re

import pytest
from documents import blocks, furniture
from hypothesis import given
from hypothesis import strategies as st

from findings.errors import ReadError
from findings.reading import read_report


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>T</title></head><body>{body}</body></html>".encode()


SURROUNDINGS = {
    "navigation": "<nav><ul><li>Home</ul></nav>",
    "banner": "<header><p>Norhaven</p></header>",
    "footer": "<footer><p>Contact us</p></footer>",
    "aside": "<aside><p>Read more</p></aside>",
    "cookies": '<div class="cookie-banner"><p>We use cookies.</p></div>',
    "role": '<div role="navigation"><p>Menu</p></div>',
    "search": '<form action="/search"><p>Search this site</p></form>',
    "contents": '<ul><li><a href="#a">Part A</a><li><a href="#b">Part B</a></ul>',
}
NOT_SHOWN = {
    "script": "<script>var secret</script>",
    "style": "<style>p { color: secret }</style>",
    "noscript": "<noscript><p>secret</p></noscript>",
    "hidden": "<p hidden>secret</p>",
    "style attribute": '<div style="display: none"><p>secret</p></div>',
    "screen readers only": '<span class="visually-hidden">secret</span>',
    "template": "<template><p>secret</p></template>",
    "comment": "<!-- secret -->",
    "controls": "<select><option>secret</option></select><button>secret</button>",
}


@pytest.mark.parametrize("surrounding", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_what_surrounds_the_content_is_furniture(surrounding: str) -> None:
    data = page(f"{surrounding}<h1>Visits</h1><p>Visits are prompt.</p>")
    assert blocks(data) == [("heading", "Visits"), ("paragraph", "Visits are prompt.")]
    assert furniture(data)


@pytest.mark.parametrize("part", NOT_SHOWN.values(), ids=NOT_SHOWN)
def test_what_is_not_shown_is_left_out_and_parts_no_text(part: str) -> None:
    data = page(f"{part}<p>Visits are {part if '<p' not in part else ''}prompt.</p>{part}")
    assert blocks(data) == [("paragraph", "Visits are prompt.")]
    assert "secret" not in "".join(furniture(data))


def test_where_a_page_declares_its_main_part_the_rest_is_furniture() -> None:
    data = page(
        "<div><p>Latest news</p></div><div><main><h1>Visits</h1><p>Visits are prompt and seen.</p></main></div>"
    )
    assert blocks(data) == [("heading", "Visits"), ("paragraph", "Visits are prompt and seen.")]
    assert furniture(data) == ["Latest news"]


def test_a_form_around_the_whole_page_and_a_header_within_the_article_are_content() -> None:
    data = page("<form id=aspnetForm><article><header><h1>Visits</h1></header><p>All prompt.</p></article></form>")
    assert blocks(data) == [("heading", "Visits"), ("paragraph", "All prompt.")]


def test_lists_nest_and_are_numbered() -> None:
    data = page(
        "<p>To improve:<ul><li>visits<ul><li>weekly<li>alone</ul>and plans<li><p>audits</p><p>of cases</p></ul>"
        '<ol start=3><li>Third.<li value=7>Seventh.</ol><ol type="i"><li>One.<li>Two.</ol>'
    )
    assert [(b.kind, b.level, b.number, b.text) for b in read_report(data).blocks] == [
        ("paragraph", 0, None, "To improve:"),
        ("bullet", 1, None, "visits"), ("bullet", 2, None, "weekly"), ("bullet", 2, None, "alone"),
        ("bullet", 1, None, "and plans"), ("bullet", 1, None, "audits"), ("bullet", 1, None, "of cases"),
        ("paragraph", 0, "3", "Third."), ("paragraph", 0, "7", "Seventh."),
        ("paragraph", 0, "i", "One."), ("paragraph", 0, "ii", "Two."),
    ]  # fmt: skip


def test_tables_carry_their_columns_past_merged_cells() -> None:
    data = page(
        "<table><thead><tr><th>Area<th>Work<th>Grade</thead>"
        "<tr><td rowspan=2>Help<td>Visits<td>Good<tr><td>Plans<td>Weak<tr><td colspan=2>All<td>Fair</table>"
    )
    assert [(b.text, b.columns) for b in read_report(data).blocks] == [
        ("Area | Work | Grade", ()),
        ("Help | Visits | Good", ("Area", "Work", "Grade")),
        ("Plans | Weak", ("Work", "Grade")),
        ("All | Fair", ("Area Work", "Grade")),
    ]


def test_a_table_for_layout_holds_what_it_would_hold_outside() -> None:
    data = page('<table role="presentation"><tr><td><h2>Visits</h2><td><p>All prompt.</table>')
    assert blocks(data) == [("heading", "Visits"), ("paragraph", "All prompt.")]


def test_terms_stand_beside_what_is_said_of_them() -> None:
    assert blocks(page("<dl><dt>Leadership<dd>Good<dt>Help<dd>Weak</dl>")) == [
        ("row", "Leadership | Good"), ("row", "Help | Weak"),
    ]  # fmt: skip


def test_breaks_part_paragraphs_only_where_there_are_two() -> None:
    data = page("Visits are<br>prompt.<br><br>Plans are clear.<blockquote>“We are heard.”</blockquote>They said so.")
    assert [text for _, text in blocks(data)] == [
        "Visits are prompt.", "Plans are clear.", "“We are heard.”", "They said so.",
    ]  # fmt: skip


def test_marks_of_footnotes_are_left_out_and_other_raised_text_stays() -> None:
    data = page(
        '<p>Visits are prompt.<sup><a href="#n1">[1]</a></sup> All of 30m<sup>2</sup>.'
        '<p id=n1>Of 40. <a href="#r">↩</a>'
    )
    assert [text for _, text in blocks(data)] == ["Visits are prompt. All of 30m2.", "Of 40."]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=windows-1252>", "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252"),
        ("<meta charset=utf-8>", "utf-8"),
        ("<meta charset=utf-8>", "cp1252"),
        ("", "utf-8"),
        ("", "cp1252"),
        ("", "utf-16"),
        ("<meta charset=no-such-thing>", "utf-8"),
        ('<?xml version="1.0" encoding="iso-8859-15"?>', "iso-8859-15"),
    ],
)
def test_the_encoding_is_found(head: str, encoding: str) -> None:
    sign = "€" if encoding == "iso-8859-15" else "“é”"
    before, inside = (head, "") if head.startswith("<?") else ("", head)
    data = f"{before}<!doctype html><html><head>{inside}</head><body><p>Visits {sign} £5</p></body></html>"
    assert blocks(data.encode(encoding)) == [("paragraph", f"Visits {sign} £5")]


def test_a_page_saved_with_its_pictures_is_read() -> None:
    data = (
        b'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
        b"--b\r\n"
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><body><p>Visits are =E2=80=9Cprompt=E2=80=9D.</p></body></html>\r\n"
        b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    )
    assert blocks(data, "saved.mhtml") == [("paragraph", "Visits are “prompt”.")]


def test_nesting_deeper_than_calls_go_is_read() -> None:
    assert blocks(page("<div>" * 1500 + "<p>Visits are prompt.")) == [("paragraph", "Visits are prompt.")]


def test_nesting_deeper_than_the_parser_goes_is_told_of_and_not_cut_off() -> None:
    with pytest.raises(ReadError, match="saved: its parts are nested too deep"):
        read_report(page("<div>" * 5000 + "<p>Visits are prompt."), name="saved")


WORDS = st.lists(st.text("abcdefghij", min_size=3, max_size=8), min_size=1, max_size=5).map(" ".join)
TAGS = ["p", "div", "li", "h2", "td", "b", "span", "ul", "table", "blockquote", "dd", "pre", "section", "a", "ol", "dl"]
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>" + " ".join(parts) + f"</{tag}>",
        st.sampled_from(TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(st.lists(TREES, max_size=4))
def test_no_word_is_lost_or_read_twice(trees: list[str]) -> None:
    html = " ".join(trees)
    report = read_report(page(f"<p>start</p>{html}"))
    assert sorted(re.findall("[a-j]+", report.text.removeprefix("start"))) == sorted(
        re.findall("[a-j]+", re.sub("<[^>]*>", " ", html))
    )
