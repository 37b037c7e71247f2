"""codebook.toml → Codebook: the definitions that annotators and model share."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from findings.errors import CodebookError
from findings.resources import shipped

_NAME = re.compile(r"[^\W\d_][\w-]{0,59}")
_TOP_KEYS = ("name", "title", "version", "unit", "rulings", "finding", "sentiments", "themes")
_FINDING_KEYS = ("true", "false")
_SENTIMENT_KEYS = ("name", "title", "definition", "whole_sentence_only")
_THEME_KEYS = ("name", "title", "definition", "not_included", "examples")
_EXAMPLE_KEYS = ("text", "sentiment")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that shows what a theme is; `sentiment` is None where the codebook has no sentiments."""

    text: str
    sentiment: str | None = None


@dataclass(frozen=True, slots=True)
class Sentiment:
    """One value of the scale; `whole_sentence_only` where a sentence can carry it but a theme cannot (mixed)."""

    name: str
    title: str
    definition: str
    whole_sentence_only: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """What findings can be about: its definition, what it leaves out, and examples."""

    name: str
    title: str
    definition: str
    not_included: str = ""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """The themes and sentiments of a tagger with their definitions; at least one theme, no sentiments or at least two.

    `finding` and `not_finding` say when a sentence is one, `unit` what is coded, `rulings` how borderline cases go.
    """

    name: str
    themes: tuple[Theme, ...]
    sentiments: tuple[Sentiment, ...] = ()
    version: str = ""
    title: str = ""
    unit: str = ""
    finding: str = ""
    not_finding: str = ""
    rulings: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: str | Path) -> Codebook:
        """Read a codebook from a TOML file; raises `CodebookError` with all its faults."""
        try:
            content = Path(path).read_bytes().decode("utf-8-sig")
        except OSError as error:
            raise CodebookError(f"{path}: the codebook cannot be read ({error.strerror or error}).") from None
        except UnicodeDecodeError:
            raise CodebookError(f"{path}: the codebook is not UTF-8 text; save it as UTF-8.") from None
        return cls.parse(content, source=str(path))

    @classmethod
    def parse(cls, content: str, *, source: str = "codebook") -> Codebook:
        """The codebook in the text of a TOML file; raises `CodebookError` naming `source` and fields."""
        try:
            data = tomllib.loads(content)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise CodebookError(f"{source}: the codebook is not valid TOML ({error}).") from None
        return cls.from_dict(data, source=source)

    @classmethod
    def default(cls) -> Codebook:
        """The codebook that ships with Findings."""
        return cls.load(shipped("codebook.toml"))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, source: str = "codebook") -> Codebook:
        """The codebook of a `to_dict()` or a parsed TOML file; raises `CodebookError` naming `source` and fields."""
        reader = _Reader()
        codebook = reader.codebook(data)
        if not reader.faults:
            return codebook
        faults = tuple(f"{source}: {fault}" for fault in reader.faults)
        count = "a fault" if len(faults) == 1 else f"{len(faults)} faults, the first of them"
        raise CodebookError(f"{source}: the codebook has {count}: {reader.faults[0]}.", faults)

    def to_dict(self) -> dict[str, Any]:
        """The codebook as plain JSON values, in the shape of its TOML file; `from_dict` brings it back."""
        return {
            "name": self.name,
            "title": self.title,
            "version": self.version,
            "unit": self.unit,
            "rulings": list(self.rulings),
            "finding": {"true": self.finding, "false": self.not_finding},
            "sentiments": [{key: getattr(sentiment, key) for key in _SENTIMENT_KEYS} for sentiment in self.sentiments],
            "themes": [
                {key: getattr(theme, key) for key in _THEME_KEYS[:-1]} | {"examples": _examples(theme.examples)}
                for theme in self.themes
            ],
        }

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of what the codebook says; how its file is laid out makes no difference."""
        canonical = json.dumps(self.to_dict(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("utf-8")).hexdigest()

    @property
    def theme_names(self) -> tuple[str, ...]:
        """The names of the themes, in the codebook's order."""
        return tuple(theme.name for theme in self.themes)

    @property
    def sentiment_names(self) -> tuple[str, ...]:
        """The sentiments a sentence can carry, in the codebook's order; empty where it has none."""
        return tuple(sentiment.name for sentiment in self.sentiments)

    @property
    def theme_sentiment_names(self) -> tuple[str, ...]:
        """The sentiments a theme can carry: those not marked `whole_sentence_only`."""
        return tuple(sentiment.name for sentiment in self.sentiments if not sentiment.whole_sentence_only)

    def theme(self, name: str) -> Theme:
        """The theme of that name; raises `KeyError` where there is none."""
        for theme in self.themes:
            if theme.name == name:
                return theme
        raise KeyError(name)

    def sentiment(self, name: str) -> Sentiment:
        """The sentiment of that name; raises `KeyError` where there is none."""
        for sentiment in self.sentiments:
            if sentiment.name == name:
                return sentiment
        raise KeyError(name)


def _examples(examples: tuple[Example, ...]) -> list[dict[str, str]]:
    return [
        {"text": example.text} | ({"sentiment": example.sentiment} if example.sentiment else {}) for example in examples
    ]


