"""The models a person keeps, which of them is in use, and the way back to the one before.

They stand in the user's data folder (`FINDINGS_HOME` names another), each in a folder of its own that is never changed.
One small file says which is in use and which were before; replacing it is all that switching models takes, so that
whatever happens the model in use is whole.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from findings.errors import FindingsError, ModelError
from findings.files import alone_in, write_atomically
from findings.resources import shipped

SHIPPED = "shipped"  # the name of the model that comes with Findings
_FILE = "model.joblib"
_PART = ".part-"


@dataclass(frozen=True, slots=True)
class KeptModel:
    """A model that can be used by name: the shipped one, or one that was promoted."""

    name: str
    path: Path
    in_use: bool


def home() -> Path:
    """The folder that holds a person's models."""
    named = os.environ.get("FINDINGS_HOME")
    return Path(named) if named else user_data_path("findings", appauthor=False)


def in_use() -> str:
    """The name of the model that tags where none is given."""
    return _history()[-1]


def kept_models() -> list[KeptModel]:
    """The shipped model, then those that were kept, oldest first."""
    now = in_use()
    folders = [path for path in _models().glob("[!.]*") if (path / _FILE).is_file()]
    folders.sort(key=lambda path: ((path / _FILE).stat().st_mtime, path.name))
    kept = [(SHIPPED, _shipped_model()), *((folder.name, folder / _FILE) for folder in folders)]
    return [KeptModel(name, path, name == now) for name, path in kept]


def model_path(name: str) -> Path:
    """The file of the model of that name (or the beginning of one); raises `ModelError` where there is none."""
    return _find(name).path


def locate(model: str | Path | None) -> Path:
    """The file of a model given by its path or its name; that of the model in use for None."""
    if model is None:
        return default_path()
    path = Path(model)
    return path if path.suffix or path.parent != Path() or path.exists() else model_path(str(model))


def default_path() -> Path:
    """The file of the model in use."""
    now = in_use()
    path = _shipped_model() if now == SHIPPED else _models() / now / _FILE
    if not path.is_file():
        raise ModelError(f"{path}: the model in use is missing; choose another with `findings model use {SHIPPED}`.")
    return path


def keep(save: Callable[[Path], None], manifest: Callable[[Path], dict[str, Any]]) -> str:
    """Keep the model that `save` writes to the path it is given; its name, the beginning of its SHA-256.

    `manifest` reads the manifest of a model file. The model in use stays as it was.
    """
    _models().mkdir(parents=True, exist_ok=True)
    with alone_in(_models()):
        for left_over in _models().glob(f"{_PART}*"):
            shutil.rmtree(left_over, ignore_errors=True)
        part = Path(tempfile.mkdtemp(dir=_models(), prefix=_PART))
        try:
            save(part / _FILE)
            name = str(manifest(part / _FILE)["model_sha256"])[:8]
            if not (_models() / name).exists():
                part.chmod(0o755)
                part.rename(_models() / name)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return name


def use(name: str) -> str:
    """Put the model of that name (or the beginning of one) to use; its full name. Raises `ModelError` for none."""
    found = _find(name).name
    history = [earlier for earlier in _history() if earlier != found]
    _write([*history, found])
    return found


def rollback() -> str:
    """Go back to the model that was in use before; its name. Raises `ModelError` where there was none."""
    *earlier, _ = _history()
    while earlier and earlier[-1] != SHIPPED and not (_models() / earlier[-1] / _FILE).is_file():
        earlier.pop()
    if not earlier:
        raise ModelError("There is no earlier model to go back to; see `findings model list`.")
    _write(earlier)
    return earlier[-1]


def _find(name: str) -> KeptModel:
    models = kept_models()
    found = [model for model in models if model.name == name] or [
        model for model in models if name and model.name.startswith(name)
    ]
    if len(found) != 1:
        what = "several models have names that begin so" if found else "there is no model of that name"
        raise ModelError(f"{name}: {what}; `findings model list` shows them all.")
    return found[0]


def _models() -> Path:
    return home() / "models"


def _shipped_model() -> Path:
    try:
        return shipped("models") / "default.joblib"
    except FindingsError as error:
        raise ModelError(str(error)) from None


def _pointer() -> Path:
    return home() / "in-use.json"


def _history() -> list[str]:
    """The names of the models that were in use, the present one last."""
    try:
        data = _pointer().read_bytes()
    except FileNotFoundError:
        return [SHIPPED]
    except OSError as error:
        raise ModelError(f"{_pointer()}: the file cannot be read ({error.strerror or error}).") from None
    try:
        history = json.loads(data)["history"]
    except (ValueError, TypeError, KeyError):
        history = None
    if not isinstance(history, list) or not history or not all(isinstance(name, str) and name for name in history):
        raise ModelError(f"{_pointer()}: the file is damaged; delete it to use the model that ships.")
    return history


def _write(history: list[str]) -> None:
    try:
        write_atomically(_pointer(), json.dumps({"history": history}) + "\n")
    except OSError as error:
        raise ModelError(f"{_pointer()}: the file cannot be written ({error.strerror or error}).") from None
