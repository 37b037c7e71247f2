"""REFI-QDA, which NVivo, ATLAS.ti and MAXQDA exchange: projects (.qdpx) with coded passages, and codebooks (.qdc).

The standard: https://www.qdasoftware.org (QDA-XML 1.0).
"""

from __future__ import annotations

from findings.annotations.exchange.qda_reading import read
from findings.annotations.exchange.qda_writing import export, set_up

__all__ = ["export", "read", "set_up"]
