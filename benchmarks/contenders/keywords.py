"""Keyword rules from the codebook, as an analyst would write them for a search box: a dozen a theme."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from contenders.base import Contender, Scores, context_of
from findings.report import Annotation

THEMES = {
    "thresholds": (
        r"thresholds?",
        r"step(?:ped|ping)?[- ](?:up|down)",
        r"levels? of (?:need|help|support|intervention|response|risk)",
        r"right level",
        r"(?:criteria|continuum) (?:for|of) (?:need|referral|help|intervention|support)",
        r"no further action",
        r"(?:section|s\.?) ?47",
        r"strategy (?:discussions?|meetings?)",
        r"pre-?proceedings",
        r"(?:inappropriate|repeat|re-?) ?referrals?",
        r"clos(?:ed|ing|ure) (?:of cases |cases )?(?:too (?:soon|early|quickly)|prematurely)",
        r"(?:escalat|de-escalat)\w+",
        r"risks? (?:is|are|was|were) not (?:always )?(?:recogni[sz]ed|identified|understood)",
    ),
    "management_oversight": (
        r"management (?:oversight|direction|decisions?|grip|information)",
        r"oversight",
        r"supervis\w+",
        r"managers?",
        r"audit\w*",
        r"quality[- ]assurance",
        r"performance (?:management|information|data|reporting|monitoring)",
        r"independent reviewing officers?|IROs?",
        r"(?:conference )?chairs?",
        r"scrutin\w+",
        r"elected members|lead member",
        r"sign(?:ed|ing)?[- ]off",
        r"self-?(?:evaluation|assessment)",
    ),
    "assessment_timeliness": (
        r"timel(?:y|iness)|untimely",
        r"delay\w*",
        r"drift\w*",
        r"prompt(?:ly|ness)?",
        r"overdue|out[- ]of[- ]date|up[- ]to[- ]date",
        r"(?:statutory|within|agreed|required) timescales?",
        r"within \w+ (?:working )?(?:hours|days|weeks)",
        r"(?:too|very) (?:slow|long|late)(?:ly)?",
        r"waiting|backlogs?",
        r"(?:visit(?:s|ed)?|seen|reviewed?) (?:\w+ )?(?:regularly|frequently|often)",
        r"(?:regular|frequent|infrequent) (?:visits?|reviews?)",
        r"swift(?:ly)?|without delay|quickly",
    ),
    "workforce": (
        r"workforce|staffing",
        r"caseloads?|workloads?",
        r"vacanc(?:y|ies)",
        r"recruit\w+|retention|retain(?:ing|ed)?",
        r"turnover",
        r"agency (?:staff|social workers?|workers?)",
        r"(?:changes?|turnover) of social workers?",
        r"morale",
        r"train(?:ed|ing)",
        r"newly[- ]qualified|NQSWs?",
        r"capacity",
        r"(?:skilled|(?:in)?experienced|committed|knowledgeable|qualified) (?:\w+ )?(?:staff|workers?|practitioners?)",
        r"professional development|career",
    ),
}
WEAKNESS = (
    r"not|no|never|nor|without|lacks?|lacking|cannot",
    r"too (?:many|few|long|often|slow|little|variable)",
    r"insufficient(?:ly)?",
    r"inconsisten\w+|variable|varies|variab\w+",
    r"poor(?:ly)?|weak\w*|inadequa\w+|ineffective\w*",
    r"delay\w*|drift\w*|overdue|late",
    r"fail\w*|missing|missed|gaps?",
    r"improve(?:ment)? (?:is|are) needed|requires? improvement|areas? for (?:improvement|development)",
    r"must|should|need(?:s|ed)? to|ensure",
    r"however|although|despite",
    r"limited|few|rarely|unclear|only some",
    r"high (?:caseloads|turnover|vacancy)|shortages?|concerns?",
)
STRENGTH = (
    r"good|outstanding|excellent|strong(?:ly)?",
    r"effective(?:ly)?|well|robust(?:ly)?|rigorous(?:ly)?",
    r"timely|prompt(?:ly)?|swift(?:ly)?|quickly",
    r"improved|improving|improvements? (?:has|have) been",
    r"clear(?:ly)?|comprehensive|thorough(?:ly)?|detailed",
    r"appropriate(?:ly)?|proportionate",
    r"regular(?:ly)?|consistent(?:ly)?",
    r"skilled|committed|experienced|knowledgeable|dedicated",
    r"valued?|positive(?:ly)?|benefit\w*|succe\w+",
    r"manageable|stable|sufficient",
    r"strengths?|working well",
    r"ambitious|creative|persistent|sensitive(?:ly)?",
)


class Keywords(Contender):
    """Counts of keywords; a theme's rules are looked for in the sentence, a sentiment's in its context too."""

    title = "Keyword rules"
    note = "12-13 expressions for each theme and sentiment, ours; nothing is learned but how many must be found"

    def fit(self, annotations: Sequence[Annotation]) -> None:
        """Compile the rules."""
        self.themes = [_any_of(THEMES[name]) for name in self.codebook.theme_names]
        self.weakness, self.strength = _any_of(WEAKNESS), _any_of(STRENGTH)

    def score(self, sentences: Sequence[Annotation]) -> Scores:
        """How many expressions of each kind are found."""
        themes = np.array([[len(rule.findall(one.text)) for rule in self.themes] for one in sentences], dtype=float)
        polar = np.array([self._polarity(one) for one in sentences], dtype=float)
        sides = {"weakness": polar[:, 0], "strength": polar[:, 1] - 0.5}  # on a tie, a weakness
        mixed = np.full(len(sentences), -np.inf)
        sentiment = np.column_stack([sides.get(name, mixed) for name in self.codebook.sentiment_names])
        return Scores(themes.sum(axis=1) + polar.sum(axis=1), themes, sentiment)

    def _polarity(self, sentence: Annotation) -> tuple[int, int]:
        """Signs of a weakness and of a strength; those of the heading and the lead-in count three times."""
        context = context_of(sentence)
        weak = len(self.weakness.findall(sentence.text)) + 3 * len(self.weakness.findall(context))
        strong = len(self.strength.findall(sentence.text)) + 3 * len(self.strength.findall(context))
        return weak, strong


def _any_of(expressions: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(expressions) + r")\b", re.IGNORECASE)
