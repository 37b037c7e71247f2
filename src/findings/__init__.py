"""Findings reads inspection reports and says, sentence by sentence, what they find, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from findings.reading import read_report
    from findings.summary import summarise
    from findings.tagging import Tagger

__version__ = "0.1.0"
__all__ = ["Tagger", "__version__", "read_report", "summarise"]

_HOMES = {"read_report": "findings.reading", "summarise": "findings.summary", "Tagger": "findings.tagging"}


def __getattr__(name: str) -> Any:
    """Import what the public API names only when it is first asked for: spaCy and scikit-learn take seconds."""
    if name not in _HOMES:
        raise AttributeError(f"module 'findings' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
