"""Several annotators' labels of one sentence → the label that counts, or a conflict to be settled.

Every record is one annotator's opinion. The sentence's own label is, in this order: that of `consensus`; that on which
all named annotators agree; that of the record without an annotator, where no named annotator has spoken. Where named
annotators differ the sentence is in conflict, and no label counts until one is recorded as `consensus`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from findings.annotations.labels import Labels
from findings.report import Annotation

CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more annotators' differing labels of one sentence, in the order in which they were read."""

    id: str
    text: str
    opinions: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """One annotation a sentence, in the order of the sentences' first record, and the conflicts left out of them."""

    annotations: list[Annotation]
    conflicts: list[Conflict]


def resolve(opinions: Iterable[Annotation]) -> Resolved:
    """The label that counts for every sentence (`id`), and the sentences for which none does."""
    by_id: dict[str, Annotation | list[Annotation]] = {}
    for opinion in opinions:
        seen = by_id.setdefault(opinion.id, opinion)
        if isinstance(seen, list):
            seen.append(opinion)
        elif seen is not opinion:
            by_id[opinion.id] = [seen, opinion]
    resolved = Resolved([], [])
    for identity, said in by_id.items():
        if isinstance(said, Annotation):
            resolved.annotations.append(said)
            continue
        label = _label(said)
        if label:
            resolved.annotations.append(label)
        else:
            named = tuple(opinion for opinion in said if opinion.annotator)
            resolved.conflicts.append(Conflict(identity, said[0].text, named))
    return resolved


def same_labels(one: Annotation, other: Annotation) -> bool:
    """Whether two annotations of a sentence say the same of it."""
    return Labels.of(one) == Labels.of(other)


def _label(opinions: list[Annotation]) -> Annotation | None:
    """The opinion that counts, in the place and context of the first record; None in a conflict."""
    settled = [opinion for opinion in opinions if opinion.annotator == CONSENSUS]
    named = [opinion for opinion in opinions if opinion.annotator]
    last = (settled or named or opinions)[-1]
    if not settled and any(not same_labels(last, opinion) for opinion in named):
        return None
    return replace(opinions[0], **{key: getattr(last, key) for key in ("finding", "sentiment", "themes", "annotator")})
