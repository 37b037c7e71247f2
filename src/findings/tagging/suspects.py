"""Annotations that are likely wrong: those that models which had not seen their group contradict with confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from findings.annotations.columns import theme_column
from findings.annotations.labels import Labels
from findings.annotations.rows import ReviewRow
from findings.report import Annotation, Finding
from findings.tagging.model import Probabilities
from findings.tagging.tagger import Tagger, as_sentence

# A label to which models give less than this is worth a second look.
_DOUBTED = 0.2


@dataclass(frozen=True, slots=True)
class Suspect:
    """A doubtful annotation: `decision` is `finding`, `sentiment`, `theme:NAME` or `theme:NAME sentiment`.

    `probability` is what the models give to what the annotation says of it, `model` the labels that they would give.
    """

    annotation: Annotation
    decision: str
    probability: float
    model: Labels


def suspects(tagger: Tagger, annotations: Sequence[Annotation]) -> list[Suspect]:
    """The doubtful ones among the annotations that `tagger` was just fitted on, each once, the likeliest errors first.

    A label is judged by its out-of-fold probability, the "self-confidence" of Northcutt, Jiang and Chuang ("Confident
    learning: estimating uncertainty in dataset labels", JAIR 2021).
    """
    chances = tagger.out_of_fold_
    findings = tagger.decide([as_sentence(one) for one in annotations], chances, explain=False)
    found = []
    for at, (annotation, finding) in enumerate(zip(annotations, findings, strict=True)):
        probability, decision = min(_probabilities(tagger, chances, at, annotation))
        model = _labels(finding)
        if probability < _DOUBTED and model != Labels.of(annotation):
            found.append(Suspect(annotation, decision, probability, model))
    return sorted(found, key=lambda suspect: suspect.probability)


def suspect_rows(found: Sequence[Suspect]) -> list[ReviewRow]:
    """Rows of a review sheet with the labels as they are, what the models say as a comment, and the doubt marked."""
    return [
        ReviewRow(
            id=suspect.annotation.id,
            report=suspect.annotation.report,
            text=suspect.annotation.text,
            labels=Labels.of(suspect.annotation),
            section=suspect.annotation.section,
            lead_in=suspect.annotation.lead_in,
            bullet=suspect.annotation.bullet,
            previous=suspect.annotation.previous,
            why="suspect",
            comment=f"the model: {suspect.model}",
            doubts={suspect.decision.removesuffix(" sentiment"): 1 - suspect.probability},
        )
        for suspect in found
    ]


def _probabilities(
    tagger: Tagger, chances: Probabilities, at: int, annotation: Annotation
) -> Iterator[tuple[float, str]]:
    """What the models give to each of an annotation's labels, with the name of the decision."""
    decisions = tagger.model_.decisions
    finding = float(chances.finding[at])
    yield (finding if annotation.finding else 1 - finding), "finding"
    if not annotation.finding:
        return
    if annotation.sentiment:
        yield float(chances.sentiment[at, decisions.sentiments.index(annotation.sentiment)]), "sentiment"
    for number, theme in enumerate(decisions.themes):
        there = float(chances.themes[at, number])
        yield (there if theme in annotation.themes else 1 - there), theme_column(theme)
        said = annotation.themes.get(theme)
        if said:
            which = decisions.theme_sentiments.index(said)
            yield float(chances.theme_sentiment[at, number, which]), f"{theme_column(theme)} sentiment"


def _labels(finding: Finding) -> Labels:
    return Labels(finding.finding, finding.sentiment, {tag.theme: tag.sentiment for tag in finding.themes})
