"""What a person at a terminal sees: tests with a pseudo-terminal, where there are any."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from command import COMMAND

pty = pytest.importorskip("pty", reason="pseudo-terminals as on Unix")

Screen = Callable[..., str]


@pytest.fixture
def screen() -> Screen:
    """Runs `findings` with arguments on a terminal of 80 columns, and gives all that was written to it."""

    def run(*arguments: object, **environment: str) -> str:
        ours, theirs = pty.openpty()
        command = [*COMMAND, *map(str, arguments)]
        settings = {**os.environ, "COLUMNS": "80", "TERM": "xterm-256color", **environment}
        process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=settings)
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # Linux ends a pseudo-terminal with an error
            while part := os.read(ours, 65536):
                shown += part
        os.close(ours)
        assert process.wait() == 0
        return shown.decode()

    return run


def test_a_terminal_gets_a_table_in_colour(screen: Screen, report: Path) -> None:
    shown = screen("tag", report)

    assert "2 findings in" in shown
    assert "\x1b[31mweakness" in shown
    assert "{" not in shown


def test_no_colour_where_the_user_wants_none(screen: Screen, report: Path) -> None:
    shown = screen("tag", report, NO_COLOR="1")

    assert "weakness" in shown
    assert "\x1b[31m" not in shown


def test_a_terminal_does_not_obey_the_text_of_a_report(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "evil.txt"
    path.write_text("Supervision is poor \x1b]0;owned\x07and [red]late[/red] for too many \u202esocial workers.\n")

    for command in (["tag"], ["tag", "--format", "jsonl"], ["summary"], ["inspect"]):
        shown = screen(command[0], path, *command[1:])
        assert "\x1b]0" not in shown
        assert "\u202e" not in shown
    assert "[red]late[/red]" in screen("tag", path)
