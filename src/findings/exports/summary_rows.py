"""A summary as a tidy table: one row for each group, theme and sentiment, for analysts and their tools."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from findings.errors import FindingsError
from findings.exports.inert import inert_cell, inert_json
from findings.summary import Group, Summary, ThemeSummary, wilson

# What each column holds; the columns of the grouping (report, authority, year …) come before them.
COLUMNS = {
    "reports": "how many reports the group has",
    "sentences": "how many sentences the group has",
    "findings": "how many of them are findings",
    "theme": "the theme, by its name in the codebook",
    "theme_findings": "how many findings are about the theme",
    "sentiment": "the theme's own sentiment; empty where the codebook has none",
    "count": "how many findings carry this sentiment about the theme",
    "per_100_findings": "count in every 100 findings of the group",
    "share": "count as a share of theme_findings, from 0 to 1; empty where there are none",
    "share_low": "the lower end of the share's 95% Wilson interval",
    "share_high": "its upper end",
    "balance": "strengths less weaknesses, over both, from -1 to 1; empty where the scale has not two sentiments",
}


def rows(summary: Summary) -> Iterator[dict[str, Any]]:
    """The rows, group after group; the groups alone, which together are the whole."""
    for group in summary.groups:
        for theme in group.themes:
            for name, count in (theme.sentiments or {"": theme.findings}).items():
                yield dict(zip(summary.by, group.key, strict=True)) | _row(group, theme, name, count)


def _row(group: Group, theme: ThemeSummary, name: str, count: int) -> dict[str, Any]:
    low, high = wilson(count, theme.findings)
    counted = bool(theme.findings)
    values = (
        len(group.reports),
        group.sentences,
        group.findings,
        theme.theme,
        theme.findings,
        name or None,
        count,
        round(100 * count / group.findings, 4) if group.findings else 0.0,
        round(count / theme.findings, 4) if counted else None,
        round(low, 4) if counted else None,
        round(high, 4) if counted else None,
        None if theme.balance is None else round(theme.balance, 4),
    )
    return dict(zip(COLUMNS, values, strict=True))


def as_jsonl(summary: Summary) -> str:
    """A JSON object a line."""
    return "".join(inert_json(json.dumps(row, ensure_ascii=False)) + "\n" for row in rows(summary))


def as_json(summary: Summary) -> str:
    """A JSON array of the same objects."""
    lines = [inert_json(json.dumps(row, ensure_ascii=False)) for row in rows(summary)]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def as_csv(summary: Summary) -> str:
    """CSV that opens well in Excel: with a byte order mark, and no cell a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*summary.by, *COLUMNS])
    for row in rows(summary):
        writer.writerow([inert_cell(value) if isinstance(value, str) else value for value in row.values()])
    return "\ufeff" + out.getvalue()


def as_parquet(summary: Summary) -> bytes:
    """Parquet, with what each column holds in its metadata. Raises `FindingsError` where pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise FindingsError("Parquet files need pyarrow: pip install 'findings[parquet]'.") from None
    texts, whole = (*summary.by, "theme", "sentiment"), ("reports", "sentences", "findings", "theme_findings", "count")
    kinds = {name: pa.string() for name in texts} | {name: pa.int64() for name in whole}
    fields = [
        pa.field(name, kinds.get(name, pa.float64()), metadata={"description": COLUMNS.get(name, "the group")})
        for name in (*summary.by, *COLUMNS)
    ]
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows(summary)), schema=pa.schema(fields)), sink)
    return sink.getvalue()
