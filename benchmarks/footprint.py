"""How much disk an installed package takes, with all that it needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import findings

HERE = Path(__file__).resolve().parents[1]


def installed_bytes(packages: Iterable[str]) -> int:
    """The bytes of the packages' files and of those of every package that they depend on, each counted once."""
    waiting, seen, total = list(packages), set[str](), 0
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # not needed on this system
        files = [Path(str(file.locate())) for file in package.files or ()]
        total += _own_bytes() if name == "findings" else sum(map(_size, files))
        waiting += [need for line in package.requires or () if (need := _needed(line))]
    return total


def _needed(requirement: str) -> str | None:
    """The name in a requirement, None where it belongs to an extra."""
    if re.search(r"\bextra\s*==", requirement):
        return None
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    return found.group() if found else None


def _own_bytes() -> int:
    """The package with its model, annotations and vectors, as the wheel carries them (it may run from its source)."""
    folders = [Path(findings.__file__).parent, HERE / "models", HERE / "data"]
    return sum(_size(path) for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
