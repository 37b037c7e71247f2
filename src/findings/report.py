"""The nouns: what a report is made of, and what is said of its sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

BlockKind = Literal["heading", "paragraph", "bullet", "row", "furniture"]


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, bullet, table row or piece of furniture of a report, in reading order.

    `text` is `report.text[start:end]`. `page` is the page (from 1) on which the block begins, None where the format has
    no pages; `page_starts` lists `(offset, page)` for each later page that the block runs on to, offsets into the
    report's text. `level` is a heading's level (1 is the highest) or a bullet's depth (1 is the outermost).
    `number` is a numbered paragraph's number as printed, without its punctuation ("12", "a", "ii").
    `columns` are the column headers over a table row's cells.
    """

    kind: BlockKind
    text: str
    start: int
    end: int
    page: int | None = None
    page_starts: tuple[tuple[int, int], ...] = ()
    level: int = 0
    number: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement of an inspection with its grade, both as the report prints them."""

    judgement: str
    grade: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report says of itself; None where it does not say. Dates are ISO 8601 (`2019-11-26`)."""

    title: str | None = None
    authority: str | None = None
    kind: str | None = None
    inspection_start: str | None = None
    inspection_end: str | None = None
    published: str | None = None
    publisher: str | None = None

    @property
    def year(self) -> int | None:
        """The year of the inspection, else of the publication."""
        date = self.inspection_end or self.inspection_start or self.published
        return int(date[:4]) if date else None


@dataclass(frozen=True, slots=True)
class Report:
    """One document read: its text, its blocks in reading order, and what it says of itself.

    `text` holds every block, furniture excepted, parted by blank lines:
    `report.text[block.start:block.end] == block.text`.
    A furniture block (running header, page number, contents list) has `start == end` and is not in `text`.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    metadata: Metadata = field(default_factory=Metadata)
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in context: spaCy's unit, with where it stands and what governs it.

    `report.text[start:end] == text`, always. `section` is the text of the nearest heading above ("" where there is
    none), `lead_in` that of the line that introduces the list ("In order to improve, the authority should:"),
    `previous` the sentence before it in the same paragraph, and `position` its place in that paragraph, from 0.
    """

    text: str
    report: str = ""
    page: int | None = None
    paragraph: str | None = None
    section: str = ""
    lead_in: str | None = None
    bullet: bool = False
    start: int = 0
    end: int = 0
    previous: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class ThemeTag:
    """One theme of a finding: its calibrated probability, its own sentiment and the words that earned it."""

    theme: str
    score: float
    sentiment: str | None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence with its tags. Where `finding` is False, `sentiment` is None and `themes` is empty.

    Scores are calibrated probabilities in [0, 1]; `sentiment_score` is that of the sentiment given.
    """

    sentence: Sentence
    finding: bool
    finding_score: float
    sentiment: str | None = None
    sentiment_score: float | None = None
    themes: tuple[ThemeTag, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The finding as one line of `findings tag --format jsonl` (the contract in the README)."""
        at = self.sentence
        return {
            "report": at.report,
            "page": at.page,
            "paragraph": at.paragraph,
            "section": at.section,
            "lead_in": at.lead_in,
            "start": at.start,
            "end": at.end,
            "text": at.text,
            "finding": self.finding,
            "finding_score": self.finding_score,
            "sentiment": self.sentiment,
            "sentiment_score": self.sentiment_score,
            "themes": [
                {"theme": tag.theme, "score": tag.score, "sentiment": tag.sentiment, "evidence": list(tag.evidence)}
                for tag in self.themes
            ],
        }


@dataclass(frozen=True, slots=True)
class Annotation:
    """A sentence that a person has labelled with a codebook: what a tagger learns from.

    `themes` maps each theme to the sentiment that the sentence expresses about it (None where the codebook has no
    sentiments). `group` names what must stay in one fold of a cross-validation (default: the report). `previous` is the
    sentence before it in the same paragraph, "" where it is the first or that is not known. `chosen` marks a sentence
    that was picked for what it teaches (by theme, or by the model's doubt) rather than as part of a whole report:
    models learn from it, but as its kind is commoner there than in reports, it has no say in how probabilities are
    calibrated, where thresholds lie, and how good a model is held to be.
    """

    id: str
    report: str
    text: str
    finding: bool
    sentiment: str | None = None
    themes: Mapping[str, str | None] = field(default_factory=dict)
    section: str = ""
    lead_in: str = ""
    bullet: bool = False
    group: str = ""
    annotator: str | None = None
    previous: str = ""
    chosen: bool = False
