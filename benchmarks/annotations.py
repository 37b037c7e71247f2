"""How long 100,000 annotations take to load and validate, and how much memory: `python benchmarks/annotations.py`.

The file is made of invented sentences in a folder for temporary files; it runs in its own process, whose peak memory
is what the figure shows (interpreter included).
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from findings.annotations import load_annotations
from findings.codebook import Codebook

WORDS = (
    "managers children plans visits families reviews social workers most some assessments delay timely caseloads "
    "decisions recorded audits improve thresholds partners risk court supervision weekly seldom well not always"
).split()


def record(number: int, rng: random.Random, codebook: Codebook) -> dict[str, object]:
    finding = rng.random() < 0.9
    themes = rng.sample(codebook.theme_names, rng.choice((0, 0, 1, 1, 2))) if finding else []
    return {
        "id": f"report-{number // 150:04}/{number % 150:03}",
        "report": f"report-{number // 150:04}",
        "section": f"Section {number // 10 % 8} of the report",
        "lead_in": "" if number % 3 else "The authority should:",
        "bullet": number % 3 == 0,
        "text": " ".join(rng.choices(WORDS, k=rng.randint(8, 40))).capitalize() + ".",
        "finding": finding,
        "sentiment": rng.choice(codebook.sentiment_names) if finding else None,
        "themes": {theme: rng.choice(codebook.theme_sentiment_names) for theme in themes},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    count = parser.parse_args().count
    codebook, rng = Codebook.default(), random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotations.jsonl"
        with path.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(record(number, rng, codebook)) + "\n" for number in range(count))
        start = time.perf_counter()
        loaded = len(load_annotations([folder], codebook))
        seconds, size = time.perf_counter() - start, path.stat().st_size
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    print(f"{loaded:,} annotations ({size / 1e6:.0f} MB): {seconds:.2f} s, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
