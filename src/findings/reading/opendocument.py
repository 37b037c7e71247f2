"""The names of OpenDocument's XML."""

from __future__ import annotations

_BASE = "{urn:oasis:names:tc:opendocument:xmlns:"

DRAW = f"{_BASE}drawing:1.0}}"
FO = f"{_BASE}xsl-fo-compatible:1.0}}"
OFFICE = f"{_BASE}office:1.0}}"
PRESENTATION = f"{_BASE}presentation:1.0}}"
STYLE = f"{_BASE}style:1.0}}"
TABLE = f"{_BASE}table:1.0}}"
TEXT = f"{_BASE}text:1.0}}"
