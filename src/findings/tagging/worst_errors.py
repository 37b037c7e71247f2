"""The sentences that a model gets most wrong: where it was surest of what the annotator did not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from findings.annotations.labels import Labels
from findings.codebook import Codebook
from findings.report import Annotation, Finding
from findings.tagging.model import Probabilities


@dataclass(frozen=True, slots=True)
class WorstError:
    """A sentence with what the annotator said and what the model says.

    `decision` (finding, a theme or `sentiment`) is the one that is furthest off, and `probability`, in [0, 1], what the
    model gives to the annotator's answer there. Errors come from the model, or from the annotation.
    """

    annotation: Annotation
    annotated: Labels
    tagged: Labels
    decision: str
    probability: float

    def to_dict(self) -> dict[str, Any]:
        """The error as plain JSON values."""
        one = self.annotation
        return {
            "id": one.id,
            "report": one.report,
            "section": one.section,
            "lead_in": one.lead_in,
            "text": one.text,
            "annotated": str(self.annotated),
            "tagged": str(self.tagged),
            "decision": self.decision,
            "probability": round(self.probability, 4),
        }


def worst_errors(
    findings: Sequence[Finding],
    annotations: Sequence[Annotation],
    chances: Probabilities,
    codebook: Codebook,
    limit: int = 20,
) -> list[WorstError]:
    """At most `limit` sentences that are tagged otherwise than annotated, the surest errors first."""
    errors = []
    for at, (finding, annotation) in enumerate(zip(findings, annotations, strict=True)):
        wrong = list(_wrong(finding, annotation, chances, at, codebook))
        if wrong:
            probability, decision = min(wrong)
            tagged = Labels(finding.finding, finding.sentiment, {tag.theme: tag.sentiment for tag in finding.themes})
            errors.append(WorstError(annotation, Labels.of(annotation), tagged, decision, probability))
    return sorted(errors, key=lambda error: error.probability)[:limit]


def _wrong(
    finding: Finding, annotation: Annotation, chances: Probabilities, at: int, codebook: Codebook
) -> Iterator[tuple[float, str]]:
    """Each decision on a sentence that is wrong, with the probability that the model gives to the right answer."""
    if finding.finding != annotation.finding:
        yield _probability(chances.finding[at], annotation.finding), "finding"
        return  # themes and sentiment follow from it
    told = {tag.theme for tag in finding.themes}
    for column, theme in enumerate(codebook.theme_names):
        if (theme in told) != (theme in annotation.themes):
            yield _probability(chances.themes[at, column], theme in annotation.themes), theme
    if annotation.sentiment and finding.sentiment != annotation.sentiment:
        yield float(chances.sentiment[at, codebook.sentiment_names.index(annotation.sentiment)]), "sentiment"


def _probability(yes: float, said: bool) -> float:
    return float(yes) if said else 1 - float(yes)
