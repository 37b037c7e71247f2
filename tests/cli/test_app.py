from __future__ import annotations

import re
import subprocess
import sys

import pytest

from findings import __version__
from findings.cli import app

COMMANDS = [command.name for command in app.registered_commands]
COMMANDS += [
    f"{group.name} {command.name}"
    for group in app.registered_groups
    for command in group.typer_instance.registered_commands
]
HEAVY = set("spacy sklearn numpy scipy pypdfium2 docx pptx openpyxl rich lxml".split())
HELP = """
import sys
from findings.cli import app
try:
    app(["--help"], prog_name="findings")
except SystemExit:
    print(*sys.modules, file=sys.stderr)
"""


def test_version(run) -> None:
    assert run("--version").stdout == f"findings {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_examples_of_the_command(run, command: str) -> None:
    result = run(*command.split(), "--help")

    assert result.exit_code == 0
    assert re.search(rf"\n    findings {command}\b", result.stdout.partition("Examples:")[2])


def test_help_loads_nothing_heavy() -> None:
    result = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True)

    assert "Count strengths and weaknesses" in result.stdout
    assert not HEAVY & set(result.stderr.split())


def test_an_unknown_command_is_wrong_usage(run) -> None:
    result = run("tagg", "report.pdf")

    assert result.exit_code == 2
    assert "tag" in result.stderr
