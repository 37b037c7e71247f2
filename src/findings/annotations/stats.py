"""What is in a store of annotations: how many of each label, by whom, and what deserves a second look."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from findings.annotations.opinions import resolve, same_labels
from findings.annotations.store import Paths, annotation_files, load_opinions, parse_lines
from findings.codebook import Codebook
from findings.report import Annotation


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of a store. All but `files` and `annotators` are of sentences with one label that counts.

    `files` are lines by file, `annotators` records by annotator (None: not named), `sentiments` findings by sentiment
    (None in a codebook without any), `themes` findings by theme and by the theme's sentiment, `several_themes` the
    findings with more than one. `conflicts` counts the sentences about which annotators differ. `doubtful` are pairs of
    ids: the same words under the same heading and lead-in, labelled differently.
    """

    files: Mapping[str, int]
    annotators: Mapping[str | None, int]
    sentences: int
    reports: int
    groups: int
    bullets: int
    findings: int
    sentiments: Mapping[str | None, int]
    themes: Mapping[str, Mapping[str | None, int]]
    several_themes: int
    conflicts: int
    doubtful: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain JSON values; what is None as a key (no annotator, no sentiment) is "" there."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        plain["annotators"], plain["sentiments"] = _named(self.annotators), _named(self.sentiments)
        return plain | {"themes": {theme: _named(said) for theme, said in self.themes.items()}}


def annotation_stats(paths: Paths, codebook: Codebook) -> Stats:
    """Count what `*.jsonl` files or folders of them hold; raises `AnnotationError` where they have faults."""
    opinions = load_opinions(paths, codebook)
    resolved = resolve(opinions)
    annotations = resolved.annotations
    findings = [annotation for annotation in annotations if annotation.finding]
    themes = {
        name: Counter(one.themes[name] for one in findings if name in one.themes) for name in codebook.theme_names
    }
    return Stats(
        files={str(file): sum(1 for _ in parse_lines(file, [])) for file in annotation_files(paths, [])},
        annotators=Counter(opinion.annotator for opinion in opinions),
        sentences=len(annotations),
        reports=len({annotation.report for annotation in annotations}),
        groups=len({annotation.group for annotation in annotations}),
        bullets=sum(annotation.bullet for annotation in annotations),
        findings=len(findings),
        sentiments=Counter(annotation.sentiment for annotation in findings),
        themes=themes,
        several_themes=sum(len(annotation.themes) > 1 for annotation in findings),
        conflicts=len(resolved.conflicts),
        doubtful=_doubtful(annotations),
    )


def _doubtful(annotations: list[Annotation]) -> tuple[tuple[str, str], ...]:
    alike: dict[tuple[str, ...], list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        alike[tuple(part.casefold() for part in (annotation.text, annotation.section, annotation.lead_in))].append(
            annotation
        )
    return tuple(
        (first.id, other.id) for first, *others in alike.values() for other in others if not same_labels(first, other)
    )


def _named(counts: Mapping[str | None, int]) -> dict[str, int]:
    return {name or "": count for name, count in counts.items()}
