from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from made_findings import finding

from findings.exports.summaries import write_summary
from findings.report import Judgement, Report
from findings.summary import summarise

EVIL = "<img src=x onerror=alert(1)> <script>alert(2)</script> \u202eSupervision is weak."
Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def html() -> str:
    late, staff = ("assessment_timeliness", 0.9, "weakness"), ("workforce", 0.7, "strength")
    findings = [finding("Visits are late.", "weakness", late, report=f"{at % 3}.pdf", page=at) for at in range(1, 121)]
    findings += [
        finding("Workforce is stable, although visits are late.", "mixed", staff, late, report="0.pdf"),
        finding(EVIL, "weakness", ("management_oversight", 0.6, "weakness"), report="1.pdf"),
    ]
    reports = [Report(f"{at}.pdf", "", (), judgements=(Judgement("Overall", "Good"),)) for at in range(3)]
    return str(write_summary(".html", summarise(findings, reports), {}, {}))


def status(page: Any) -> str:
    return str(page.text_content("#status"))


def test_everything_is_there_without_javascript(visit: Visit, html: str) -> None:
    page = visit(html, java_script_enabled=False)

    assert page.locator("#list > li:visible").count() == 122
    assert page.locator("#filters").is_hidden()


def test_filters_by_theme_sentiment_report_and_words(visit: Visit, html: str) -> None:
    page = visit(html)
    assert status(page) == "122 findings, the first 100 shown"
    page.click("#more")
    assert status(page) == "122 findings"

    page.select_option("#theme", "workforce")
    assert status(page) == "1 of 122 findings"
    page.select_option("#sentiment", "weakness")
    assert status(page) == "0 of 122 findings"
    page.select_option("#sentiment", "mixed")
    assert status(page) == "1 of 122 findings"
    page.click("button[type=reset]")
    page.select_option("#report", label="1.pdf")
    assert status(page) == "41 of 122 findings"
    page.fill("#search", "WEAK supervision")
    assert status(page) == "1 of 122 findings"
    assert page.locator("#list > li").count() == 1


def test_an_address_leads_to_its_finding(visit: Visit, html: str) -> None:
    page = visit(html)
    page.evaluate("location.hash = 'f121'")
    page.wait_for_selector("#f121:visible")

    assert "stable" in page.text_content("#f121")


def test_it_can_be_used_with_the_keyboard_alone(visit: Visit, html: str) -> None:
    page = visit(html)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    page.locator("#search").focus()
    page.keyboard.type("stable")
    assert status(page) == "1 of 122 findings"


def test_text_from_a_report_runs_nothing(visit: Visit, html: str) -> None:
    page = visit(html)
    page.fill("#search", "supervision is weak")

    assert page.locator("#list img, #list script").count() == 0
    assert "<script>alert(2)</script>" in page.text_content("#list")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_it_meets_wcag_and_fits_the_screen(
    visit: Visit, violations: Callable[[Any], list[str]], html: str, scheme: str, width: int
) -> None:
    page = visit(html, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
