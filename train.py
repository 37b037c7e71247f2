"""Retrain the model that ships: `python train.py` reads data/annotations and writes models/.

`python train.py --check` retrains without writing, and fails unless the data and the cross-validated metrics are those
of the manifest in models/.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from findings.codebook import Codebook
from findings.errors import FindingsError
from findings.tagging.persistence import read_manifest
from findings.tagging.retraining import retrain

HERE = Path(__file__).resolve().parent
DATA = HERE / "data" / "annotations"
MODEL = HERE / "models" / "default.joblib"
# The same libraries on the same processor give the same figures; others differ in the last digits of a sum.
TOLERANCE = 0.002


def main() -> int:
    """Retrain, and write or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with models/ instead of writing it")
    arguments = parser.parse_args()
    retrained = retrain(
        [DATA], Codebook.load(DATA / "codebook.toml"), progress=lambda step: print(f"… {step}", file=sys.stderr)
    )
    if not arguments.check:
        retrained.save(MODEL)
    for score in retrained.metrics.scores:
        print(f"{score.label:24} {score.precision:.3f} {score.recall:.3f} {score.f1:.3f} {score.support:6,}")
    return check(retrained.tagger.manifest_) if arguments.check else 0


def check(manifest: dict[str, Any]) -> int:
    """0 where the manifest in models/ says the same of the data and the metrics as this one does."""
    shipped = read_manifest(MODEL)
    now, then = _headline(manifest), _headline(shipped)
    different = [name for name in now if abs(now[name] - then.get(name, -1.0)) > TOLERANCE]
    if manifest["data"] != shipped["data"]:
        different.insert(0, "data")
    for name in different:
        print(
            f"train.py --check: {name} is not what {MODEL.name}'s manifest says; run python train.py", file=sys.stderr
        )
    return 1 if different else 0


def _headline(manifest: dict[str, Any]) -> dict[str, float]:
    """F1 of every label, and the shares that sum the evaluation up."""
    metrics = manifest["cross_validation"]
    shares = ("theme_macro_f1", "sentiment_accuracy", "theme_sentiment_accuracy", "mixed_theme_sentiment_accuracy")
    return {f"F1 of {label}": score["f1"] for label, score in metrics["labels"].items()} | {
        share: metrics[share] for share in shares
    }


if __name__ == "__main__":
    try:
        sys.exit(main())
    except FindingsError as error:
        sys.exit(str(error))
