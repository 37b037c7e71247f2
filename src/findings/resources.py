"""Where the files that ship with Findings stand: inside the installed package, or beside the source checkout."""

from __future__ import annotations

from pathlib import Path

from findings.errors import FindingsError

_PACKAGE = Path(__file__).resolve().parent
# Where each stands in an installed package (under default/) and in a source checkout.
_PLACES = {
    "annotations": ("annotations", "data/annotations"),
    "codebook.toml": ("annotations/codebook.toml", "data/annotations/codebook.toml"),
    "models": ("models", "models"),
    "vectors": ("vectors", "data/vectors"),
}


def shipped(name: str) -> Path:
    """The path of the shipped `codebook.toml` (a file), `annotations`, `models` or `vectors` (folders).

    Raises `KeyError` for another name, and `FindingsError` where the installation lacks the file.
    """
    installed, in_checkout = _PLACES[name]
    for path in (_PACKAGE / "default" / installed, _PACKAGE.parent.parent / in_checkout):
        if path.exists():
            return path
    raise FindingsError(f"This installation of Findings lacks its {name}; install the package again.")
