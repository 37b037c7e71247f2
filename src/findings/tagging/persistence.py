"""A model on disk: the fitted tagger in a `.joblib` file, its manifest beside it. Without a pedigree none is loaded."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import joblib

from findings.errors import ModelError
from findings.files import write_atomically
from findings.tagging.manifest import FORMAT, versions
from findings.tagging.registry import default_path, keep
from findings.tagging.tagger import Tagger

_RETRAIN = "train it again with `findings train`"
# What no manifest of this version lacks.
_PEDIGREE = frozenset(["model_sha256", "codebook", "data", "versions", "trade_offs"])


def save(tagger: Tagger, path: Path) -> None:
    """Write a fitted tagger to `path` and its manifest beside it (`.json`), each whole or not at all.

    A model whose file and manifest disagree is not loaded, so one that a crash parted is never taken for whole.
    """
    held = Tagger(tagger.codebook, tagger.folds, tagger.seed, tagger.jobs)
    held.codebook_, held.model_, held.trade_offs_ = tagger.codebook_, tagger.model_, tagger.trade_offs_
    held.decided_ = getattr(tagger, "decided_", {})
    buffer = io.BytesIO()
    joblib.dump(held, buffer, compress=("xz", 1))
    model = buffer.getvalue()
    manifest = tagger.manifest_ | {"model_bytes": len(model), "model_sha256": hashlib.sha256(model).hexdigest()}
    write_atomically(path, model)
    write_atomically(manifest_path(path), json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    tagger.manifest_ = manifest


def load(path: str | Path | None = None) -> Tagger:
    """The tagger at `path`; the default model where it is None.

    Raises `ModelError` where a file is missing or damaged, or the model does not fit the libraries that are installed.
    """
    path = default_model() if path is None else Path(path)
    manifest = read_manifest(path)
    try:
        model = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: the model cannot be read ({error.strerror or error}); {_RETRAIN}.") from None
    if hashlib.sha256(model).hexdigest() != manifest["model_sha256"]:
        raise ModelError(f"{path}: the model is not the one its manifest describes (damaged or replaced); {_RETRAIN}.")
    try:
        tagger = joblib.load(io.BytesIO(model))
    except Exception as error:  # unpickling raises whatever the pickled classes raise
        raise ModelError(f"{path}: the model does not load ({_difference(manifest) or error}); {_RETRAIN}.") from None
    tagger.manifest_ = manifest
    return tagger  # type: ignore[no-any-return]


def keep_copy(path: Path) -> str:
    """Keep a copy of the model at `path` among the user's; its name. Raises `ModelError` where it does not load."""
    tagger = load(path)
    return keep(lambda target: save(tagger, target), read_manifest)


def default_model() -> Path:
    """The path of the model that is used where none is named: the one that ships until another is put to use."""
    return default_path()


def manifest_path(model: Path) -> Path:
    """Where the manifest of a model file stands."""
    return model.with_suffix(".json")


def read_manifest(model: Path) -> dict[str, Any]:
    """The manifest of a model file; raises `ModelError` where there is none, or it is none of ours."""
    path = manifest_path(model)
    if not model.exists():
        raise ModelError(f"{model}: there is no such model; give another with --model, or {_RETRAIN}.")
    try:
        manifest = json.loads(path.read_bytes())
        pedigree = isinstance(manifest, dict) and set(manifest) >= _PEDIGREE
    except OSError:
        raise ModelError(
            f"{model}: the model has no manifest ({path.name}) beside it, so it is not loaded; {_RETRAIN}."
        ) from None
    except ValueError:
        pedigree = False
    if not pedigree or manifest.get("format") != FORMAT:
        raise ModelError(f"{path}: this is not the manifest of a model of this version of Findings; {_RETRAIN}.")
    return manifest  # type: ignore[no-any-return]


def _difference(manifest: dict[str, Any]) -> str:
    """Which versions the model was trained with, where they are not those installed here."""
    here = versions()
    other = [f"{name} {was}, here {here[name]}" for name, was in manifest["versions"].items() if here.get(name) != was]
    return "it was trained with " + "; ".join(other) if other else ""
