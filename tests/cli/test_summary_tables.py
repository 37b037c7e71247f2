from __future__ import annotations

from made_findings import finding
from rich.console import Console

from findings.cli.summary_tables import summary_tables
from findings.codebook import Codebook
from findings.report import Finding
from findings.summary import summarise

THREE = ("good", "fair", "poor")


def codebook(themes: int, *sentiments: str) -> Codebook:
    return Codebook.from_dict(
        {
            "name": "own",
            "themes": [{"name": f"theme-{at}", "definition": f"What number {at} is about."} for at in range(themes)],
            "sentiments": [{"name": name, "definition": name} for name in sentiments],
        }
    )


def shown(findings: list[Finding], book: Codebook) -> list[str]:
    console = Console(width=80, markup=False)
    with console.capture() as capture:
        for part in summary_tables(summarise(findings, codebook=book)):
            console.print(part)
    return [line.rstrip() for line in capture.get().splitlines()]


def test_forty_themes_in_two_reports_fit_80_columns() -> None:
    found = [
        finding(f"This is about number {at}.", "good", (f"theme-{at}", 0.9, "good"), report=f"{at % 2}.pdf")
        for at in range(40)
    ]
    lines = shown(found, codebook(40, "good", "bad"))

    assert max(map(len, lines)) <= 80
    assert sum(line.startswith("Theme 39 ") for line in lines) == 3


def test_a_scale_of_three_and_no_scale_at_all_are_shown() -> None:
    three = finding("This is so so.", "fair", ("theme-0", 0.9, "fair"))
    none = finding("Children were heard.", "", ("theme-0", 0.9, ""))

    assert any(line.split()[:5] == ["Theme", "0", "0", "1", "0"] for line in shown([three], codebook(1, *THREE)))
    assert any(line.split()[:3] == ["Theme", "0", "1"] for line in shown([none], codebook(1)))
