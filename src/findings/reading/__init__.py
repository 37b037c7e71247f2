"""Reading: the bytes of a report in any format → a `Report` of blocks."""

from __future__ import annotations

from findings.reading.read import read_report

__all__ = ["read_report"]
