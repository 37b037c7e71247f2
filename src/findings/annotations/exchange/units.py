"""What goes out to an annotation tool and comes back: a sentence, its context, and its labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from findings.annotations.labels import NOT_A_FINDING, Labels
from findings.annotations.opinions import resolve
from findings.annotations.sheets import row_id
from findings.annotations.store import annotation_files, parse_lines
from findings.annotations.validation import Validator
from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.report import Annotation

Record = dict[str, Any]
_CONTEXT = ("report", "group", "section", "lead_in", "bullet", "previous", "chosen")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with its labels; `predicted` where these are the model's, and nobody has checked them."""

    annotation: Annotation
    predicted: bool

    @property
    def labels(self) -> Labels:
        """What is said of the sentence."""
        return Labels.of(self.annotation)

    def context(self) -> Record:
        """Where the sentence stands, and what the model says of it, to travel with it through a tool and back."""
        context = {name: getattr(self.annotation, name) for name in _CONTEXT}
        return {"sentence_id": self.annotation.id, **context, "model": str(self.labels) if self.predicted else ""}


def load_units(paths: Iterable[str | Path], codebook: Codebook) -> list[Unit]:
    """The sentences of annotations, or of reviews in JSON Lines; one unit each, without those in conflict."""
    faults: list[str] = []
    validator = Validator(codebook)
    opinions: list[Annotation] = []
    unreviewed: set[str] = set()
    for file in annotation_files(list(paths), faults):
        for place, record in parse_lines(file, faults):
            found = validator.faults(record)
            faults.extend(f"{place}: {fault.what}" for fault in found)
            if not found:
                opinions.append(validator.annotation(record))
                if record.get("model") and not record.get("reviewed"):
                    unreviewed.add(record["id"])
    if faults:
        raise AnnotationError(f"The annotations have faults, the first of them at {faults[0]}.", tuple(faults))
    return [Unit(annotation, annotation.id in unreviewed) for annotation in resolve(opinions).annotations]


def record_of_unit(text: str, labels: Labels | None, context: Mapping[str, Any], *, reviewed: bool) -> Record:
    """What came back as a record of a review; without labels, it has no answer and is left alone."""
    kept = {name: context[name] for name in _CONTEXT if context.get(name) not in (None, "")}
    section, lead_in, report = (str(kept.get(name, "")) for name in ("section", "lead_in", "report"))
    return {
        "id": str(context.get("sentence_id") or "") or row_id(report, section, lead_in, text),
        "text": text,
        **kept,
        "finding": labels.finding if labels else None,
        "sentiment": labels.sentiment if labels else None,
        "themes": dict(labels.themes) if labels else {},
        "model": context.get("model") or "",
        "reviewed": reviewed,
    }


def object_in(record: Record, key: str) -> Record | None:
    """The JSON object at a key of a record that a tool wrote; None where there is none."""
    value = record.get(key)
    return value if isinstance(value, dict) else None


def tags_of(labels: Labels) -> list[str]:
    """The labels as a tool's flat list of tags: `weakness`, `workforce=weakness`, or `not a finding`."""
    return str(labels).split("; ")


def all_tags(codebook: Codebook) -> dict[str, str]:
    """Every tag that a sentence can have, with a title for people."""
    titles = {NOT_A_FINDING: "Not a finding"}
    titles |= {item.name: item.title for item in codebook.sentiments} or {"finding": "Finding"}
    for theme in codebook.themes:
        if not codebook.sentiments:
            titles[theme.name] = theme.title
        for name in codebook.theme_sentiment_names:
            titles[f"{theme.name}={name}"] = f"{theme.title}: {codebook.sentiment(name).title.lower()}"
    return titles


def labels_of_tags(tags: Iterable[str], codebook: Codebook) -> Labels | None:
    """The labels that flat tags mean; None for none. What is unknown stays for the validation to name."""
    tags = [tag.strip() for tag in tags if tag.strip()]
    if not tags:
        return None
    sentiments = [tag for tag in tags if tag in codebook.sentiment_names]
    pairs = [tag.partition("=") for tag in tags if tag not in (*sentiments, NOT_A_FINDING, "finding")]
    themes = {theme.strip(): said.strip() or None for theme, _, said in pairs}
    return completed(Labels(NOT_A_FINDING not in tags, " and ".join(sentiments) or None, themes), codebook)


def completed(labels: Labels, codebook: Codebook) -> Labels:
    """The labels with the sentence's sentiment filled in, where it has none and all its themes have the same."""
    said = set(labels.themes.values())
    if labels.finding and labels.sentiment is None and len(said) == 1 and codebook.sentiments:
        return labels._replace(sentiment=said.pop())
    return labels
