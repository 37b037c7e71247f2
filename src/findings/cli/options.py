"""The arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from findings.codebook import Codebook
    from findings.tagging import Tagger

Reports = Annotated[
    list[str],
    typer.Argument(metavar="REPORT", help="Files, folders or zip archives of reports; - is standard input."),
]
ModelPath = Annotated[
    str | None,
    typer.Option("--model", metavar="MODEL", help="A model's file or name (default: the one in use)."),
]


class Preference(StrEnum):
    """Missing little, or raising few false alarms: what `Tagger.tag` knows as `recall`."""

    high = "high"
    balanced = "balanced"
    high_precision = "high-precision"


RecallOption = Annotated[
    Preference,
    typer.Option(
        "--recall",
        help="What matters more: to miss little (high: tag when in doubt, and expect more wrong tags), to be right "
        "(high-precision: tag only what is sure, and expect to miss more), or both alike (balanced). "
        "`findings model` says what each costs.",
    ),
]
Password = Annotated[
    str | None,
    typer.Option("--password", metavar="TEXT", envvar="FINDINGS_PASSWORD", help="The password of encrypted reports."),
]
Ocr = Annotated[bool, typer.Option("--ocr", help="Recognise the text of scanned PDFs (needs the extra ocr).")]

Annotations = Annotated[
    list[Path], typer.Argument(metavar="DATA", help="Files or folders of annotations (JSON Lines).")
]
CodebookPath = Annotated[
    Path | None,
    typer.Option(
        "--codebook",
        metavar="FILE",
        help="The codebook (default: codebook.toml in the folder of annotations, else the one that ships).",
    ),
]


def find_codebook(given: Path | None, data: list[Path]) -> Codebook:
    """The codebook at `given`, else `codebook.toml` in a folder of `data`, else the one that ships."""
    from findings.codebook import Codebook

    if given is None:
        given = next((path / "codebook.toml" for path in data if (path / "codebook.toml").is_file()), None)
    return Codebook.default() if given is None else Codebook.load(given)


def load_tagger(model: str | None) -> Tagger:
    """The tagger of a model given by its file or its name; that in use for None. Raises `ModelError`."""
    from findings.tagging import Tagger
    from findings.tagging.registry import locate

    return Tagger.load(locate(model))
