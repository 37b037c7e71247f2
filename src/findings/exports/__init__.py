"""Exports: findings → files and streams that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from findings.codebook import Codebook
from findings.exports import csv, jsonl
from findings.report import Finding

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """A text format that findings can be written in piece by piece: `head` once, then `body` for each report."""

    head: Callable[[Codebook], str]
    body: Callable[[Iterable[Finding], Codebook], str]

    def document(self, findings: Iterable[Finding], codebook: Codebook) -> str:
        """The whole text of a file that holds `findings`."""
        return self.head(codebook) + self.body(findings, codebook)


FORMATS = {
    "jsonl": Format(jsonl.head, jsonl.body),
    "csv": Format(csv.head, csv.body),
}
