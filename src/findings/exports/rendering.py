"""The templates of the pages: every value that is put into one is escaped and inert."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from findings.exports.figures import signed
from findings.exports.inert import inert
from findings.exports.marking import marked

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """What renders the templates; a name that a template uses and nobody gave is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("findings.exports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: inert(value) if type(value) is str else value,
    )
    environment.filters.update(marked=marked, signed=signed)
    return environment


@cache
def asset(name: str) -> str:
    """A style sheet or script of the templates folder."""
    return files("findings.exports").joinpath("templates", name).read_text(encoding="utf-8")
