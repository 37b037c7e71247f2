"""A real browser: Debian's chromium, driven by Playwright; without either, these tests are skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="needs the extra browser")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens HTML in a page of its own; fails on any error on its console and any request beyond its file."""
    faults: list[str] = []
    contexts = []

    def open_page(html: str, **options: Any) -> Any:
        path = tmp_path / f"page-{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("request", lambda request: request.url == path.as_uri() or faults.append(f"request: {request.url}"))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def violations() -> Callable[[Any], list[str]]:
    """What axe-core (whose script FINDINGS_AXE names) finds against WCAG 2.2 AA in a page opened with bypass_csp."""
    script = os.environ.get("FINDINGS_AXE")
    if not script:
        pytest.skip("FINDINGS_AXE does not name axe-core's axe.min.js (npm pack axe-core)")

    def run(page: Any) -> list[str]:
        page.evaluate(Path(script).read_text(encoding="utf-8"))
        rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", rules)
        return [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found["violations"]]

    return run
