"""A REFI-QDA project → records of its coded passages."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from findings.annotations.exchange.qda_codes import Code, meaning
from findings.annotations.exchange.qda_writing import BULLET, MARKS, MODEL, PEOPLE
from findings.annotations.exchange.units import Record, completed, record_of_unit
from findings.annotations.labels import NOT_A_FINDING, Labels, parse_labels
from findings.codebook import Codebook
from findings.errors import AnnotationError

_MAX_BYTES = 500_000_000  # of one file of a project, unpacked


def read(path: Path, codebook: Codebook) -> tuple[Iterator[tuple[str, Record]], list[str]]:
    """The coded passages of a project, one record for each passage and user who coded it.

    Codes are known by a theme's or sentiment's name or title, a theme's sentiment stands under it ("Workforce" >
    "weakness") or behind it ("Workforce: weakness"). Warns of codes that mean nothing in the codebook.
    """
    project = _Project(path, codebook)
    warnings = []
    if project.unknown:
        warnings.append(f"these codes mean nothing in the codebook and are left out: {', '.join(project.unknown)}")
    return project.records(), warnings


@dataclass(slots=True)
class _Passage:
    """A stretch of a source with the codes that each user gave it."""

    text: str
    context: Record
    codes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


class _Project:
    """A .qdpx file being read."""

    def __init__(self, path: Path, codebook: Codebook) -> None:
        self._path = path
        self._codebook = codebook
        self._texts: dict[str, str] = {}
        root = self._open(path)
        self._users = {user.get("guid"): user.get("name") or user.get("id") or "" for user in _all(root, "User")}
        self._codes: dict[str, tuple[str, str | None] | None] = {}
        self.unknown: list[str] = []
        for codes in _all(root, "Codes"):
            self._read_codes(codes, ())
        self._sources = [source for source in _all(root, "TextSource", "Representation") if _is_text(source)]

    def _open(self, path: Path) -> Any:
        """The project's XML; the texts beside it are kept."""
        try:
            with zipfile.ZipFile(path) as archive:
                entries = [entry for entry in archive.infolist() if entry.file_size <= _MAX_BYTES]
                (project,) = (archive.read(entry) for entry in entries if entry.filename.lower().endswith(".qde"))
                for entry in entries:
                    if entry.filename.lower().endswith(".txt"):
                        content = archive.read(entry).decode("utf-8-sig", errors="replace")
                        self._texts[entry.filename.rpartition("/")[2]] = content
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            return etree.fromstring(project, parser)
        except OSError:
            raise
        except Exception:  # zipfile and lxml raise whatever their parsing of a damaged file runs into
            raise AnnotationError(f"{path}: not a REFI-QDA project; export it again as .qdpx.") from None

    def _read_codes(self, parent: Any, above: Code) -> None:
        for code in _all_children(parent, "Code"):
            path = (*above, (code.get("name") or "").strip())
            said = meaning(path, self._codebook)
            self._codes[(code.get("guid") or "").strip("{}").lower()] = said
            if said is None and (code.get("isCodable") or "true").strip() in ("true", "1"):
                self.unknown.append(" > ".join(path))
            self._read_codes(code, path)

    def records(self) -> Iterator[tuple[str, Record]]:
        for source in self._sources:
            name = source.get("name") or "a source"
            for (start, end), passage in self._passages(source).items():
                place = f"{self._path}: {name}, characters {start} to {end}"
                yield from ((place, record) for record in self._of_passage(passage))

    def _of_passage(self, passage: _Passage) -> Iterator[Record]:
        """A record for each user's codes; for the model's and the users' together where the model's came first."""
        model = passage.codes.pop(MODEL, [])
        if not passage.codes or model:
            people = [user for user in passage.codes if user not in ("", PEOPLE)]
            tags = [*model, *(tag for tags in passage.codes.values() for tag in tags)]
            yield self._record(passage, tags, people[0] if len(people) == 1 else "", reviewed=bool(passage.codes))
            return
        for user, tags in passage.codes.items():
            yield self._record(passage, tags, "" if user == PEOPLE else user, reviewed=True)

    def _record(self, passage: _Passage, tags: list[str], user: str, *, reviewed: bool) -> Record:
        record = record_of_unit(passage.text, self._labels(tags), passage.context, reviewed=reviewed)
        return record | ({"annotator": user} if user else {})

    def _labels(self, tags: list[str]) -> Labels | None:
        """The labels that codes say; a theme coded twice, or two sentiments, are left for the validation to name."""
        if not tags:
            return None
        sentiments = [tag for tag in dict.fromkeys(tags) if tag in self._codebook.sentiment_names]
        themes: dict[str, str | None] = {}
        for tag in dict.fromkeys(tags):
            theme, _, said = tag.partition("=")
            if theme in self._codebook.theme_names:
                themes[theme] = f"{themes[theme]} and {said}" if themes.get(theme) else said or None
        labels = Labels(NOT_A_FINDING not in tags, " and ".join(sentiments) or None, themes)
        return completed(self._both(labels), self._codebook)

    def _both(self, labels: Labels) -> Labels:
        """A sentence without a sentiment whose themes differ takes the one for whole sentences, where there is one."""
        whole = [item.name for item in self._codebook.sentiments if item.whole_sentence_only]
        if labels.finding and labels.sentiment is None and len(set(labels.themes.values())) > 1 and len(whole) == 1:
            return labels._replace(sentiment=whole[0])
        return labels

    def _passages(self, source: Any) -> dict[tuple[int, int], _Passage]:
        text = self._text(source)
        found: dict[tuple[int, int], _Passage] = {}
        for selection in _all_children(source, "PlainTextSelection"):
            span = _number(selection, "startPosition"), _number(selection, "endPosition")
            words = " ".join(text[span[0] : span[1]].split())
            if not words:
                continue
            passage = found.setdefault(span, _Passage(words, _context(source, selection, text, span[0])))
            for coding in _all_children(selection, "Coding"):
                user = self._users.get(coding.get("creatingUser"), "")
                for reference in _all_children(coding, "CodeRef"):
                    said = self._codes.get((reference.get("targetGUID") or "").strip("{}").lower())
                    if said:
                        passage.codes[user].append("=".join(part for part in said if part))
        return found

    def _text(self, source: Any) -> str:
        content = next(iter(_all_children(source, "PlainTextContent")), None)
        if content is not None:
            return content.text or ""
        name = (source.get("plainTextPath") or "").rpartition("/")[2]
        if name not in self._texts:
            raise AnnotationError(f"{self._path}: the text of {source.get('name') or name} is not in the project.")
        return self._texts[name]


