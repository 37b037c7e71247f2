"""What the scripts share: a review to send out, a server on loopback, HTTP, and bringing labels back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[2] / "examples"


def findings(*arguments: object) -> str:
    """Run the command; its standard output."""
    command = [sys.executable, "-m", "findings", *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def review(folder: Path, count: int = 12) -> list[dict[str, Any]]:
    """A review of the examples as `review.jsonl` in the folder, and its records."""
    path = folder / "review.jsonl"
    findings("review", EXAMPLES, "-o", path, "--limit", count)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def brought_back(store: Path) -> dict[str, dict[str, Any]]:
    """The records of a store by id."""
    records = map(json.loads, (store / "reviewed.jsonl").read_text("utf-8").splitlines())
    return {record["id"]: record for record in records}


@contextmanager
def server(command: Sequence[str], url: str, log: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Run a server until it answers at `url`, and end it afterwards."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, **environment})
    try:
        for _ in range(180):
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except urllib.error.HTTPError:
                break  # it answers, whatever it says
            except (OSError, urllib.error.URLError):
                if process.poll() is not None:
                    sys.exit(f"{command[0]} stopped: see {log}")
                time.sleep(1)
        else:
            sys.exit(f"{command[0]} did not answer: see {log}")
        yield
    finally:
        process.terminate()
        process.wait(30)


def call(method: str, url: str, body: Any = None, **headers: str) -> Any:
    """Send JSON (or bytes as they are), get JSON (or bytes)."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    if not isinstance(body, bytes):
        headers.setdefault("Content-Type", "application/json")
    request = urllib.request.Request(
        url, data, {name.replace("_", "-"): said for name, said in headers.items()}, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            content = answer.read()
    except urllib.error.HTTPError as error:
        sys.exit(f"{method} {url}: {error.code} {error.read()[:500]!r}")
    try:
        return json.loads(content)
    except ValueError:
        return content
