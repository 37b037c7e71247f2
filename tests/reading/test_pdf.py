"""What stands where on printed pages, and what is made of it."""

from __future__ import annotations

import pytest
from documents import blocks, furniture
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import LEADING, Rule, Text, in_a_row, lines, pdf, wrapped

from findings.errors import ReadError
from findings.reading import read_report

PROSE = (
    "Social workers in Eastmarch visit children as often as their plans say. Managers read the records of these visits "
    "and talk about them in supervision. Where a visit is late, the reason is recorded and the child seen soon after."
)


def body(y: float = 400) -> list[Text]:
    """A paragraph of body type, by which other type is told to be larger."""
    return wrapped(72, y, PROSE)


def texts(data: bytes, kind: str) -> list[str]:
    return [text for found, text in blocks(data) if found == kind]


def test_headings_are_told_by_size_and_weight_and_a_heading_of_two_lines_is_one() -> None:
    page = [
        Text("Inspection of Eastmarch Council", 72, 780, 24),
        *lines(
            72,
            740,
            "Children who need help and protection in the towns",
            "of Eastmarch and Upper Vale",
            size=16,
            bold=True,
        ),
        Text("Early help", 72, 690, bold=True),
        *body(660),
    ]
    report = read_report(pdf(page))
    assert [(block.text, block.level) for block in report.blocks if block.kind == "heading"] == [
        ("Inspection of Eastmarch Council", 1),
        ("Children who need help and protection in the towns of Eastmarch and Upper Vale", 2),
        ("Early help", 3),
    ]
    assert texts(pdf(page), "paragraph") == [PROSE]


def test_bold_words_at_the_start_of_a_paragraph_make_no_heading() -> None:
    page = [Text("Lead inspector: Ada Quill", 72, 700, bold=True), *body()]
    assert texts(pdf(page), "heading") == []


@pytest.mark.parametrize("number", ["12.", "3.4", "(iv)", "b)"])
def test_a_numbered_paragraph_keeps_its_number_apart_and_its_lines_together(number: str) -> None:
    page = [Text(number, 72, 700), *wrapped(100, 700, PROSE, 420), *body()]
    first = read_report(pdf(page)).blocks[0]
    assert (first.number, first.text) == (number.strip("()."), PROSE)


@pytest.mark.parametrize("mark", [Text("14.", 72, 700, 10), Text("14.", 72, 700, bold=True), Text("•", 72, 700, 9)])
def test_a_mark_in_other_type_than_its_paragraph_parts_no_lines(mark: Text) -> None:
    printed = [
        "Forty social workers have joined the council in the two years since",
        "January 2030, and almost all of them still work for it in Eastmarch.",
        "Morale is good.",
    ]
    page = [mark, *lines(100, 700, *printed), *wrapped(100, 620, PROSE, 360)]
    assert read_report(pdf(page)).blocks[0].text == " ".join(printed)


def test_a_year_at_the_start_of_a_line_is_no_number() -> None:
    page = [
        *lines(
            72,
            700,
            "The children’s home opened its doors to young people from the town in the spring of the year",
            "2014. It has been judged good since.",
        ),
        *body(),
    ]
    assert texts(pdf(page), "paragraph")[0].endswith("the year 2014. It has been judged good since.")


def test_paragraphs_are_parted_by_space_and_by_lines_that_end_early() -> None:
    page = [
        *wrapped(72, 700, PROSE),
        Text("Short.", 72, 640),
        Text("Another one begins with a word that had room above.", 72, 640 - LEADING),
    ]
    assert texts(pdf(page), "paragraph") == [PROSE, "Short.", "Another one begins with a word that had room above."]


def test_bullets_nest_by_where_they_stand() -> None:
    page = [
        Text("The council should improve:", 72, 700),
        Text("•", 72, 680), Text("the timeliness of:", 90, 680),
        Text("–", 108, 660), *lines(126, 660, "assessments of children who live", "with their grandparents"),
        Text("–", 108, 620), Text("reviews", 126, 620),
        Text("•", 72, 600), Text("supervision.", 90, 600),
        *body(),
    ]  # fmt: skip
    found = [(b.level, b.text) for b in read_report(pdf(page)).blocks if b.kind == "bullet"]
    assert found == [
        (1, "the timeliness of:"),
        (2, "assessments of children who live with their grandparents"),
        (2, "reviews"),
        (1, "supervision."),
    ]


def test_a_paragraph_goes_on_over_a_page_end_and_past_a_footnote() -> None:
    begun = "Thresholds are applied well in most of the teams that answer the telephone, but in the west"
    note = "The council counts its western offices as one team."
    first = [*body(), *wrapped(72, 120, begun), Text("1", 72, 60, 6), Text(note, 76, 58, 9)]
    second = [Text("some referrals wait for two days.", 72, 780), *body()]
    report = read_report(pdf(first, second))
    joined = next(block for block in report.blocks if block.text.startswith("Thresholds"))
    assert joined.text == f"{begun} some referrals wait for two days."
    ((start, page),) = joined.page_starts
    assert (page, report.text[start : joined.end]) == (2, "some referrals wait for two days.")
    found = next(block for block in report.blocks if block.text == note)
    assert (found.kind, found.page, found.start > joined.end) == ("paragraph", 1, True)


