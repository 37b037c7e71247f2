"""Findings as JSON Lines: one object a line, the contract that the README gives."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from findings.codebook import Codebook
from findings.exports.inert import inert_json
from findings.report import Finding

_DECIMALS = 4


def head(_codebook: Codebook) -> str:
    """JSON Lines have no head."""
    return ""


def body(findings: Iterable[Finding], _codebook: Codebook) -> str:
    """A line for each finding, line end included; scores rounded to 4 decimals."""
    return "".join(line(finding) for finding in findings)


def line(finding: Finding) -> str:
    """The finding as one line of JSON, line end included."""
    return inert_json(json.dumps(_rounded(finding.to_dict()), ensure_ascii=False)) + "\n"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _DECIMALS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return value
