"""What reading a folder of PDFs costs, against pypdfium2's bare text extraction of the same files in the same run.

    python benchmarks/reading.py FOLDER [--rounds 5]

Prints the least processor time of each over the rounds, and their ratio; ends with status 1 where it is above 1.6.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pypdfium2

from findings.errors import ReadError
from findings.reading import read_report

MOST = 1.6


def extract(files: Iterable[bytes]) -> int:
    """The characters of the files' text, extracted page by page and thrown away."""
    characters = 0
    for data in files:
        document = pypdfium2.PdfDocument(data)
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            characters += len(text.get_text_range())
            text.close()
            page.close()
        document.close()
    return characters


def read(files: Iterable[bytes]) -> int:
    """The blocks of the files' reports."""
    return sum(len(read_report(data).blocks) for data in files)


def least_times(works: Sequence[Callable[[list[bytes]], int]], files: list[bytes], rounds: int) -> list[float]:
    """The least time of each work; they take turns, so that what else the machine does weighs on all alike."""
    least = [math.inf] * len(works)
    for _ in range(rounds):
        for at, work in enumerate(works):
            start = time.process_time()
            work(files)
            least[at] = min(least[at], time.process_time() - start)
    return least


def readable(folder: Path) -> list[bytes]:
    files = []
    for path in sorted(folder.rglob("*.pdf")):
        data = path.read_bytes()
        try:
            read_report(data, name=path.name)
        except ReadError as error:
            print(f"left out: {error}", file=sys.stderr)
        else:
            files.append(data)
    return files


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    files = readable(arguments.folder)
    if not files:
        parser.error(f"{arguments.folder} holds no PDF that can be read")
    bare, whole = least_times([extract, read], files, arguments.rounds)
    print(f"{len(files)} files   bare extraction {bare:.2f} s   reading {whole:.2f} s   ratio {whole / bare:.2f}")
    return 0 if whole <= MOST * bare else 1


if __name__ == "__main__":
    sys.exit(main())
