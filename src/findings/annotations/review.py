"""The review queue: tagged sentences that a person should check, as a sheet with the model's labels filled in."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from findings.annotations.columns import column_names
from findings.annotations.labels import Labels
from findings.annotations.opinions import Conflict
from findings.annotations.rows import DOUBT, ReviewRow, cells_of
from findings.annotations.selection import choose
from findings.annotations.sheets import row_id
from findings.annotations.store import json_line
from findings.cells import csv_cell
from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.files import write_atomically
from findings.report import Finding


def write_review(
    path: str | Path,
    findings: Sequence[Finding],
    codebook: Codebook,
    *,
    limit: int = 200,
    theme_scores: Sequence[Mapping[str, float]] | None = None,
    random_share: float = 0.2,
    annotated: Collection[str] = (),
    seed: int = 0,
) -> list[ReviewRow]:
    """Choose at most `limit` of the findings (see `selection.choose`) and write them to a .xlsx, .csv or .jsonl file.

    `findings` are all sentences of the reports in reading order, non-findings too.
    Raises `AnnotationError` for another ending, or where a workbook is asked for and openpyxl is not installed.
    """
    check_ending(path)
    chosen = choose(
        findings, limit, theme_scores=theme_scores, random_share=random_share, annotated=annotated, seed=seed
    )
    ids = _ids(findings)
    rows = [_row(findings, pick.index, ids[pick.index], pick.why, pick.doubts) for pick in chosen]
    write_rows(path, rows, codebook)
    return rows


def check_ending(path: str | Path) -> None:
    """Raise `AnnotationError` where a review cannot be written to a file of this name."""
    _writer(Path(path))


def conflict_rows(conflicts: Iterable[Conflict]) -> list[ReviewRow]:
    """Rows in which to settle conflicts: labels left empty, each annotator's in `comment`; add them as `consensus`."""
    rows = []
    for conflict in conflicts:
        at = conflict.opinions[0]
        said = (f"{opinion.annotator}: {Labels.of(opinion)}" for opinion in conflict.opinions)
        rows.append(
            ReviewRow(
                id=conflict.id,
                report=at.report,
                text=conflict.text,
                labels=None,
                section=at.section,
                lead_in=at.lead_in,
                bullet=at.bullet,
                why="conflict",
                comment="\n".join(said),
            )
        )
    return rows


def write_rows(path: str | Path, rows: Sequence[ReviewRow], codebook: Codebook) -> None:
    """Write review rows to a .xlsx, .csv or .jsonl file, as its ending says, whole or not at all."""
    path = Path(path)
    try:
        write_atomically(path, _writer(path)(rows, codebook))
    except OSError as error:
        raise AnnotationError(f"{path}: the file cannot be written ({error.strerror or error}).") from None


def _row(findings: Sequence[Finding], index: int, identity: str, why: str, doubts: Mapping[str, float]) -> ReviewRow:
    finding = findings[index]
    at = finding.sentence
    themes = {tag.theme: tag.sentiment for tag in finding.themes}
    return ReviewRow(
        id=identity,
        report=at.report,
        text=at.text,
        labels=Labels(finding.finding, finding.sentiment, themes),
        section=at.section,
        lead_in=at.lead_in or "",
        bullet=at.bullet,
        page=at.page,
        paragraph=at.paragraph,
        previous=at.previous,
        next=_next(findings, index),
        why=why,
        doubts=doubts,
    )


def _next(findings: Sequence[Finding], index: int) -> str:
    """The text of the next sentence of the same report, "" where there is none."""
    after = [finding.sentence for finding in findings[index + 1 : index + 2]]
    return after[0].text if after and after[0].report == findings[index].sentence.report else ""


def _ids(findings: Iterable[Finding]) -> list[str]:
    """Each sentence's id; the second of two alike in a report gets `-2`."""
    counts: Counter[str] = Counter()
    ids = []
    for finding in findings:
        at = finding.sentence
        identity = row_id(at.report, at.section, at.lead_in or "", at.text)
        counts[identity] += 1
        ids.append(identity if counts[identity] == 1 else f"{identity}-{counts[identity]}")
    return ids


def _writer(path: Path) -> Any:
    """What makes the content of a file of this ending from rows and codebook."""
    ending = path.suffix.lower()
    if ending == ".xlsx":
        from findings.annotations.workbook import workbook

        return workbook
    writers = {".csv": _csv, ".jsonl": _jsonl}
    if ending not in writers:
        raise AnnotationError(
            f"{path}: a review is written as .xlsx, .csv or .jsonl; give the file one of these endings."
        )
    return writers[ending]


def _csv(rows: Sequence[ReviewRow], codebook: Codebook) -> bytes:
    """CSV with a byte order mark, by which Excel knows that it is UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column_names(codebook))
    for row in rows:
        cells = cells_of(row, codebook).values()
        writer.writerow([csv_cell(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _jsonl(rows: Sequence[ReviewRow], codebook: Codebook) -> bytes:
    """Records of annotations with the review's columns added; set `reviewed` to true in those that were checked."""
    return "".join(json_line(_record(row)) for row in rows).encode("utf-8")


def _record(row: ReviewRow) -> dict[str, Any]:
    labels = row.labels
    return {
        "id": row.id,
        "report": row.report,
        "page": row.page,
        "paragraph": row.paragraph,
        "section": row.section,
        "lead_in": row.lead_in,
        "bullet": row.bullet,
        "previous": row.previous,
        "text": row.text,
        "next": row.next,
        "finding": labels.finding if labels else None,
        "sentiment": labels.sentiment if labels else None,
        "themes": dict(labels.themes) if labels else {},
        "reviewed": False,
        "doubt": row.doubt,
        "why": row.why,
        **({"chosen": True} if row.why == DOUBT else {}),
        "model": str(labels) if labels else "",
    }
