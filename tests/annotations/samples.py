"""Records of invented reports."""

from __future__ import annotations

from typing import Any

from findings.report import Finding, Sentence, ThemeTag

Record = dict[str, Any]


def record(identity: str = "northby-2022/001", **changes: Any) -> Record:
    """A sound record of an invented report, with the changes asked for."""
    return {
        "id": identity,
        "report": identity.rpartition("/")[0],
        "section": "What needs to improve",
        "lead_in": "The council should:",
        "bullet": True,
        "text": f"End the drift in plans for older children ({identity}).",
        "finding": True,
        "sentiment": "weakness",
        "themes": {"assessment_timeliness": "weakness"},
    } | changes


def finding(text: str, **changes: Any) -> Finding:
    """A tagged sentence of an invented report, with the changes asked for (to the finding or to its sentence)."""
    at = {name: changes.pop(name) for name in list(changes) if name in Sentence.__dataclass_fields__}
    tagged: dict[str, Any] = {
        "finding": True,
        "finding_score": 0.99,
        "sentiment": "weakness",
        "sentiment_score": 0.99,
        "themes": (ThemeTag("workforce", 0.99, "weakness"),),
    }
    return Finding(Sentence(text, **({"report": "northby-2022.pdf"} | at)), **(tagged | changes))


def not_finding(text: str, **changes: Any) -> Finding:
    """A sentence tagged as no finding."""
    unlabelled = {"finding": False, "finding_score": 0.01, "sentiment": None, "sentiment_score": None, "themes": ()}
    return finding(text, **(unlabelled | changes))


def tagged_report(count: int = 30, report: str = "northby-2022.pdf") -> list[Finding]:
    """A report's sentences, each in words of its own, every third of them no finding."""
    sentences: list[Finding] = []
    for number in range(count):
        words = " ".join(f"{stem}{number}" for stem in ("children", "wait", "plans", "drift", "staff"))
        make = not_finding if number % 3 == 0 else finding
        at: dict[str, Any] = {"section": f"Section {number // 10}", "page": 1 + number // 10, "report": report}
        at["previous"] = sentences[-1].sentence.text if number % 5 else ""
        sentences.append(make(f"Sentence {number}: {words}.", lead_in="Inspectors found that:", bullet=True, **at))
    return sentences
