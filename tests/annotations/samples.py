"""Records of invented reports."""

from __future__ import annotations

from typing import Any

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
