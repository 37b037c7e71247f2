"""Sentences → a REFI-QDA project, and a codebook → a REFI-QDA codebook.

A report is a text source laid out as Markdown, `# ` before headings, `> ` before lead-ins, `- ` before bullets; each
sentence is a selection in it, described by its id and by what the model said of it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from findings.annotations.exchange.qda_codes import NOT, SENTIMENT, Code, codes_of
from findings.annotations.exchange.units import Unit
from findings.codebook import Codebook

MODEL, PEOPLE = "Findings (model)", "Annotators"  # users: who coded where it was the model, and nobody named
MARKS = {"# ": "section", "> ": "lead_in"}
BULLET = "- "
_PROJECT, _CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
_ORIGIN = "Findings"
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:findings:refi-qda")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def set_up(codebook: Codebook) -> dict[str, bytes]:
    """The codebook by itself."""
    root = etree.Element(f"{{{_CODEBOOK}}}CodeBook", nsmap=_namespace(_CODEBOOK), origin=_ORIGIN)
    _codes(root, codebook, _CODEBOOK)
    return {".qdc": _xml(root)}


def export(units: Sequence[Unit], codebook: Codebook) -> bytes:
    """The project: the codebook, a text for each report, and its sentences as coded passages."""
    root = etree.Element(f"{{{_PROJECT}}}Project", nsmap=_namespace(_PROJECT))
    root.set("name", "Findings")
    root.set("origin", _ORIGIN)
    users = _child(root, "Users")
    for name in (MODEL, PEOPLE, *sorted({unit.annotation.annotator or "" for unit in units} - {""})):
        _child(users, "User", _guid("user", name), name)
    _codes(_child(root, "CodeBook"), codebook, _PROJECT)
    reports: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        reports[unit.annotation.report].append(unit)
    texts = {report: _text_source(report, some, codebook) for report, some in reports.items()}
    if texts:  # the schema knows no empty list of sources
        _child(root, "Sources").extend(text.element for text in texts.values())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as project:
        _store(project, "project.qde", _xml(root))
        for text in texts.values():
            _store(project, f"Sources/{text.file}", "".join(text.lines).encode("utf-8"))
    return out.getvalue()


def _codes(parent: Any, codebook: Codebook, namespace: str) -> None:
    codes = etree.SubElement(parent, f"{{{namespace}}}Codes")

    def code(above: Any, path: Code, description: str, *, codable: bool = True) -> Any:
        element = etree.SubElement(above, f"{{{namespace}}}Code", guid=_guid("code", *path), name=path[-1])
        element.set("isCodable", "true" if codable else "false")
        if description:
            etree.SubElement(element, f"{{{namespace}}}Description").text = _plain(description)
        return element

    code(codes, (NOT,), codebook.not_finding)
    if codebook.sentiments:
        above = code(codes, (SENTIMENT,), codebook.finding, codable=False)
        for sentiment in codebook.sentiments:
            code(above, (SENTIMENT, sentiment.name), sentiment.definition)
    for theme in codebook.themes:
        left_out = f"\n\nNot included: {theme.not_included}" if theme.not_included else ""
        above = code(codes, (theme.title,), theme.definition + left_out, codable=not codebook.sentiments)
        for name in codebook.theme_sentiment_names:
            code(above, (theme.title, name), "")


@dataclass(slots=True)
class _TextSource:
    """A report's text as it grows, with its element."""

    element: Any
    file: str
    lines: list[str] = field(default_factory=list)
    length: int = 0

    def line(self, mark: str, text: str) -> tuple[int, int]:
        """Add a line; where its text begins and ends, in code points."""
        start = self.length + len(mark)
        self.lines.append(f"{mark}{text}\n\n")
        self.length += len(self.lines[-1])
        return start, start + len(text)


def _text_source(report: str, units: Sequence[Unit], codebook: Codebook) -> _TextSource:
    file = f"{_guid('source', report)}.txt"
    element = etree.Element(f"{{{_PROJECT}}}TextSource", guid=_guid("source", report), name=report or "Sentences")
    element.set("plainTextPath", f"internal://{file}")
    text = _TextSource(element, file)
    before = {"section": "", "lead_in": ""}
    for unit in units:
        at = unit.annotation
        for mark, name in MARKS.items():
            value = _plain(getattr(at, name))
            if value != before[name] and (value or name == "lead_in"):
                text.line(mark, value)
            before[name] = value
        start, end = text.line(BULLET if at.bullet else "", _plain(at.text))
        _selection(element, unit, (start, end), codebook)
    return text


def _selection(source: Any, unit: Unit, span: tuple[int, int], codebook: Codebook) -> None:
    at = unit.annotation
    selection = _child(source, "PlainTextSelection", _guid("selection", at.id), _plain(at.text)[:80])
    selection.set("startPosition", str(span[0]))
    selection.set("endPosition", str(span[1]))
    model = f"\nmodel: {unit.labels}" if unit.predicted else ""
    _child(selection, "Description").text = _plain(f"id: {at.id}{model}", keep="\n")
    user = _guid("user", MODEL if unit.predicted else at.annotator or PEOPLE)
    for path in codes_of(unit.labels, codebook):
        coding = _child(selection, "Coding", _guid("coding", at.id, *path))
        coding.set("creatingUser", user)
        _child(coding, "CodeRef").set("targetGUID", _guid("code", *path))


def _child(parent: Any, tag: str, guid: str = "", name: str = "") -> Any:
    child = etree.SubElement(parent, f"{{{_PROJECT}}}{tag}")
    for key, value in (("guid", guid), ("name", name)):
        if value:
            child.set(key, value)
    return child


def _guid(*parts: str) -> str:
    return str(uuid5(_NAMESPACE, "\n".join(parts)))


def _plain(text: str, keep: str = "") -> str:
    """The text without what XML cannot hold, on one line unless `keep` names the line end."""
    text = _CONTROL.sub(" ", text)
    return text if keep else " ".join(text.splitlines())


def _namespace(name: str) -> Any:
    """The name as an element's default namespace."""
    return {None: name}


def _xml(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _store(project: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name)  # at the format's earliest date, so that the same sentences give the same file
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    project.writestr(entry, content)
