"""What more annotations bring on sentences of other reports.

    python benchmarks/learning.py --gold FOLDER [--data FOLDER] [--shares SHARE ...]

Trains on growing shares of the annotated reports, each share holding the smaller ones, and judges each model on the
labelled sentences (*.jsonl) of a folder that nothing is learned from. Prints a Markdown table, a row for each share.
`findings evaluate --learning-curve` draws the same curve without such a folder, on annotations left out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from gold import read_gold

from findings.annotations import load_annotations
from findings.codebook import Codebook
from findings.report import Annotation
from findings.tagging import Tagger
from findings.tagging.evaluation import NOT_FINDING, Metrics, evaluate
from findings.tagging.learning_curve import SHARES
from findings.tagging.training import groups_of

DATA = Path(__file__).resolve().parents[1] / "data" / "annotations"
HEAD = ("theme macro-F1", "sentiment accuracy", "non-finding F1")


def part(annotations: list[Annotation], share: float, seed: int = 0) -> list[Annotation]:
    """The annotations of a share of the report groups, in their order."""
    groups = groups_of(annotations)
    order = np.random.default_rng(seed).permutation(sorted(set(groups)))
    kept = set(order[: max(1, round(share * len(order)))])
    return [annotation for annotation, group in zip(annotations, groups, strict=True) if group in kept]


def figures(metrics: Metrics) -> tuple[float, ...]:
    return metrics.theme_macro_f1, metrics.sentiment_accuracy or 0.0, metrics.score(NOT_FINDING).f1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="a folder of labelled sentences of other reports")
    parser.add_argument("--data", type=Path, default=DATA, help="annotations to train on [default: those that ship]")
    parser.add_argument("--shares", type=float, nargs="+", default=SHARES, help="of the reports [default: %(default)s]")
    arguments = parser.parse_args()
    codebook = Codebook.default()
    annotations = load_annotations(arguments.data, codebook)
    kinds = read_gold(arguments.gold)
    print("| annotations |", " | ".join(f"{head}, {' / '.join(kinds)}" for head in HEAD), "|")
    print("|---:|" + "---:|" * len(HEAD), flush=True)
    for share in sorted(arguments.shares):
        taught = part(annotations, share)
        tagger = Tagger(codebook).fit(taught)
        rows = [figures(evaluate(tagger, sentences)) for sentences in kinds.values()]
        cells = [" / ".join(f"{value:.3f}" for value in column) for column in zip(*rows, strict=True)]
        print(f"| {len(taught):,} |", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    sys.exit(main())