def _context(source: Any, selection: Any, text: str, start: int) -> Record:
    """Where a passage stands: what its description says, and the marked lines before it, if the text has our marks."""
    context: Record = {"report": source.get("name") or "", "section": "", "lead_in": ""}
    for line in text[:start].split("\n"):
        for mark, name in MARKS.items():
            if line.startswith(mark.rstrip()):
                context[name] = line[len(mark) :].strip()
                context["lead_in"] = "" if name == "section" else context["lead_in"]
    context["bullet"] = text[:start].endswith(BULLET)
    description = next((item.text or "" for item in _all_children(selection, "Description")), "")
    for line in description.splitlines():
        name, _, value = line.partition(": ")
        if name == "id":
            context["sentence_id"] = value
        elif name == "model" and parse_labels(value):
            context["model"] = value
    return context


def _number(element: Any, name: str) -> int:
    try:
        return int(element.get(name) or 0)
    except ValueError:
        return 0


def _all(root: Any, *names: str) -> list[Any]:
    """The descendants of these names, in whatever namespace."""
    return [element for element in root.iter() if isinstance(element.tag, str) and _local(element) in names]


def _all_children(parent: Any, name: str) -> Iterable[Any]:
    return (element for element in parent if isinstance(element.tag, str) and _local(element) == name)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_text(source: Any) -> bool:
    return any(True for _ in _all_children(source, "PlainTextSelection"))
