"""What makes one annotation sound by a codebook, and its record (one JSON object) → Annotation."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from findings.codebook import Codebook
from findings.report import Annotation

KEYS = (
    "id",
    "report",
    "group",
    "section",
    "lead_in",
    "bullet",
    "previous",
    "text",
    "finding",
    "sentiment",
    "themes",
    "annotator",
    "chosen",
)
_TEXTS = ("report", "group", "section", "lead_in", "previous", "sentiment", "annotator")
_REQUIRED = ("id", "text", "finding")
_NO_THEMES: Mapping[str, str | None] = {}


class Fault(NamedTuple):
    """What is wrong with which field of a record (`themes.workforce` for one theme)."""

    field: str
    what: str


class Validator:
    """Checks records against one codebook; made once for many records.

    A record needs `id`, `text` and `finding`; the other keys of `KEYS` may be absent or null. Keys beyond those are
    ignored (tools add their own) unless they look like a misspelling of an absent one, which is a fault.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._themes = frozenset(codebook.theme_names)
        self._sentiments = frozenset(codebook.sentiment_names)
        self._theme_sentiments = frozenset(codebook.theme_sentiment_names)
        self._codebook = codebook
        self._meant: dict[str, str | None] = {}
        self._shared: dict[Any, Any] = {}

    def faults(self, record: Any) -> list[Fault]:
        """Everything that is wrong with a record; empty where it is sound."""
        if type(record) is not dict:
            return [Fault("", f"the line must be a JSON object, not {_kind(record)}")]
        faults: list[Fault] = []
        get = record.get
        for key in ("id", "text"):
            value = get(key)
            if type(value) is not str:
                faults.append(_missing(key, value, "text"))
            elif not value or value.isspace():
                faults.append(Fault(key, f"{key} is empty"))
        if type(get("finding")) is not bool:
            faults.append(_missing("finding", get("finding"), "true or false"))
        for key in _TEXTS:
            value = get(key)
            if value is not None and type(value) is not str:
                faults.append(Fault(key, f"{key} must be text, not {_kind(value)}"))
        for key in ("bullet", "chosen"):
            if get(key) is not None and type(get(key)) is not bool:
                faults.append(Fault(key, f"{key} must be true or false, not {_kind(get(key))}"))
        for key in record:
            if key not in _KEY_SET and (meant := self._misspelt(key)) and meant not in record:
                faults.append(Fault(key, f'unknown key "{key}"; did you mean "{meant}"?'))
        self._label_faults(record, faults)
        return faults

    def annotation(self, record: Mapping[str, Any]) -> Annotation:
        """A sound record as an Annotation. `group` defaults to the report, and without one to the id."""
        get = record.get
        share = self._shared.setdefault
        identity = record["id"]
        report = get("report") or ""
        section, lead_in, group = get("section") or "", get("lead_in") or "", get("group") or report or identity
        themes = get("themes")
        return Annotation(
            id=identity,
            report=share(report, report),
            text=record["text"],
            finding=record["finding"],
            sentiment=get("sentiment"),
            themes=share(tuple(themes.items()), themes) if themes else _NO_THEMES,
            section=share(section, section),
            lead_in=share(lead_in, lead_in),
            bullet=get("bullet") or False,
            group=share(group, group),
            annotator=get("annotator") or None,
            previous=get("previous") or "",
            chosen=get("chosen") or False,
        )

    def _label_faults(self, record: dict[str, Any], faults: list[Fault]) -> None:
        finding, sentiment, themes = record.get("finding"), record.get("sentiment"), record.get("themes")
        if themes is None:
            themes = _NO_THEMES
        elif type(themes) is not dict:
            example = '{"THEME": "SENTIMENT"}' if self._theme_sentiments else '{"THEME": null}'
            faults.append(Fault("themes", f"themes must be an object such as {example}, not {_kind(themes)}"))
            themes = _NO_THEMES
        if finding is False:
            if sentiment is not None:
                faults.append(Fault("sentiment", "a sentence that is not a finding has no sentiment (null)"))
            if themes:
                listed = ", ".join(themes)
                faults.append(Fault("themes", f"a sentence that is not a finding has no themes, yet it has {listed}"))
            return
        if type(sentiment) is str and sentiment not in self._sentiments:
            faults.append(self._sentiment_fault(sentiment))
        elif sentiment is None and finding is True and self._sentiments:
            known = ", ".join(self._codebook.sentiment_names)
            faults.append(Fault("sentiment", f"a finding needs a sentiment ({known})"))
        for theme, its_sentiment in themes.items():
            if theme not in self._themes:
                faults.append(Fault(f"themes.{theme}", f'unknown theme "{theme}"{self._near(theme, self._themes)}'))
            if its_sentiment is None and not self._theme_sentiments:
                continue
            if type(its_sentiment) is not str or its_sentiment not in self._theme_sentiments:
                faults.append(self._theme_sentiment_fault(theme, its_sentiment))

    def _sentiment_fault(self, sentiment: str) -> Fault:
        if not self._sentiments:
            return Fault("sentiment", f'the codebook has no sentiments, so "{sentiment}" must be null')
        return Fault("sentiment", f'unknown sentiment "{sentiment}"{self._near(sentiment, self._sentiments)}')

    def _theme_sentiment_fault(self, theme: str, sentiment: Any) -> Fault:
        field, known = f"themes.{theme}", ", ".join(self._codebook.theme_sentiment_names)
        if not known:
            return Fault(field, f"the codebook has no sentiments, so that of {theme} must be null")
        if type(sentiment) is not str:
            return Fault(field, f"{theme} needs a sentiment ({known}), not {_kind(sentiment)}")
        if sentiment in self._sentiments:
            return Fault(field, f'"{sentiment}" is for whole sentences; {theme} takes one of {known}')
        return Fault(field, f'unknown sentiment "{sentiment}" of {theme}; it takes one of {known}')

    def _near(self, name: str, known: frozenset[str]) -> str:
        close = get_close_matches(name.casefold(), sorted(known), 1)
        return f'; did you mean "{close[0]}"?' if close else f"; the codebook has {', '.join(sorted(known))}"

    def _misspelt(self, key: str) -> str | None:
        if key not in self._meant:
            close = get_close_matches(key.casefold().replace("-", "_").replace(" ", "_"), KEYS, 1, cutoff=0.8)
            self._meant[key] = close[0] if close else None
        return self._meant[key]


_KEY_SET = frozenset(KEYS)


def record_of(annotation: Annotation) -> dict[str, Any]:
    """An annotation as a record in the contract's key order.

    `group`, `previous`, `annotator` and `chosen` are there only where they say something.
    """
    default_group = annotation.report or annotation.id
    return {
        "id": annotation.id,
        "report": annotation.report,
        **({"group": annotation.group} if annotation.group not in ("", default_group) else {}),
        "section": annotation.section,
        "lead_in": annotation.lead_in,
        "bullet": annotation.bullet,
        **({"previous": annotation.previous} if annotation.previous else {}),
        "text": annotation.text,
        "finding": annotation.finding,
        "sentiment": annotation.sentiment,
        "themes": dict(annotation.themes),
        **({"annotator": annotation.annotator} if annotation.annotator else {}),
        **({"chosen": True} if annotation.chosen else {}),
    }


def _missing(key: str, value: Any, wanted: str) -> Fault:
    return Fault(key, f"{key} is missing" if value is None else f"{key} must be {wanted}, not {_kind(value)}")


def _kind(value: Any) -> str:
    """A JSON value's type as people call it."""
    if value is None:
        return "null"
    names = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)
