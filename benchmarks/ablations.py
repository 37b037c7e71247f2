"""What each part of the tagger is worth: it is trained without the part, and judged on sentences it has not seen.

    python benchmarks/ablations.py [--data FOLDER] [--gold FOLDER] [--only NAME ...]

Prints a Markdown table: theme macro-F1, sentiment accuracy, F1 of what is no finding, and how often a theme in a mixed
sentence has its sentiment right, cross-validated on the annotations; with `--gold`, also on the annotated sentences
(*.jsonl) of a folder that no model is trained on. The first row is the whole tagger, each other row what leaving one
part out changes. A row takes a few minutes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from gold import read_gold

from findings.annotations import load_annotations
from findings.codebook import Codebook
from findings.report import Annotation
from findings.tagging import Tagger, decisions, discourse, model, training
from findings.tagging import parts as part_examples
from findings.tagging.evaluation import NOT_FINDING, Metrics, evaluate, evaluate_out_of_fold
from findings.tagging.features import MIN_COUNT, TermCounter
from findings.tagging.finding import finding_features
from findings.tagging.linear import NaiveBayesSVC
from findings.tagging.vectors import TermVectors

DATA = Path(__file__).resolve().parents[1] / "data" / "annotations"
# Of a term that no sentence has.
NO_VECTORS = TermVectors(("m:",), np.ones(1, np.float32), np.zeros((1, 1), np.float32))
HEAD = ("theme macro-F1", "sentiment accuracy", "non-finding F1", "theme sentiment in mixed")


class PlainSVC(NaiveBayesSVC):
    """Without the machine whose features naive Bayes scales."""

    def fit(self, X: Any, y: Any) -> NaiveBayesSVC:
        self.scaled_C = self.C
        return super().fit(X, y)

    def _ratio(self, X: Any, positive: Any) -> Any:
        return np.ones(X.shape[1])


def without_block(name: str) -> Callable[[], AbstractContextManager[object]]:
    kept = {block: least for block, least in MIN_COUNT.items() if block != name}
    return partial(patch.object, training, "TermCounter", partial(TermCounter, kept))


def one_piece(text: str) -> list[tuple[int, int]]:
    return [(0, len(text))]


def own_score(scores: Any, decisions: Any) -> Any:
    return finding_features(scores, decisions) * [1, 0, 0]


@contextmanager
def without_parts() -> Iterator[None]:
    with patch.object(model, "parts", one_piece), patch.object(part_examples, "parts", one_piece):
        yield


def no_verdict(rows: Any, *rest: Any) -> Any:
    columns = rest[-1]
    return np.zeros((len(rows), len(columns)))


# Every part that can be left out, each with what leaves it out while a tagger is trained and judged.
PARTS: dict[str, Callable[[], AbstractContextManager[object]]] = {
    "nothing": nullcontext,
    **{f"{name} ({what})": without_block(name) for name, what in {
        "words": "runs of 1-3 words",
        "characters": "runs of 3-5 characters",
        "pairs": "word pairs in a window",
        "structure": "negation, contrast, length",
        "context": "heading, lead-in, bullet",
    }.items()},
    "vectors (what like words weigh)": partial(patch.object, training, "shipped_vectors", lambda: NO_VECTORS),
    "naive-Bayes-scaled machine": partial(patch.object, decisions, "NaiveBayesSVC", PlainSVC),
    "clauses (sentiment)": partial(patch.object, model, "clauses", one_piece),
    "examples (that the parts give)": partial(patch.object, part_examples, "parts", one_piece),
    "parts (as examples and as scores of themes)": without_parts,
    "sides (and themes, to know a finding by)": partial(patch.object, model, "finding_features", own_score),
    "verdict of the previous sentence": partial(patch.object, discourse, "_previous", no_verdict),
}  # fmt: skip


def figures(metrics: Metrics) -> list[float]:
    accuracy, mixed = metrics.sentiment_accuracy or 0.0, metrics.mixed_theme_sentiment_accuracy or 0.0
    return [metrics.theme_macro_f1, accuracy, metrics.score(NOT_FINDING).f1, mixed]


def measure(data: list[Annotation], gold: list[Annotation], codebook: Codebook) -> list[float]:
    tagger = Tagger(codebook).fit(data)
    return figures(evaluate_out_of_fold(tagger, data)) + (figures(evaluate(tagger, gold)) if gold else [])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="annotations to train on [default: those that ship]")
    parser.add_argument("--gold", type=Path, help="a folder of labelled sentences of other reports")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="parts to leave out, by the first word of their row")
    arguments = parser.parse_args()
    codebook = Codebook.default()
    data = load_annotations(arguments.data, codebook)
    gold = list(chain(*read_gold(arguments.gold).values())) if arguments.gold else []
    print(f"{len(data):,} annotations" + (f", {len(gold):,} sentences of {arguments.gold.name}" if gold else "") + "\n")
    places = ("cross-validated", f"on {arguments.gold.name}") if gold else ("cross-validated",)
    print("| left out |", " | ".join(f"{head}, {place}" for place in places for head in HEAD), "|")
    print("|---|" + "---:|" * (len(HEAD) * len(places)), flush=True)
    whole: list[float] = []
    for name, leave_out in PARTS.items():
        if whole and arguments.only and name.split()[0] not in arguments.only:
            continue
        with leave_out():
            row = measure(data, gold, codebook)
        cells = [
            f"{value:.3f}" if not whole else f"{value - was:+.3f}" for value, was in zip(row, whole or row, strict=True)
        ]
        whole = whole or row
        print(f"| {name} |", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    sys.exit(main())