def test_a_paragraph_that_ended_with_its_page_is_not_joined_to_the_next() -> None:
    report = pdf([*body(120)], [*wrapped(72, 780, "Leaders know this. " + PROSE)])
    assert len(texts(report, "paragraph")) == 2


def test_small_digits_after_a_word_are_a_footnote_s_mark_and_other_raised_text_stays() -> None:
    pieces = [
        ("Visits began on the 9", 12),
        ("th", 7),
        (" of May in all three areas", 12),
        ("1", 7),
        (" of the county.", 12),
    ]
    page = [*in_a_row(72, 700, *pieces), *body()]
    assert texts(pdf(page), "paragraph")[0] == "Visits began on the 9th of May in all three areas of the county."


JUDGEMENTS = [
    Rule(720), Text("Judgement", 79, 704, bold=True), Text("Grade", 395, 704, bold=True),
    Rule(698), *lines(79, 682, "The experiences and progress of children who", "need protection"),
    Text("Good", 395, 675),
    Rule(660), Text("Overall effectiveness", 79, 640), *lines(395, 648, "Requires improvement", "to be good"),
    Rule(626),
]  # fmt: skip


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_s_rows_are_put_together_from_wrapped_cells(ruled: bool) -> None:
    page = [item for item in JUDGEMENTS if ruled or isinstance(item, Text)]
    report = read_report(pdf([*page, *body()]))
    rows = [block for block in report.blocks if block.kind == "row"]
    assert [row.text for row in rows] == [
        "Judgement | Grade",
        "The experiences and progress of children who need protection | Good",
        "Overall effectiveness | Requires improvement to be good",
    ]
    assert [row.columns for row in rows] == [(), ("Judgement", "Grade"), ("Judgement", "Grade")]


@pytest.mark.parametrize("pitch", [15, 22])
@pytest.mark.parametrize("ruled", [True, False])
def test_a_long_table_of_judgements_in_parts(pitch: float, ruled: bool) -> None:
    table = [
        ("Safeguarding", None),
        ("Overall effectiveness", "Adequate"),
        ("Contribution of health services to keeping children", "Good"),
        ("safe", None),
        ("Looked after children", None),
        ("Overall effectiveness", "Good"),
        ("Being healthy", "Inadequate"),
    ]
    page: list[Text | Rule] = []
    y = 740.0
    for label, grade in table:
        y -= 13 if label == "safe" else pitch
        page.append(Text(label, 79, y, 11, bold=grade is None and label != "safe"))
        page += [Text(grade, 420, y, 11)] if grade else []
        page += [Rule(y + 11)] if ruled and label != "safe" else []
    report = read_report(pdf([*page, *body()]))
    assert [(found.judgement, found.grade) for found in report.judgements] == [
        ("Safeguarding: Overall effectiveness", "Adequate"),
        ("Contribution of health services to keeping children safe", "Good"),
        ("Looked after children: Overall effectiveness", "Good"),
        ("Being healthy", "Inadequate"),
    ]
    assert [block.text for block in report.blocks if block.kind == "heading"] == [
        "Safeguarding",
        "Looked after children",
    ]


def test_a_grade_beside_a_heading_stays_with_it() -> None:
    page = [
        *lines(77, 740, "Children looked after and", "achieving permanence", size=14, bold=True),
        Text("Inadequate", 400, 732, 14, bold=True),
        *body(),
    ]
    assert texts(pdf(page), "heading") == ["Children looked after and achieving permanence: Inadequate"]


def test_two_columns_are_read_one_after_the_other_between_lines_that_cross_them() -> None:
    left = (
        "Early help in Eastmarch is easy to find and families who ask for it are answered within a day or two by "
        "people who know what each town can offer them."
    )
    right = (
        "Assessments are slower than they were a year ago because too many posts are empty and those who are left "
        "have more children to see than they can."
    )
    page = [
        Text("What inspectors saw in the two halves of the county of Eastmarch this spring", 72, 760),
        *wrapped(72, 720, left, 210),
        *wrapped(320, 720, right, 210),
        Text("Both halves share one front door, which is open for twelve hours on every day of the week.", 72, 560),
    ]
    assert texts(pdf(page), "paragraph")[1:3] == [left, right]


def test_words_broken_at_line_ends_are_mended_as_the_document_spells_them() -> None:
    page = [
        *lines(
            72,
            700,
            "The information that managers get is sound. Decision-making is slow. Some infor-",
            "mation is late, and decision-",
            "making suffers.",
        ),
        *body(),
    ]
    assert "Some information is late, and decision-making suffers." in texts(pdf(page), "paragraph")[0]


