from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from findings import Tagger, read_report
from findings.exports.marked_page import marked_page

Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def html() -> str:
    tagger = Tagger.load()
    report = read_report(Path(__file__).parents[2] / "examples" / "thornbeck-2021-committee.md")
    return marked_page([(report, tagger.tag(report))], tagger.codebook_)


def test_choosing_a_finding_shows_why(visit: Visit, html: str) -> None:
    page = visit(html)
    finding = page.locator("details", has_text="Low caseloads")
    assert finding.locator(".why").is_hidden()

    finding.locator("summary").focus()
    page.keyboard.press("Enter")
    assert finding.locator(".why").is_visible()
    assert "because of" in finding.locator(".why").text_content()


def test_a_theme_alone_can_stay_highlighted(visit: Visit, html: str) -> None:
    page = visit(html)
    page.select_option("#theme", "workforce")
    left = page.locator("details:not(.aside)")

    assert 0 < left.count() < page.locator("details").count()
    assert all("workforce" in left.nth(at).get_attribute("data-t") for at in range(left.count()))


def test_sentences_of_a_paragraph_follow_each_other_on_its_lines(visit: Visit, html: str) -> None:
    page = visit(html, viewport={"width": 1200, "height": 900})
    block = page.locator(".block.paragraph", has_text="Feedback has been excellent")

    assert block.bounding_box()["height"] < 150


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_it_meets_wcag_and_fits_the_screen(
    visit: Visit, violations: Callable[[Any], list[str]], html: str, scheme: str, width: int
) -> None:
    page = visit(html, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    page.locator("summary").first.click()

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
