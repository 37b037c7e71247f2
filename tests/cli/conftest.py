from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command import COMMAND
from typer.testing import CliRunner, Result

from findings.cli import app


@pytest.fixture
def examples() -> Path:
    """The folder of example documents."""
    return Path(__file__).parents[2] / "examples"


@pytest.fixture
def run() -> Callable[..., Result]:
    """Runs `findings` with arguments in this process, and gives its exit code, standard output and standard error."""

    def invoke(*arguments: object, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts `findings` with arguments as a process of its own, with pipes for its output."""
    started: list[subprocess.Popen[bytes]] = []

    def popen(*arguments: object) -> subprocess.Popen[bytes]:
        command = [*COMMAND, *map(str, arguments)]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
        return started[-1]

    yield popen
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of three sentences, two of them plain findings."""
    path = tmp_path / "harlbrook-2020.txt"
    path.write_text(
        "Harlbrook Borough Council\n\nThe council has 40 members.\n\n"
        "Too many assessments are late, and children wait far too long for a decision.\n\n"
        "Social workers have manageable caseloads and feel well supported by their managers.\n",
        encoding="utf-8",
    )
    return path