class _Reader:
    """Plain data → Codebook, noting every fault as `field: what is wrong` instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def codebook(self, data: Mapping[str, Any]) -> Codebook:
        self._known_keys(data, _TOP_KEYS, "")
        sentiments = tuple(
            self._sentiment(table, where) for table, where in self._tables(data, "sentiments", _SENTIMENT_KEYS)
        )
        usable = [sentiment.name for sentiment in sentiments if not sentiment.whole_sentence_only]
        if sentiments and len(usable) < 2:
            self._fault("sentiments", "a scale needs two sentiments that are not whole_sentence_only, or leave it out")
        themes = tuple(self._theme(table, where, usable) for table, where in self._tables(data, "themes", _THEME_KEYS))
        if not data.get("themes"):
            self._fault("themes", "there is no theme; write at least one [[themes]] table")
        self._unique("sentiments", sentiments)
        self._unique("themes", themes)
        finding = self._table(data.get("finding", {}), _FINDING_KEYS, "finding") or {}
        return Codebook(
            name=self._text(data, "name", "", required=True),
            themes=themes,
            sentiments=sentiments,
            version=self._text(data, "version", ""),
            title=self._text(data, "title", ""),
            unit=self._text(data, "unit", ""),
            finding=self._text(finding, "true", "finding."),
            not_finding=self._text(finding, "false", "finding."),
            rulings=self._rulings(data),
        )

    def _sentiment(self, table: Mapping[str, Any], where: str) -> Sentiment:
        name, title, definition = self._head(table, where)
        whole = table.get("whole_sentence_only", False)
        if not isinstance(whole, bool):
            self._fault(f"{where}.whole_sentence_only", "must be true or false")
        return Sentiment(name, title, definition, whole is True)

    def _theme(self, table: Mapping[str, Any], where: str, sentiments: list[str]) -> Theme:
        name, title, definition = self._head(table, where)
        examples = tuple(
            self._example(example, place, sentiments)
            for example, place in self._tables(table, "examples", _EXAMPLE_KEYS, where + ".")
        )
        return Theme(name, title, definition, self._text(table, "not_included", where + "."), examples)

    def _head(self, table: Mapping[str, Any], where: str) -> tuple[str, str, str]:
        name = self._text(table, "name", where + ".", required=True)
        if name and (not _NAME.fullmatch(name) or name != name.lower()):
            better = re.sub(r"[\W_]+", "_", name.lower()).strip("_")
            hint = f', such as "{better}"' if _NAME.fullmatch(better) else ""
            self._fault(f"{where}.name", f'"{name}" is not a name of lower-case letters, digits, _ and -{hint}')
        title = self._text(table, "title", where + ".") or name.replace("_", " ").replace("-", " ").capitalize()
        return name, title, self._text(table, "definition", where + ".", required=True)

    def _example(self, table: Mapping[str, Any], where: str, sentiments: list[str]) -> Example:
        text = self._text(table, "text", where + ".", required=True)
        sentiment = self._text(table, "sentiment", where + ".", required=bool(sentiments))
        if sentiment and sentiment not in sentiments:
            known = ", ".join(sentiments) or "none: the codebook has no sentiments"
            self._fault(f"{where}.sentiment", f'"{sentiment}" is not a sentiment of a theme ({known})')
        return Example(text, sentiment or None)

    def _rulings(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        rulings = data.get("rulings", [])
        if not isinstance(rulings, list):
            self._fault("rulings", "must be a list of texts")
            return ()
        return tuple(self._clean(ruling, f"rulings[{number}]") for number, ruling in enumerate(rulings, 1))

    def _tables(
        self, data: Mapping[str, Any], key: str, known: tuple[str, ...], prefix: str = ""
    ) -> list[tuple[Mapping[str, Any], str]]:
        """The tables of the list `data[key]`, each with its place: `themes[2]`, counted from 1, as people count.

        What is no table is noted as a fault and left out.
        """
        items = data.get(key, [])
        if not isinstance(items, list):
            self._fault(prefix + key, "must be a list of tables")
            return []
        places = [f"{prefix}{key}[{number}]" for number in range(1, len(items) + 1)]
        tables = [(self._table(item, known, place), place) for item, place in zip(items, places, strict=True)]
        return [(table, place) for table, place in tables if table is not None]

    def _table(self, item: Any, known: tuple[str, ...], where: str) -> Mapping[str, Any] | None:
        if not isinstance(item, Mapping):
            self._fault(where, "must be a table")
            return None
        self._known_keys(item, known, where + ".")
        return item

    def _known_keys(self, table: Mapping[str, Any], known: tuple[str, ...], prefix: str) -> None:
        for key in table:
            if key not in known:
                close = get_close_matches(str(key), known, 1)
                self._fault(f"{prefix}{key}", f"unknown; did you mean {close[0]}?" if close else "unknown")

    def _text(self, table: Mapping[str, Any], key: str, prefix: str, *, required: bool = False) -> str:
        if key not in table:
            if required:
                self._fault(prefix + key, "is missing")
            return ""
        return self._clean(table[key], prefix + key, required=required)

    def _clean(self, value: Any, where: str, *, required: bool = False) -> str:
        """The text with its runs of white space, line ends among them, made single spaces."""
        if not isinstance(value, str):
            self._fault(where, "must be text in quotation marks")
            return ""
        text = " ".join(value.split())
        if required and not text:
            self._fault(where, "is empty")
        return text

    def _unique(self, key: str, items: tuple[Theme, ...] | tuple[Sentiment, ...]) -> None:
        for field in ("name", "title"):
            seen: dict[str, int] = {}
            for number, item in enumerate(items, 1):
                value = getattr(item, field).casefold()
                if value and value in seen:
                    fault = f'"{getattr(item, field)}" is the {field} of {key}[{seen[value]}] already'
                    self._fault(f"{key}[{number}].{field}", fault)
                seen.setdefault(value, number)

    def _fault(self, field: str, what: str) -> None:
        self.faults.append(f"{field}: {what}")