def running(number: int) -> list[Text]:
    return [
        Text("Inspection of Eastmarch Council", 72, 810, 9),
        Text(f"Page {number} of 4", 280, 30, 9),
        Text("DRAFT", 250, 500, 40),
    ]


def test_running_headers_page_numbers_and_watermarks_are_furniture() -> None:
    report = pdf(
        *(
            [*running(number), *wrapped(72, 700, f"This is what page {number} tells of the council.")]
            for number in range(1, 5)
        )
    )
    assert [text for _, text in blocks(report)] == [
        f"This is what page {number} tells of the council." for number in range(1, 5)
    ]
    assert set(furniture(report)) == {
        "Inspection of Eastmarch Council",
        "DRAFT",
        *(f"Page {n} of 4" for n in range(1, 5)),
    }


@pytest.mark.parametrize("leader", [" ........ ", " . . . . . . . . ", ""])
def test_a_contents_list_is_furniture(leader: str) -> None:
    entries = [("Summary", "2"), ("Findings about children in care", "5"), ("What to do next", "11")]
    listed = [
        item
        for at, (title, page) in enumerate(entries)
        for item in (
            [Text(title + leader + page, 72, 720 - 20 * at)]
            if leader
            else [Text(title, 72, 720 - 20 * at), Text(page, 500, 720 - 20 * at)]
        )
    ]
    report = pdf([Text("Contents", 72, 760, 18), *listed], [Text("Summary", 72, 760, 18), *body()])
    assert blocks(report) == [("heading", "Summary"), ("paragraph", PROSE)]
    assert {"Contents"} < set(furniture(report))


def test_the_notices_on_the_back_page_are_furniture_and_a_finding_about_information_is_not() -> None:
    notices = [
        "If you need this report in another language or in large print, please telephone 0800 000 0000.",
        "You may reuse this document free of charge. © Eastmarch copyright 2031",
        "Vale House", "Bridge Street", "T: 0800 000 0000", "www.inspectors.example",
    ]  # fmt: skip
    report = pdf([*body()], [*(Text(text, 72, 700 - 30 * at) for at, text in enumerate(notices))])
    assert texts(report, "paragraph") == [PROSE]
    finding = "Parents are given information in a different format or language when they need it."
    assert texts(pdf([*wrapped(72, 700, finding), *body()]), "paragraph")[0] == finding


def test_a_page_of_type_that_is_not_to_be_seen_is_not_read() -> None:
    assert texts(pdf([*body(), Text("hidden words", 72, 200, 0.5)]), "paragraph") == [PROSE]


def test_a_password_opens_a_locked_file() -> None:
    locked = pdf([*body()], password="vale")
    assert [block.text for block in read_report(locked, password="vale").blocks] == [PROSE]
    for given_password, cause in ((None, "encrypted"), ("dale", "the password given does not open it")):
        with pytest.raises(ReadError, match=f"report.pdf: .*{cause}.*--password"):
            read_report(locked, name="report.pdf", password=given_password)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_file_that_was_cut_off_says_so(part: float) -> None:
    whole = pdf(*([*body()] for _ in range(5)))
    with pytest.raises(ReadError, match=r"cut\.pdf: .*truncated PDF: fetch or export it again"):
        read_report(whole[: int(len(whole) * part)], name="cut.pdf")


def test_pages_without_text_name_a_tool_that_makes_some() -> None:
    empty = pdf([], [])
    with pytest.raises(ReadError, match=r"scan\.pdf: .*ocrmypdf"):
        read_report(empty, name="scan.pdf")
    with pytest.raises(ReadError, match=r"scan.pdf: .*(findings\[ocr\]|tesseract)"):
        read_report(empty, name="scan.pdf", ocr=True)


def test_very_many_pages() -> None:
    report = read_report(pdf(*([Text(f"Finding {number} is about visits.", 72, 700)] for number in range(1, 601))))
    assert (report.pages, len(report.blocks)) == (600, 600)


PIECES = st.lists(
    st.tuples(
        st.text("abcdefgh ()-.:1•é’", min_size=1, max_size=60),
        st.integers(60, 400),
        st.integers(40, 800),
        st.sampled_from([8, 12, 18]),
        st.booleans(),
    ),
    max_size=25,
)


@settings(max_examples=60)
@given(st.lists(PIECES, min_size=1, max_size=4))
def test_whatever_is_printed_every_letter_is_read_once(pages: list[list[tuple[str, int, int, int, bool]]]) -> None:
    try:
        report = read_report(pdf(*([Text(*piece) for piece in page] for page in pages)))
    except ReadError:
        return
    for block in report.blocks:
        assert block.kind == "furniture" or report.text[block.start : block.end] == block.text
        assert all(block.start <= start < block.end for start, _ in block.page_starts)
    assert all(1 <= (block.page or 0) <= len(pages) for block in report.blocks)
