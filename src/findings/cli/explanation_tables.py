"""Why a sentence is tagged as it is, as Rich draws it: the tags, then a row for each decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from findings.cli.tables import sentiment_style, sign, text
from findings.tagging.explanation import Contribution, contributions

if TYPE_CHECKING:
    from findings.report import Finding, Sentence
    from findings.tagging import Tagger

_FEEBLE = 0.05  # log-odds; what adds less decides nothing


def explanation_tables(tagger: Tagger, unit: Sentence, words: int) -> Iterator[RenderableType]:
    """What to print, in order, with at most `words` words for and against each decision."""
    (finding,) = tagger.tag([unit])
    yield _verdict(finding, tagger)
    by_decision, _ = contributions(tagger.model_, unit)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("Decision")
    table.add_column("Score", justify="right")
    table.add_column("For", ratio=1)
    table.add_column("Against", ratio=1)
    for name, title, score in _scores(tagger, unit):
        added = sorted(by_decision[name], key=lambda word: -abs(word.weight))
        table.add_row(
            text(title),
            f"{score:.2f}",
            _words([word for word in added if word.weight > _FEEBLE][:words]),
            _words([word for word in added if word.weight < -_FEEBLE][:words]),
        )
    yield table


def _verdict(finding: Finding, tagger: Tagger) -> Text:
    codebook = tagger.codebook_
    if not finding.finding:
        return text(f"No finding (score {finding.finding_score:.2f}).\n", "bold")
    said = text((finding.sentiment or "finding").capitalize(), f"bold {sentiment_style(codebook, finding.sentiment)}")
    for tag in finding.themes:
        title = f"{sign(codebook, tag.sentiment)} {codebook.theme(tag.theme).title}".strip()
        said += text("  ") + text(title, sentiment_style(codebook, tag.sentiment))
    return said + (text("\n") if finding.themes else text("  no theme\n"))


def _scores(tagger: Tagger, unit: Sentence) -> Iterator[tuple[str, str, float]]:
    """Each decision's name, title and calibrated probability: finding, the themes, the sentiments."""
    chances = tagger.probabilities([unit])
    yield "finding", "Finding", chances.finding[0]
    for theme, chance in zip(tagger.codebook_.themes, chances.themes[0], strict=True):
        yield theme.name, theme.title, chance
    for sentiment, chance in zip(tagger.codebook_.sentiments, chances.sentiment[0], strict=True):
        yield sentiment.name, sentiment.title, chance


def _words(added: Sequence[Contribution]) -> Text:
    parts = []
    for word in added:
        where = "" if word.where == "sentence" else f" ({word.where})"
        parts.append(text(word.word) + text(f"{where} {word.weight:+.1f}".replace("-", "−"), "dim"))
    return Text(", ").join(parts)
