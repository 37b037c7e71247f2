"""Every form in which a summary is written to a file, by the file's ending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from findings.exports.about import Manifest
from findings.summary import Summary

# Ending → module, function, and whether it takes the model's manifest and the links to the reports' files.
_FORMS = {
    ".xlsx": ("workbook", "workbook", True, True),
    ".html": ("page", "page", True, True),
    ".md": ("prose", "markdown", True, False),
    ".docx": ("prose", "docx", True, False),
    ".csv": ("summary_rows", "as_csv", False, False),
    ".json": ("summary_rows", "as_json", False, False),
    ".jsonl": ("summary_rows", "as_jsonl", False, False),
    ".parquet": ("summary_rows", "as_parquet", False, False),
}
ENDINGS = tuple(_FORMS)


def write_summary(ending: str, summary: Summary, manifest: Manifest, links: Mapping[str, str]) -> str | bytes:
    """The content of a file of that ending (one of `ENDINGS`).

    `manifest` is the model's; `links` has, for a report's name, the address of its file, where it has one. Raises
    `FindingsError` where a library for it is not installed.
    """
    module, name, takes_manifest, takes_links = _FORMS[ending]
    form: Callable[..., str | bytes] = getattr(import_module(f"findings.exports.{module}"), name)
    return form(summary, *([manifest] if takes_manifest else []), *([links] if takes_links else []))
