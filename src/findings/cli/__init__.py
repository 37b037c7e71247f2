"""The command line: `findings COMMAND`. Each module parses, calls and prints; what it calls knows nothing of terminals.

Nothing heavy is imported here, so that `findings --help` and shell completion are instant.
"""

from __future__ import annotations

from typing import Annotated

import typer

from findings import __version__
from findings.cli import (
    annotation_store,
    codebook,
    compare,
    diff,
    evaluate,
    explain,
    inspect,
    model,
    review,
    summary,
    tag,
    train,
)
from findings.cli.console import Commands

__all__ = ["app"]

app = typer.Typer(
    cls=Commands,
    help="Read inspection reports and say what they find: theme, strength or weakness, and where it stands.",
    epilog="""\b
Examples:
  findings tag examples/marlhaven-2023.pdf
  findings summary examples/
  findings train data/annotations -o my-model.joblib
""",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"findings {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options that come before any command."""


app.command("tag", epilog=tag.EXAMPLES)(tag.tag)
app.command("summary", epilog=summary.EXAMPLES)(summary.summary)
app.command("diff", epilog=diff.EXAMPLES)(diff.diff)
app.command("inspect", epilog=inspect.EXAMPLES)(inspect.inspect)
app.command("explain", epilog=explain.EXAMPLES)(explain.explain)
app.command("train", epilog=train.EXAMPLES)(train.train)
app.command("compare", epilog=compare.EXAMPLES)(compare.compare)
app.command("evaluate", epilog=evaluate.EXAMPLES)(evaluate.evaluate)
app.add_typer(model.app, name="model")
app.command("review", epilog=review.EXAMPLES)(review.review)
app.add_typer(codebook.app, name="codebook")
app.add_typer(annotation_store.app, name="annotations")
