"""Sentences that a tagger of counted words finds hard, by cause: those that a model gets wrong stand on its card.

They are written for this project and are not among the annotations, so that failing on them says something.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from findings.annotations.labels import Labels
from findings.report import Annotation

if TYPE_CHECKING:
    from findings.tagging.tagger import Tagger

_STRENGTH, _WEAKNESS = "strength", "weakness"


def _hard(cause: str, text: str, sentiment: str | None, previous: str = "", **themes: str) -> tuple[str, Annotation]:
    return cause, Annotation("", "", text, sentiment is not None, sentiment, themes, previous=previous)


# For the codebook that ships: why it is hard, and the sentence as an annotator labels it.
HARD: Sequence[tuple[str, Annotation]] = (
    _hard(
        "A theme that is only implied",
        "Whoever picks up the telephone at Fernlea House on a Friday is as likely to be a temp as not.",
        _WEAKNESS,
        workforce=_WEAKNESS,
    ),
    _hard(
        "A theme that is only implied",
        "By the time anyone knocked on the family's door in Eastmere, the baby had turned one.",
        _WEAKNESS,
        assessment_timeliness=_WEAKNESS,
    ),
    _hard(
        "A theme that is only implied",
        "The door to a social worker opens far too easily in Pellbury, and closes again as quickly.",
        _WEAKNESS,
        thresholds=_WEAKNESS,
    ),
    _hard(
        "A theme that is only implied",
        "Nobody above the rank of practitioner had opened the file since Easter.",
        _WEAKNESS,
        management_oversight=_WEAKNESS,
    ),
    _hard(
        "A verdict that stands in the sentence before",
        "The same cannot be said of Thornley.",
        _WEAKNESS,
        "In Westmere, plans are clear and written with families.",
    ),
    _hard(
        "A verdict that stands in the sentence before",
        "It was a different story in the other two areas.",
        _WEAKNESS,
        "In Westmere, children are seen often and know their social worker.",
    ),
    _hard(
        "An understated weakness",
        "Supervision records could tell a reader rather more about why a course was chosen.",
        _WEAKNESS,
        management_oversight=_WEAKNESS,
    ),
    _hard("An understated weakness", "The new pathway plan has yet to find its feet in Wraymouth.", _WEAKNESS),
    _hard(
        "An understated weakness", "How far children in Castle Dunmore gain from this is anybody's guess.", _WEAKNESS
    ),
    _hard(
        "A strength in negative words",
        "No child in Oxley Vale is left without a social worker, and drift is a thing of the past.",
        _STRENGTH,
        assessment_timeliness=_STRENGTH,
        workforce=_STRENGTH,
    ),
    _hard("A strength in negative words", "There was not a single file at Hartsmoor that worried us.", _STRENGTH),
    _hard(
        "A strength in negative words",
        "Gone are the days when a referral to Brindle lay unread over the weekend.",
        _STRENGTH,
        assessment_timeliness=_STRENGTH,
    ),
    _hard("Irony and figures of speech", "Plans in Coldharbour gather dust.", _WEAKNESS),
    _hard(
        "Words of a theme in another sense",
        "The threshold of the contact centre is level, so that parents with a pram or a wheelchair come in easily.",
        _STRENGTH,
    ),
    _hard(
        "Words of a theme in another sense",
        "Apprentices in care are supervised well at the borough's garden nursery, and turn up on time.",
        _STRENGTH,
    ),
    _hard("A plain fact that sounds like praise", "The service is called Strong Families, Better Futures.", None),
)


def known_failures(tagger: Tagger) -> list[dict[str, Any]]:
    """The `HARD` sentences that a tagger gets wrong, as plain JSON; none where its codebook is not the one that ships.

    Each: `cause`, `text`, the `previous` sentence ("" where it plays no part), and the labels as an annotator gives
    them (`annotated`) and as the tagger does (`tagged`).
    """
    known = {theme for _, annotation in HARD for theme in annotation.themes}
    if not known <= set(tagger.codebook_.theme_names) or not tagger.codebook_.sentiments:
        return []
    findings = tagger.tag([annotation for _, annotation in HARD])
    wrong = []
    for (cause, annotation), finding in zip(HARD, findings, strict=True):
        tagged = Labels(finding.finding, finding.sentiment, {tag.theme: tag.sentiment for tag in finding.themes})
        if tagged != Labels.of(annotation):
            context = {"cause": cause, "text": annotation.text, "previous": annotation.previous}
            wrong.append(context | {"annotated": str(Labels.of(annotation)), "tagged": str(tagged)})
    return wrong
