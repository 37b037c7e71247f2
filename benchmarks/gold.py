"""Labelled sentences of other reports, for benchmarks to judge on; unlike annotations they need no id."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

from findings.report import Annotation


def read_gold(folder: Path) -> dict[str, list[Annotation]]:
    """The sentences of a folder's `*.jsonl` files by kind: `inspections-dev.jsonl` adds to `inspections.jsonl`."""
    known = {field.name for field in fields(Annotation)}
    kinds: dict[str, list[Annotation]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            record = {"id": f"{path.stem}/{number}"} | json.loads(line)
            if not record.get("text"):
                continue
            one = Annotation(**{name: value for name, value in record.items() if name in known})
            one = replace(one, section=one.section or "", lead_in=one.lead_in or "")
            kinds.setdefault(path.stem.split("-")[0], []).append(one)
    return kinds
