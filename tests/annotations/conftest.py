from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from samples import Record

from findings.codebook import Codebook


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return Codebook.default()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes records (or lines as they are) to a file of the test's folder."""

    def write_records(*lines: Record | str, name: str = "annotations.jsonl") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return path

    return write_records
