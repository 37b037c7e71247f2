"""`python -m findings`."""

from findings.cli import app

app(prog_name="findings")
