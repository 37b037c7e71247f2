"""Retrain the model that ships: `python train.py` reads data/annotations and writes models/.

`python train.py --check` retrains without writing, and fails unless the data and the cross-validated metrics are those
of the manifest in models/.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from findings.codebook import Codebook
from findings.errors import FindingsError
from findings.tagging.persistence import read_manifest
from findings.tagging.retraining import retrain

HERE = Path(__file__).resolve().parent
DATA = HERE / "data" / "annotations"
MODEL = HERE / "models" / "default.joblib"


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


def check(manifest: dict[str, object]) -> int:
    """0 where the manifest in models/ says the same of the data and the metrics as this one does."""
    shipped = read_manifest(MODEL)
    different = [part for part in ("data", "cross_validation") if manifest[part] != shipped[part]]
    for part in different:
        print(
            f"train.py --check: {part} is not what {MODEL.name}'s manifest says; run python train.py", file=sys.stderr
        )
    return 1 if different else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except FindingsError as error:
        sys.exit(str(error))
