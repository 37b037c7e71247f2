"""What people decided stands: a sentence that they labelled, met again in the same context, has their labels.

A linear model fits most of what it learns from but not every sentence, and whoever has corrected a tag does not want to
correct it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from findings.annotations.labels import Labels
from findings.annotations.sheets import normal
from findings.report import Annotation, Finding, ThemeTag
from findings.tagging.features import InContext

Decided = Mapping[bytes, Labels]


def decided(annotations: Iterable[Annotation]) -> dict[bytes, Labels]:
    """The labels of annotated sentences by what identifies them; none of those that are labelled in two ways."""
    labels: dict[bytes, Labels] = {}
    unclear: set[bytes] = set()
    shared: dict[str, Labels] = {}
    for annotation in annotations:
        key, said = _key(annotation), Labels.of(annotation)
        said = shared.setdefault(str(said), said)
        if labels.setdefault(key, said) != said:
            unclear.add(key)
    return {key: said for key, said in labels.items() if key not in unclear}


def as_decided(findings: Iterable[Finding], labels: Decided) -> list[Finding]:
    """The findings, those that people decided about with their labels, at probabilities of 0 and 1."""
    return [_apply(finding, labels.get(_key(finding.sentence))) if labels else finding for finding in findings]


def _key(unit: InContext) -> bytes:
    context = "\n".join(normal(part or "") for part in (unit.section, unit.lead_in, unit.text))
    return hashlib.sha256(context.encode()).digest()[:8]


def _apply(finding: Finding, said: Labels | None) -> Finding:
    if said is None:
        return finding
    evidence = {tag.theme: tag.evidence for tag in finding.themes}
    tags = (ThemeTag(theme, 1.0, sentiment, evidence.get(theme, ())) for theme, sentiment in said.themes.items())
    return replace(
        finding,
        finding=said.finding,
        finding_score=float(said.finding),
        sentiment=said.sentiment,
        sentiment_score=1.0 if said.sentiment else None,
        themes=tuple(tags),
    )
