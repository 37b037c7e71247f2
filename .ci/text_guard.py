"""No run of 13 or more words of a real report stands in this repository.

    python .ci/text_guard.py [SHARED]

Compares every text file that git tracks with the sentences in SHARED/corpus and SHARED/gold (default: ../shared beside
the repository). Where that folder is missing there is nothing to compare with: it says so, and passes.
"""

from __future__ import annotations

import json
import lzma
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RUN = 13
HERE = Path(__file__).resolve().parent.parent
TEXT = {".jsonl", ".md", ".toml", ".py", ".txt", ".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".yml", ""}
WORD = re.compile(r"[a-z0-9]+")
_PRIME = np.uint64(1_099_511_628_211)


def runs(text: str) -> NDArray[np.uint64]:
    """A hash of every run of 13 words of a text, in order; shape (words - 12,)."""
    words = np.array([hash(word) & 0xFFFFFFFFFFFFFFFF for word in WORD.findall(text.lower())], dtype=np.uint64)
    if len(words) < RUN:
        return np.zeros(0, dtype=np.uint64)
    total = np.zeros(len(words) - RUN + 1, dtype=np.uint64)
    for at in range(RUN):
        total = total * _PRIME ^ words[at : len(words) - RUN + 1 + at]
    return total


def real_sentences(shared: Path) -> Iterator[str]:
    """The sentences of the corpus and of the gold."""
    for path in sorted(shared.glob("corpus/*.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from lines
    for path in sorted(shared.glob("gold/*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line).get("text", "") for line in lines if line.strip())


def ours() -> Iterator[tuple[str, str]]:
    """Each piece of text that git tracks with where it stands: a record's sentence, or a file's paragraph."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HERE, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        path = HERE / name
        if path.suffix not in TEXT or path.name == "LICENSE" or not path.is_file():
            continue
        content = path.read_text(encoding="utf-8", errors="replace")
        pieces = content.split("\n") if path.suffix == ".jsonl" else re.split(r"\n\s*\n", content)
        if path.suffix == ".jsonl":
            pieces = [_sentence(line) for line in pieces]
        for number, piece in enumerate(pieces, 1):
            yield f"{name}, {'line' if path.suffix == '.jsonl' else 'paragraph'} {number}", piece


def _sentence(line: str) -> str:
    """The sentence of a record. Its heading is left out: the inspectorate's own headings are of 13 words and more."""
    record = json.loads(line) if line.strip() else {}
    return record.get("text", "") if isinstance(record, dict) else line


def main() -> int:
    """0 where nothing was copied."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "shared"
    if not (shared / "corpus").is_dir():
        print(f"text guard: no {shared.name}/corpus to compare with; nothing checked")
        return 0
    real = np.unique(np.concatenate([runs(sentence) for sentence in real_sentences(shared)]))
    checked = 0
    copied = []
    for where, piece in ours():
        checked += 1
        found = runs(piece)
        at = np.minimum(np.searchsorted(real, found), len(real) - 1)
        if (real[at] == found).any():
            copied.append(where)
    print(f"text guard: {checked:,} pieces of text, {len(copied)} with a run of {RUN} words of a real report")
    for where in copied[:50]:
        print(f"  {where}", file=sys.stderr)
    return 1 if copied else 0


if __name__ == "__main__":
    sys.exit(main())
