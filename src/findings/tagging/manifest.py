"""A model's pedigree: the data it saw, the scores it got, the versions it needs."""

from __future__ import annotations

import hashlib
import platform
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from findings import __version__
from findings.annotations.store import annotation_files
from findings.report import Annotation
from findings.tagging.evaluation import Metrics
from findings.tagging.known_failures import known_failures
from findings.tagging.tagger import Tagger
from findings.tagging.trade_off import describe_trade_offs
from findings.tagging.training import in_natural_proportion
from findings.tagging.vectors import shipped_vectors

FORMAT = 4
# The libraries whose versions change what a saved model does, or whether it loads.
LIBRARIES = ("joblib", "numpy", "scikit-learn", "scipy", "spacy")


def describe(tagger: Tagger, annotations: Sequence[Annotation], metrics: Metrics, seconds: float) -> dict[str, Any]:
    """The manifest of a tagger fitted on `annotations` in `seconds`, as plain JSON values.

    The SHA-256 of the model file is added as it is saved.
    """
    thresholds = dict(zip(("finding", *tagger.codebook_.theme_names), tagger.thresholds_.tolist(), strict=True))
    return {
        "format": FORMAT,
        "findings": __version__,
        "data": data_fingerprint(annotations),
        "groups": sorted({a.group or a.report for a in annotations}),
        "codebook": tagger.codebook_.to_dict() | {"fingerprint": tagger.codebook_.fingerprint},
        "parameters": {"folds": tagger.folds_, "seed": tagger.seed},
        "vectors": {"terms": len(shipped_vectors().terms), "sha256": shipped_vectors().sha256},
        "terms": len(tagger.model_.counter.vocabulary_),
        "thresholds": {name: round(value, 6) for name, value in thresholds.items()},
        "trade_offs": _trade_offs(tagger, annotations),
        "cross_validation": metrics.to_dict(),
        "known_failures": known_failures(tagger),
        "training_seconds": round(seconds, 1),
        "versions": versions(),
    }


def _trade_offs(tagger: Tagger, annotations: Sequence[Annotation]) -> dict[str, Any]:
    """What each preference for recall or precision gets, out of fold."""
    decisions, natural = tagger.model_.decisions, in_natural_proportion(annotations)
    return describe_trade_offs(
        tagger.trade_offs_, tagger.out_of_fold_, decisions.targets(annotations), natural, decisions
    )


def versions() -> dict[str, str]:
    """The versions of Python and of every library that matters to a model, as they are here."""
    return {"python": platform.python_version()} | {name: version(name) for name in LIBRARIES}


def data_fingerprint(annotations: Sequence[Annotation]) -> dict[str, Any]:
    """What identifies training data: SHA-256 over what the model sees, and counts by label."""
    digest = hashlib.sha256()
    labels: Counter[str] = Counter()
    for a in annotations:
        seen = (a.id, a.group, a.text, a.section, a.lead_in, a.bullet, a.previous, a.finding, a.sentiment)
        digest.update(repr((seen, sorted(a.themes.items()))).encode())
        labels["finding" if a.finding else "not_finding"] += 1
        labels.update(list(a.themes))
        labels.update([a.sentiment] if a.sentiment else [])
    return {
        "sha256": digest.hexdigest(),
        "annotations": len(annotations),
        "reports": len({a.report for a in annotations}),
        "groups": len({a.group or a.report for a in annotations}),
        "labels": dict(sorted(labels.items())),
    }


def file_fingerprints(paths: Iterable[str | Path]) -> dict[str, dict[str, Any]]:
    """For each file of annotations that `paths` name, by its name: its SHA-256 and how many records it holds."""
    told = {}
    for file in annotation_files(list(paths), []):
        content = file.read_bytes()
        told[file.name] = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "records": sum(1 for line in content.splitlines() if line.strip()),
        }
    return told
