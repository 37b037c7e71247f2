from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import joblib
import pytest

from findings.errors import ModelError
from findings.report import Annotation
from findings.tagging import Tagger
from findings.tagging.evaluation import evaluate_out_of_fold
from findings.tagging.manifest import describe
from findings.tagging.model_card import model_card


@pytest.fixture(scope="module")
def saved(fitted: Tagger, sample: Sequence[Annotation], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model on disk, with its manifest."""
    path = tmp_path_factory.mktemp("models") / "ours.joblib"
    fitted.manifest_ = describe(fitted, sample, evaluate_out_of_fold(fitted, sample), 1.5)
    fitted.save(path)
    return path


@pytest.fixture
def model(saved: Path, tmp_path: Path) -> Path:
    """A copy of it to do harm to."""
    for path in saved.parent.iterdir():
        shutil.copy(path, tmp_path)
    return tmp_path / saved.name


def edit(model: Path, change: Callable[[dict], object]) -> None:
    path = model.with_suffix(".json")
    manifest = json.loads(path.read_text("utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), "utf-8")


def test_a_model_comes_back_as_it_was(fitted: Tagger, sample: Sequence[Annotation], saved: Path) -> None:
    loaded = Tagger.load(saved)

    for recall in ("high", "balanced", "high-precision"):
        assert loaded.tag(sample[:50], recall) == fitted.tag(sample[:50], recall)
    assert loaded.manifest_["data"]["annotations"] == len(sample)
    assert loaded.manifest_ == json.loads(saved.with_suffix(".json").read_text("utf-8"))
    assert [path.name for path in sorted(saved.parent.iterdir())] == ["ours.joblib", "ours.json"]


def test_a_path_may_be_text(saved: Path, sample: Sequence[Annotation]) -> None:
    assert Tagger.load(str(saved)).tag(sample[:1])


HARM: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda model: model.unlink(), "ours.joblib: there is no such model"),
    "a folder": (lambda model: (model.unlink(), model.mkdir()), "ours.joblib: the model cannot be read"),
    "cut short": (lambda model: model.write_bytes(model.read_bytes()[:-100]), "ours.joblib: .*damaged"),
    "empty": (lambda model: model.write_bytes(b""), "ours.joblib: .*damaged"),
    "of another": (lambda model: joblib.dump({"of": "another"}, model), "ours.joblib: .*replaced"),
    "without manifest": (lambda model: model.with_suffix(".json").unlink(), r"no manifest \(ours.json\)"),
    "manifest no JSON": (
        lambda model: model.with_suffix(".json").write_text("{"),
        "ours.json: this is not the manifest",
    ),
    "manifest a list": (
        lambda model: model.with_suffix(".json").write_text("[]"),
        "ours.json: this is not the manifest",
    ),
    "manifest of bytes": (lambda model: model.with_suffix(".json").write_bytes(b"\xff\xfe"), "ours.json: this is not"),
    "manifest edited": (
        lambda model: edit(model, lambda manifest: manifest.update(model_sha256="0" * 64)),
        "ours.joblib: .*not the one its manifest describes",
    ),
    "wrong format": (
        lambda model: edit(model, lambda manifest: manifest.update(format=99)),
        "of this version of Findings",
    ),
    "no data told": (lambda model: edit(model, lambda manifest: manifest.pop("data")), "of this version of Findings"),
    "no trade-offs": (lambda model: edit(model, lambda manifest: manifest.pop("trade_offs")), "of this version"),
}


@pytest.mark.parametrize("harm", HARM)
def test_a_model_that_cannot_prove_its_pedigree_is_not_loaded(model: Path, harm: str) -> None:
    do_harm, message = HARM[harm]
    do_harm(model)
    with pytest.raises(ModelError, match=message) as told:
        Tagger.load(model)

    assert "findings train" in str(told.value)
    assert str(told.value).count("\n") == 0
    assert str(told.value).endswith(".")


def test_a_model_of_other_versions_that_does_not_load_says_which(model: Path) -> None:
    import hashlib

    def change(manifest: dict) -> None:
        manifest["versions"]["scikit-learn"] = "0.1"
        manifest["model_sha256"] = hashlib.sha256(model.read_bytes()).hexdigest()

    model.write_bytes(b"not a pickle")
    edit(model, change)
    with pytest.raises(ModelError, match=r"trained with scikit-learn 0\.1, here "):
        Tagger.load(model)


def test_the_card_tells_what_the_manifest_tells(saved: Path, sample: Sequence[Annotation]) -> None:
    manifest = json.loads(saved.with_suffix(".json").read_text("utf-8"))
    card = model_card(manifest)
    score = manifest["cross_validation"]["labels"]["workforce"]

    assert f"{len(sample)} annotated sentences" in card
    assert f"| workforce | {score['precision']:.3f} | {score['recall']:.3f} | {score['f1']:.3f} |" in card
    assert all(f"`{recall}`" in card for recall in ("high", "balanced", "high-precision"))
    assert manifest["model_sha256"] in card
    assert manifest["data"]["sha256"] in card
    assert all(failure["text"] in card for failure in first_of_each_cause(manifest["known_failures"]))


def first_of_each_cause(failures: list[dict]) -> list[dict]:
    causes = {failure["cause"] for failure in failures}
    return [next(failure for failure in failures if failure["cause"] == cause) for cause in causes]
