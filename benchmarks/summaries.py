"""How large and how quick the page and the workbook of 400 reports with 12,000 findings are.

    python benchmarks/summaries.py

Opening and filtering the page are measured in chromium where it and Playwright are installed (extra `browser`).
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from findings import Tagger, read_report
from findings.exports.summaries import write_summary
from findings.report import Finding, Metadata, Report
from findings.summary import Summary, summarise

REPORTS, FINDINGS = 400, 12_000
EXAMPLE = Path(__file__).parents[1] / "examples" / "marlhaven-2023.pdf"
# Sets a filter, waits until what it changes is laid out, and says how long that took, in ms.
FILTER = """([id, value]) => {
  const start = performance.now();
  document.getElementById(id).value = value;
  document.getElementById("filters").dispatchEvent(new Event("input"));
  document.body.offsetHeight;
  return performance.now() - start;
}"""
FILTERS = [("theme", "workforce"), ("sentiment", "weakness"), ("search", "caseloads"), ("search", "")]


def invented() -> tuple[list[Finding], list[Report]]:
    """The findings of the example report drawn again and again, for reports of ten years."""
    found = [finding for finding in Tagger.load().tag(read_report(EXAMPLE)) if finding.finding]
    reports = [
        Report(f"report-{at:03d}.pdf", "", (), metadata=Metadata(published=f"{2014 + at % 10}-01-01"))
        for at in range(REPORTS)
    ]
    chance = random.Random(0)
    findings = []
    for at in range(FINDINGS):
        finding = chance.choice(found)
        name, text = reports[at % REPORTS].name, f"{finding.sentence.text} ({chance.randrange(10**6)})"
        findings.append(replace(finding, sentence=replace(finding.sentence, report=name, text=text)))
    return findings, reports


def timed(label: str, work: Callable[[], str | bytes | Summary]) -> str | bytes | Summary:
    start = time.perf_counter()
    result = work()
    size = "" if isinstance(result, Summary) else f"{len(result) / 1e6:7.1f} MB"
    print(f"{label:28}{time.perf_counter() - start:7.2f} s{size}")
    return result


def in_browser(html: str) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        print("chromium is not installed: opening and filtering are not measured")
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "page.html"
        path.write_text(html, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(path.as_uri())
        complete = page.evaluate("performance.getEntriesByType('navigation')[0].domComplete")
        print(f"{'the page is open after':28}{complete / 1000:7.2f} s")
        for filtered in FILTERS:
            print(f"{'filter ' + '='.join(filtered):28}{page.evaluate(FILTER, list(filtered)):7.0f} ms")
        browser.close()


def main() -> None:
    findings, reports = invented()
    summary = timed("summarise", lambda: summarise(findings, reports))
    assert isinstance(summary, Summary)
    timed("write the workbook", lambda: write_summary(".xlsx", summary, {}, {}))
    html = timed("write the page", lambda: write_summary(".html", summary, {}, {}))
    in_browser(str(html))


if __name__ == "__main__":
    main()
