"""Reading: the bytes of a report in any format → a `Report` of blocks."""

from __future__ import annotations

from findings.reading.read import read_report
from findings.reading.sources import Source, find_reports

__all__ = ["Source", "find_reports", "read_report"]
