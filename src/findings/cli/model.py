"""`findings model`: what a model is, which ones there are, and which is in use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from findings.cli import console
from findings.cli.options import ModelPath

if TYPE_CHECKING:
    from rich.table import Table

    from findings.tagging.registry import KeptModel

EXAMPLES = """\b
Examples:
  findings model
  findings model --model my-model.joblib --json
  findings model list
  findings model rollback
"""
app = typer.Typer(invoke_without_command=True, rich_markup_mode=None, epilog=EXAMPLES)


@app.callback()
def model(
    context: typer.Context,
    name: ModelPath = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the manifest, as JSON, instead of the card.")] = False,
) -> None:
    """Show what a model is, or choose the one to use.

    Its card: what it is for, the data it was trained on, its cross-validated scores, its known limits, its versions.
    """
    if context.invoked_subcommand:
        return
    from findings.tagging.model_card import model_card
    from findings.tagging.persistence import read_manifest
    from findings.tagging.registry import locate

    manifest = read_manifest(locate(name))
    if as_json:
        typer.echo(json.dumps(manifest, indent=1, ensure_ascii=False))
        return
    card = model_card(manifest)
    if console.is_terminal():
        from rich.markdown import Markdown

        console.stdout().print(Markdown(card, hyperlinks=False))
    else:
        typer.echo(card, nl=False)


LIST = """\b
Examples:
  findings model list
"""


@app.command("list", epilog=LIST)
def show_list() -> None:
    """List the models that can be used by name: the one that ships, and those that were promoted."""
    from findings.tagging.registry import kept_models

    console.stdout().print(_table(kept_models()))


USE = """\b
Examples:
  findings model use shipped
  findings model use 3f2a91c0
  findings model use my-model.joblib
"""


@app.command("use", epilog=USE)
def use(
    name: Annotated[str, typer.Argument(metavar="MODEL", help="A model's name, or a file, to be kept under one.")],
) -> None:
    """Put a model to use, without a comparison; the one before stays for `findings model rollback`."""
    from findings.tagging import registry

    path = registry.locate(name)
    if path != Path(name):
        used = registry.use(name)
    else:
        from findings.tagging.persistence import keep_copy

        used = registry.use(keep_copy(path))
    typer.echo(f"{used} is in use.")


ROLLBACK = """\b
Examples:
  findings model rollback
"""


@app.command("rollback", epilog=ROLLBACK)
def rollback() -> None:
    """Go back to the model that was in use before."""
    from findings.tagging.registry import rollback as go_back

    typer.echo(f"{go_back()} is in use.")


def _table(models: list[KeptModel]) -> Table:
    from datetime import UTC, datetime

    from rich import box
    from rich.table import Table

    from findings.cli.tables import text
    from findings.tagging.persistence import read_manifest
    from findings.tagging.registry import SHIPPED

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for column in ("", "Model", "Since", "Codebook"):
        table.add_column(column)
    for column in ("Sentences", "Themes, F1"):
        table.add_column(column, justify="right")
    for kept in models:
        manifest = read_manifest(kept.path)
        since = datetime.fromtimestamp(kept.path.stat().st_mtime, UTC).strftime("%Y-%m-%d %H:%M")
        table.add_row(
            "in use" if kept.in_use else "",
            text(kept.name),
            "" if kept.name == SHIPPED else since,
            text(str(manifest["codebook"]["name"])),
            f"{manifest['data']['annotations']:,}",
            f"{manifest['cross_validation']['theme_macro_f1']:.3f}",
        )
    return table
