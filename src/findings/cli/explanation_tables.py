"""Why a sentence is tagged as it is, as Rich draws it: the tags, then for each decision the words for and against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from findings.cli.tables import sentiment_style, sign, text

if TYPE_CHECKING:
    from findings.codebook import Codebook
    from findings.report import Finding
    from findings.tagging.explanation import Contribution
    from findings.tagging.sentence_explanation import ExplainedDecision, Explanation

_FEEBLE = 0.05  # log-odds; what adds less decides nothing
_WHERE = {"sentence": "", "heading": " (heading)", "lead-in": " (lead-in)"}


def explanation_tables(explanation: Explanation, codebook: Codebook, words: int) -> Iterator[RenderableType]:
    """What to print, in order, with at most `words` words for and against each decision."""
    yield _verdict(explanation.finding, codebook)
    if explanation.taught:
        yield text("It was annotated so; the model alone decides as below.", "dim")
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(ratio=1)
    last = ""
    for decision in explanation.decisions:
        if decision.kind != last:
            table.add_row()
            last = decision.kind
        _add_rows(table, decision, codebook, words)
    table.add_row()
    yield table
    yield text("● tagged. Numbers are log-odds: +0.7 doubles the odds, −0.7 halves them.", "dim")
    if codebook.sentiments:
        yield text("A sentiment is judged against its nearest rival.", "dim")


def _verdict(finding: Finding, codebook: Codebook) -> Text:
    if not finding.finding:
        return text(f"Not a finding (score {finding.finding_score:.2f})", "bold")
    said = text((finding.sentiment or "finding").capitalize(), f"bold {sentiment_style(codebook, finding.sentiment)}")
    for tag in finding.themes:
        title = f"{sign(codebook, tag.sentiment)} {codebook.theme(tag.theme).title}".strip()
        said += text("  ") + text(title, sentiment_style(codebook, tag.sentiment))
    return said if finding.themes else said + text("  no theme")


def _add_rows(table: Table, decision: ExplainedDecision, codebook: Codebook, words: int) -> None:
    """Two rows of one decision: what speaks for it, and what speaks against it, if anything does."""
    title = text(f"{'●' if decision.taken else '○'} {_title(decision, codebook)}", "bold" if decision.taken else "")
    ranked = sorted(decision.words, key=lambda word: -abs(word.weight))
    sides = {"for": 1, "against": -1}
    said = {
        side: _words([word for word in ranked if word.weight * way > _FEEBLE], decision.rest * way, way, words)
        for side, way in sides.items()
    }
    shown = [side for side in sides if said[side]] or ["for"]
    for at, side in enumerate(shown):
        table.add_row("" if at else title, "" if at else f"{decision.score:.2f}", side, said[side])


def _words(added: Sequence[Contribution], rest: float, way: int, most: int) -> Text:
    """The words that add most, what the others add, and what no word does; each with its number."""
    parts = [_weighed(_word(word), word.weight) for word in added[:most]]
    if len(added) > most:
        parts.append(_weighed(text("others", "italic"), sum(word.weight for word in added[most:])))
    if rest > _FEEBLE:
        parts.append(_weighed(text("before any word", "italic"), rest * way))
    return Text(", ").join(parts)


def _word(word: Contribution) -> Text:
    if word.where == "previous":
        return text("the sentence before", "italic")
    return text(word.word) + text(_WHERE[word.where], "dim")


def _weighed(said: Text, weight: float) -> Text:
    return said + text(f" {weight:+.1f}".replace("-", "−"), "green" if weight > 0 else "red")


def _title(decision: ExplainedDecision, codebook: Codebook) -> str:
    if decision.kind == "theme":
        return codebook.theme(decision.name).title
    if decision.kind == "sentiment":
        return codebook.sentiment(decision.name).title
    return "Finding"
