"""How well and how fast Findings tags, beside other methods that learn from the same annotations.

    python benchmarks/accuracy.py --gold FOLDER [--only NAME ...] [--data FOLDER] [--results FILE.json]

Trains each method on the annotations, judges it on the labelled sentences (*.jsonl) of a folder that no method learns
from, and prints a Markdown table with a row for each. `--results` keeps the figures in a JSON file, so that methods can
be run one at a time and the table shows all that have been run. Needs `pip install '.[bench]'`; see README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from contenders import CONTENDERS, contender
from contenders.base import Floats, Scores
from footprint import installed_bytes
from gold import read_gold
from threadpoolctl import threadpool_limits

from findings.annotations import load_annotations
from findings.codebook import Codebook
from findings.files import write_atomically
from findings.report import Annotation, Finding, ThemeTag
from findings.tagging.evaluation import NOT_FINDING, measure
from findings.tagging.manifest import data_fingerprint, versions
from findings.tagging.tagger import as_sentence

DATA = Path(__file__).resolve().parents[1] / "data" / "annotations"
WARM_UP = 64


def decide(scores: Scores, thresholds: Floats, sentences: Sequence[Annotation], codebook: Codebook) -> list[Finding]:
    """Scores → findings. Where a method does not say which sentences are findings, it is told."""
    findings = []
    for at, sentence in enumerate(sentences):
        found = sentence.finding if scores.finding is None else bool(scores.finding[at] >= thresholds[0])
        has = [] if scores.themes is None or not found else (scores.themes[at] >= thresholds[1:]).nonzero()[0].tolist()
        findings.append(
            Finding(
                as_sentence(sentence),
                finding=found,
                finding_score=float(found),
                sentiment=codebook.sentiment_names[int(scores.sentiment[at].argmax())] if found else None,
                themes=tuple(ThemeTag(codebook.theme_names[theme], 1.0, None) for theme in has),
            )
        )
    return findings


def judge(
    scores: Scores, thresholds: Floats, sentences: Sequence[Annotation], codebook: Codebook
) -> dict[str, float | None]:
    """The figures of one kind of labelled sentences; None for what the method does not decide."""
    metrics = measure(decide(scores, thresholds, sentences, codebook), sentences, codebook)
    themes = {name: metrics.score(name).f1 for name in codebook.theme_names}
    figures = {
        "theme_macro_f1": metrics.theme_macro_f1,
        **themes,
        "sentiment_accuracy": metrics.sentiment_accuracy,
        "non_finding_f1": metrics.score(NOT_FINDING).f1,
    }
    left_out = set() if scores.themes is not None else {"theme_macro_f1", *themes, "non_finding_f1"}
    return {name: None if name in left_out or value is None else round(value, 4) for name, value in figures.items()}


def run(name: str, data: list[Annotation], gold: dict[str, list[Annotation]], codebook: Codebook) -> dict[str, Any]:
    """Train one method, judge it and time it; seconds are of processor time, on one core."""
    method = contender(name)
    with threadpool_limits(1):
        start, wall = time.process_time(), time.perf_counter()
        thresholds = method.train(data, codebook)
        training, elapsed = time.process_time() - start, time.perf_counter() - wall
        everything = [sentence for sentences in gold.values() for sentence in sentences]
        method.score(everything[:WARM_UP])
        start = time.process_time()
        method.score(everything)
        tagging = time.process_time() - start
        figures = {kind: judge(method.score(some), thresholds, some, codebook) for kind, some in gold.items()}
    return {
        "title": method.title,
        "note": method.note,
        "scores": figures,
        "training_seconds": round(training, 2),
        "training_seconds_elapsed": round(elapsed, 2),
        "sentences_per_second": round(len(everything) / tagging, 1),
        "installed_megabytes": round(installed_bytes(method.packages) / 1e6, 1),
        "thresholds": [round(float(value), 4) for value in thresholds],
        "data": {key: value for key, value in data_fingerprint(data).items() if key in ("sha256", "annotations")},
        "versions": versions(),
    }


def table(results: dict[str, Any], codebook: Codebook) -> str:
    """The results as Markdown: a row for each method, its notes below."""
    rows = [results[name] for name in CONTENDERS if name in results]
    if not rows:
        return "No method has been run.\n"
    kinds = list(rows[0]["scores"])
    titles = ["theme macro-F1", *(theme.title for theme in codebook.themes), "sentiment accuracy", "non-finding F1"]
    head = ["", *titles, "training, s", "sentences/s", "installed, MB"]
    lines = [
        f"Accuracy on {' / '.join(kinds)}; training and tagging in seconds of one processor core.\n",
        "| " + " | ".join(head) + " |",
        "|---|" + "---:|" * (len(head) - 1),
    ]
    for number, row in enumerate(rows, 1):
        cells = [" / ".join(_share(row["scores"][kind][name]) for kind in kinds) for name in row["scores"][kinds[0]]]
        costs = [f"{row['training_seconds']:,.0f}", f"{row['sentences_per_second']:,.0f}"]
        size = f"{row['installed_megabytes']:,.0f}"
        mark = f" [{number}]" if row["note"] else ""
        lines.append("| " + " | ".join([row["title"] + mark, *cells, *costs, size]) + " |")
    notes = [f"[{number}] {row['note']}." for number, row in enumerate(rows, 1) if row["note"]]
    return "\n".join([*lines, "", *(f"{note}  " for note in notes)]) + "\n"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="a folder of labelled sentences of other reports")
    parser.add_argument("--data", type=Path, default=DATA, help="annotations to train on [default: those that ship]")
    parser.add_argument("--only", nargs="+", choices=CONTENDERS, metavar="NAME", help=", ".join(CONTENDERS))
    parser.add_argument("--results", type=Path, help="a JSON file that keeps the figures of every run")
    arguments = parser.parse_args()
    codebook = Codebook.default()
    data = load_annotations(arguments.data, codebook)
    gold = read_gold(arguments.gold)
    print(
        f"{len(data):,} annotations; {', '.join(f'{len(some):,} {kind}' for kind, some in gold.items())}",
        file=sys.stderr,
    )
    results: dict[str, Any] = {}
    for name in arguments.only or CONTENDERS:
        print(f"{name} ...", file=sys.stderr)
        one = run(name, data, gold, codebook)
        if arguments.results and arguments.results.exists():
            results |= json.loads(arguments.results.read_text(encoding="utf-8"))
        results[name] = one
        if arguments.results:
            write_atomically(arguments.results, json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    print(table(results, codebook))


if __name__ == "__main__":
    main()
