"""Where the files that ship with Findings stand: inside the installed package, or beside the source checkout."""

from __future__ import annotations

from pathlib import Path

from findings.errors import FindingsError

_PACKAGE = Path(__file__).resolve().parent
_IN_CHECKOUT = {"codebook.toml": "data/annotations/codebook.toml", "models": "models"}


def shipped(name: str) -> Path:
    """The path of the shipped `codebook.toml` (a file) or `models` (a folder).

    Raises `KeyError` for another name, and `FindingsError` where the installation lacks the file.
    """
    in_checkout = _IN_CHECKOUT[name]
    for path in (_PACKAGE / "default" / name, _PACKAGE.parent.parent / in_checkout):
        if path.exists():
            return path
    raise FindingsError(f"This installation of Findings lacks its {name}; install the package again.")
