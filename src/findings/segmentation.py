"""Report → Sentences in context, with spaCy.

The pipeline is `spacy.blank("en")`, its tokenizer, and one component of ours, `findings_sentences`, which marks where
sentences begin by rules; nothing is downloaded. The rules are written for reports: they leave alone abbreviations,
paragraph and section references, initials, quotations and brackets, where general sentence splitters break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import spacy
from spacy.language import Language

from findings.report import Block, Report, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Abbreviations that a capital letter or a number follows inside a sentence.
_NEVER_LAST = frozenset(
    "dr mr mrs ms mx prof st rev hon cllr sgt insp supt det gen lt capt "
    "e.g eg i.e ie cf vs viz al approx c ca incl esp dept govt".split()
)
# Abbreviations that stand before a number ("para. 4", "No. 12"), and are words, or ends of sentences, elsewhere.
_BEFORE_NUMBER = frozenset(
    "no nos para paras par s ss sec sect sch art arts reg regs cl p pp pg fig figs tab vol vols ch chap app ann ref "
    "refs jan feb mar apr jun jul aug sep sept oct nov dec op cm".split()
)
_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'’”)]»")
_OPENERS = frozenset("\"'‘“([«")
_QUOTES = {"“": "”", "«": "»", '"': '"', "‘": "’", "'": "'", "(": ")", "[": "]"}
_MONTHS = frozenset("January February March April May June July August September October November December".split())
# The kinds of report whose titles name what was inspected.
_INSPECTIONS = ("inspection", "monitoring visit", "focused visit")
# Longer than this, an opening mark is taken for one whose partner the report forgot.
_LONGEST_ENCLOSURE = 700


@Language.component("findings_sentences", assigns=["token.is_sent_start"])
def mark_sentences(doc: Doc) -> Doc:
    """Mark where each sentence of one block begins (spaCy's `is_sent_start`)."""
    enclosed = _enclosures(doc.text)
    for token in doc:
        token.is_sent_start = token.i == 0
    for end in doc:
        if _ends_sentence(end):
            start = _next_sentence(doc, end)
            if start is not None and not any(a < end.idx and start.idx < b for a, b in enclosed):
                start.is_sent_start = True
    return doc


def _ends_sentence(token: Token) -> bool:
    """Whether a sentence can end with this token, by the token and the word before it."""
    if token.text[-1] not in _ENDS:
        return False
    if token.text not in _ENDS:  # the tokenizer kept the stop with its word: "Dr.", "No.", "etc.", "a.m.", "J."
        word = token.text.rstrip(".")
    else:
        word = token.nbor(-1).text if token.i and not token.nbor(-1).whitespace_ else ""
    low = word.lower()
    if token.text[-1] != "." or not word:
        return True
    following = token.nbor(1).text if token.i + 1 < len(token.doc) else ""
    if low in _NEVER_LAST:
        return False
    if low in _BEFORE_NUMBER and re.match(r"[\d(]|[ivx]+\b", following):
        return False
    if word.isdigit() and len(word) <= 2 and following in _MONTHS:
        return False
    # An initial ("J. Smith") goes on; a letter that names something ("category B. The …") ends when a sentence begins.
    initial = len(word) == 1 and word.isupper()
    return not initial or (following[:1].isupper() and token.nbor(1).is_stop)


def _next_sentence(doc: Doc, end: Token) -> Token | None:
    """The token that begins the next sentence if one begins after `end`, which ends one."""
    last = end
    while not last.whitespace_ and last.i + 1 < len(doc) and doc[last.i + 1].text in _CLOSERS | _ENDS:
        last = doc[last.i + 1]
    if last.i + 1 >= len(doc):
        return None
    following = doc[last.i + 1]
    if following.is_space:
        following = doc[following.i + 1] if following.i + 1 < len(doc) else following
    elif not last.whitespace_:
        return None
    opening = following
    while opening.text in _OPENERS and opening.i + 1 < len(doc):
        opening = doc[opening.i + 1]
    first = opening.text[0]
    begins = first.isupper() or first.isdigit() or (opening.i > following.i and first.isalpha()) or first in "£•"
    return following if begins else None


def _enclosures(text: str) -> list[tuple[int, int]]:
    """Spans between an opening quotation mark or bracket and its partner, outermost only."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        mark = text[at]
        if mark in _QUOTES and (at == 0 or not text[at - 1].isalnum()):
            close = _closing(text, at, _QUOTES[mark])
            if close is not None:
                spans.append((at, close))
                at = close
        at += 1
    return spans


def _closing(text: str, opening: int, mark: str) -> int | None:
    """Where the mark that closes the one at `opening` stands; None where the report forgot it.

    An apostrophe looks like a closing single quotation mark: one inside a word, or after the s of a plural that a
    small letter follows ("parents’ needs"), is passed over while another mark can still close.
    """
    doubtful = None
    for at in range(opening + 1, min(len(text), opening + _LONGEST_ENCLOSURE)):
        if text[at] != mark:
            continue
        following = text[at + 1 : at + 2]
        if mark in "’'" and following.isalnum():
            continue
        if mark in "’'" and text[at - 1] == "s" and re.match(r" [a-z]", text[at + 1 : at + 3]):
            doubtful = doubtful or at
            continue
        return at if mark not in "’'" or doubtful is None or text[at - 1] in ".,!?;:" else doubtful
    return doubtful


@cache
def pipeline() -> Language:
    """The spaCy pipeline that cuts a block into sentences; built once."""
    nlp = spacy.blank("en")
    nlp.add_pipe("findings_sentences")
    nlp.max_length = 10_000_000
    return nlp


def segment(report: Report) -> tuple[Sentence, ...]:
    """The sentences of a report in reading order, each in its context. Furniture is none.

    Nor is a heading, unless it is a sentence itself ("Services for children are inadequate."), or the title of an
    inspection's report: it heads no section but stands for itself, and the codebook says what it is (not a finding).
    A table row is one sentence, unless a cell holds several: then each is one.
    `report.text[s.start : s.end] == s.text` for every sentence `s`.
    """
    return tuple(_sentences(report))


@dataclass(slots=True)
class _Context:
    """What governs the block in hand: heading, paragraph number, and the lead-ins in force with their levels."""

    section: str = ""
    paragraph: str | None = None
    leads: list[tuple[int, str]] = field(default_factory=list)
    above: Block | None = None

    def enter(self, block: Block, judged: frozenset[str]) -> None:
        """Move on to a block that is not furniture."""
        above, self.above = self.above, block
        if block.kind == "heading":
            self.section, self.paragraph, self.leads = block.text, block.number, []
            return
        if block.kind == "bullet":
            self.leads = [lead for lead in self.leads if lead[0] < block.level]
        elif block.kind == "paragraph":
            self.leads = []
            if above and above.kind == "row" and above.text.split(" | ")[0] in judged:
                # "Overall effectiveness | Good", the last row of a table of judgements, heads the text below it.
                self.section = above.text.replace(" | ", " ")
        self.paragraph = block.number or (self.paragraph if block.kind == "bullet" and self.leads else None)

    @property
    def lead_in(self) -> str | None:
        return self.leads[-1][1] if self.leads else None


def _sentences(report: Report) -> Iterator[Sentence]:
    context = _Context()
    judged = frozenset(judgement.judgement for judgement in report.judgements)
    for block, spans in _cut(report):
        context.enter(block, judged)
        previous = ""
        for position, (start, end) in enumerate(spans):
            text = block.text[start:end]
            yield Sentence(
                text=text,
                report=report.name,
                page=_page(block, block.start + start),
                paragraph=context.paragraph,
                section=context.section,
                lead_in=context.lead_in if block.kind in ("bullet", "row") else None,
                bullet=block.kind == "bullet",
                start=block.start + start,
                end=block.start + end,
                previous=previous,
                position=position,
            )
            previous = text
        if previous.endswith(":"):
            context.leads.append((block.level if block.kind == "bullet" else 0, previous))


def _cut(report: Report) -> Iterator[tuple[Block, list[tuple[int, int]]]]:
    """Each block that is not furniture with the spans of its sentences, offsets into the block's own text."""
    blocks = [block for block in report.blocks if block.kind != "furniture"]
    title = next((block for block in blocks if _is_title(block, report)), None)
    running = (
        block.text if block.kind != "heading" or block.text[-1] in _ENDS or block is title else "" for block in blocks
    )
    for block, doc in zip(blocks, pipeline().pipe(running), strict=True):
        spans = [
            (sent.start_char, sent.start_char + len(sent.text.rstrip())) for sent in doc.sents if sent.text.strip()
        ]
        yield block, _row_spans(block.text, spans) if block.kind == "row" else spans


def _is_title(block: Block, report: Report) -> bool:
    about = report.metadata
    return block.kind == "heading" and block.text == about.title and about.kind in _INSPECTIONS


def _row_spans(row: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A row is one sentence; one with running text in a cell is the sentences of its cells."""
    if len(spans) < 2:
        return [(0, len(row))]
    parted = []
    for start, end in spans:
        for cell in re.finditer(r"(?:(?! \| ).)+", row[start:end], re.DOTALL):
            text = cell.group().strip(" |")
            if text:
                at = start + cell.start() + cell.group().index(text)
                parted.append((at, at + len(text)))
    return parted


def _page(block: Block, offset: int) -> int | None:
    """The page on which the character at `offset` of the report's text stands."""
    page = block.page
    for start, later in block.page_starts:
        if start <= offset:
            page = later
    return page
