"""Annotations as Rich draws them: what a merge changes, what a store holds, where annotators differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import RenderableType
from rich.table import Table

from findings.annotations.labels import Labels
from findings.cli.tables import text

if TYPE_CHECKING:
    from findings.annotations import Conflict
    from findings.annotations.agreement import Agreement
    from findings.annotations.merge import Change, Merge
    from findings.annotations.stats import Stats
    from findings.codebook import Codebook
    from findings.report import Annotation
    from findings.tagging.suspects import Suspect

_OUTCOMES = {
    "added": "new",
    "updated": "changed",
    "settled": "settled",
    "conflict": "in conflict",
    "recorded": "confirmed",
    "unchanged": "known already",
}
_DIFFERENT = ("added", "updated", "settled", "conflict")
_QUOTED = 60


def merge_tables(merge: Merge, *, dry_run: bool) -> Iterator[RenderableType]:
    """What a merge changes, sentence by sentence, then in figures."""
    changes = [change for change in merge.changes if change.outcome in _DIFFERENT]
    if changes:
        table = _table("", "Sentence", "Labels before", "Labels now")
        for change in changes:
            table.add_row(*map(text, _change(change)))
        yield table
    counts = ((merge.count(outcome), said) for outcome, said in _OUTCOMES.items())  # type: ignore[arg-type]
    figures = [f"{count} {said}" for count, said in counts if count]
    figures += [f"{merge.untouched} not reviewed"] if merge.untouched else []
    figures += [f"{len(merge.faults)} faults"] if merge.faults else []
    where = "Nothing is written (dry run)" if dry_run else str(merge.file or "Nothing to write")
    yield text(f"{where}: {', '.join(figures) or 'no labelled rows'}.")
    if merge.conflicts:
        yield text(f"{len(merge.conflicts)} sentences in conflict in all: see `findings annotations conflicts`.")


def _change(change: Change) -> tuple[str, str, str, str]:
    one = change.after or change.before
    now = _labels(change.after) if change.after else "none until it is settled"
    return _OUTCOMES[change.outcome], _short(one.text) if one else change.id, _labels(change.before), now


def stats_tables(stats: Stats, codebook: Codebook) -> Iterator[RenderableType]:
    """What a store holds."""
    yield text(f"{stats.sentences:,} sentences of {stats.reports:,} reports in {stats.groups:,} groups\n", "bold")
    counts = _table("Label", *(name.capitalize() for name in codebook.theme_sentiment_names), "All")
    counts.add_row("Finding", *_by_sentiment(stats.sentiments, codebook), f"{stats.findings:,}")
    counts.add_row(
        "Not a finding", *[""] * len(codebook.theme_sentiment_names), f"{stats.sentences - stats.findings:,}"
    )
    for theme in codebook.themes:
        said = stats.themes[theme.name]
        counts.add_row(text(theme.title), *_by_sentiment(said, codebook), f"{sum(said.values()):,}")
    yield counts
    sources = _table("Source", "Records")
    for file, lines in stats.files.items():
        sources.add_row(text(file), f"{lines:,}")
    for annotator, records in stats.annotators.items():
        sources.add_row(text(f"by {annotator}" if annotator else "by nobody named"), f"{records:,}")
    yield sources
    if stats.conflicts:
        yield text(f"{stats.conflicts:,} sentences in conflict: see `findings annotations conflicts`.")
    if stats.doubtful:
        yield text("The same words in the same place, labelled differently:")
        yield from (text(f"  {first}  {other}") for first, other in stats.doubtful)


def conflict_tables(conflicts: Sequence[Conflict]) -> Iterator[RenderableType]:
    """Each sentence on which annotators differ, with what each of them says."""
    for conflict in conflicts:
        yield text(f"{conflict.id}: {conflict.text}", "bold")
        for opinion in conflict.opinions:
            yield text(f"  {opinion.annotator}: {_labels(opinion)}")
    yield text(f"{len(conflicts)} sentences in conflict." if conflicts else "No conflicts.")


def agreement_tables(compared: Agreement) -> Iterator[RenderableType]:
    """The agreement on every label, then the sentences on which annotators differ."""
    yield text(f"{compared.sentences:,} sentences labelled by at least two annotators", "bold")
    alone = (f"{name} {count:,}" for name, count in zip(compared.annotators, compared.alone, strict=True) if count)
    if said := ", ".join(alone):
        yield text(f"Labelled by one alone: {said}")
    pair = len(compared.annotators) == 2
    table = _table("Label", "Sentences", *compared.annotators, "Agreed", *(("Kappa", "F1") if pair else ()), "Alpha")
    for row in compared.labels:
        figures = (row.agreed, *((row.kappa, row.f1) if pair else ()), row.alpha)
        cells = [f"{row.sentences:,}", *(f"{count:,}" for count in row.counts), *map(_figure, figures)]
        table.add_row(text(row.label), *cells)
    yield table
    if compared.disagreements:
        yield from conflict_tables(compared.disagreements)


def suspect_tables(shown: Sequence[Suspect], found: int, total: int) -> Iterator[RenderableType]:
    """Doubtful annotations, each with the labels that models would give instead."""
    for suspect in shown:
        yield text(f"{suspect.annotation.id}: {suspect.annotation.text}", "bold")
        yield text(f"  annotated  {_labels(suspect.annotation)}")
        yield text(f"  the model  {suspect.model}  ({suspect.decision} {suspect.probability:.2f})")
    yield text(f"{found:,} of {total:,} annotations are doubtful" + (f", {len(shown)} shown." if shown else "."))


def _by_sentiment(counts: object, codebook: Codebook) -> list[str]:
    return [f"{counts.get(name, 0):,}" for name in codebook.theme_sentiment_names]  # type: ignore[attr-defined]


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _labels(annotation: Annotation | None) -> str:
    return "" if annotation is None else str(Labels.of(annotation))


def _short(words: str) -> str:
    return words if len(words) <= _QUOTED else words[: _QUOTED - 1].rstrip() + "…"


def _table(*columns: str) -> Table:
    """A table whose first column and columns of words stand left, those of figures right."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    words = ("", "Sentence", "Labels before", "Labels now", "Label", "Source")
    for column in columns:
        table.add_column(text(column), justify="left" if column in words else "right")
    return table
