"""`findings codebook`: start a codebook of one's own, and check it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from findings.cli import console

app = typer.Typer(
    help="Start a codebook with themes of your own, and check it.", no_args_is_help=True, rich_markup_mode=None
)

INIT = """\b
Examples:
  findings codebook init my-codebook.toml --theme "Voice of the child" --theme Housing
  findings codebook init my-codebook.toml --theme Access --sentiment good --sentiment poor
  findings codebook init my-codebook.toml --theme Access --no-sentiments
  findings codebook init my-codebook.toml --from-shipped --theme "Voice of the child"
"""


@app.command("init", epilog=INIT)
def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The codebook to write: a file that ends in .toml.")],
    themes: Annotated[list[str] | None, typer.Option("--theme", metavar="TITLE", help="A theme (repeatable).")] = None,
    sentiments: Annotated[
        list[str] | None,
        typer.Option(
            "--sentiment", metavar="TITLE", help="A value of the scale (repeatable) [default: strength, weakness]."
        ),
    ] = None,
    no_sentiments: Annotated[bool, typer.Option("--no-sentiments", help="Themes only, without a scale.")] = False,
    from_shipped: Annotated[
        bool, typer.Option("--from-shipped", help="Start with the codebook that ships, and add the themes to it.")
    ] = False,
) -> None:
    """Write a codebook to fill in: its themes and sentiments, with a place for each definition."""
    from findings.codebook import Codebook
    from findings.codebook_template import codebook_template, theme_template
    from findings.files import write_atomically
    from findings.resources import shipped

    if file.suffix != ".toml":
        raise typer.BadParameter(f"{file}: a codebook's file ends in .toml.")
    if file.exists():
        raise typer.BadParameter(f"{file} exists; name a new file.")
    if from_shipped and (sentiments or no_sentiments):
        raise typer.BadParameter("--from-shipped brings its sentiments; leave out --sentiment and --no-sentiments.")
    if from_shipped:
        scale = Codebook.default().theme_sentiment_names
        content = shipped("codebook.toml").read_text("utf-8")
        content += "".join(theme_template(theme, scale) for theme in themes or [])
    else:
        scale = () if no_sentiments else tuple(sentiments or ("strength", "weakness"))
        content = codebook_template(file.stem.replace("-", " "), themes or ["My theme"], scale, file=file.name)
    Codebook.parse(content, source=str(file))
    write_atomically(file, content)
    typer.echo(f"{file}: fill in what is marked ..., then run findings codebook check {file}")


CHECK = """\b
Examples:
  findings codebook check my-codebook.toml
"""


@app.command("check", epilog=CHECK)
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The codebook.")],
) -> None:
    """Say whether a codebook is sound, and name every fault with its field."""
    from findings.codebook import Codebook

    codebook = Codebook.load(file)
    scale = ", ".join(codebook.sentiment_names) or "none"
    typer.echo(f"{file} is sound: {len(codebook.themes)} themes; sentiments: {scale}.")
    definitions = [(item.name, item.definition) for item in codebook.themes]
    definitions += [(item.name, item.definition) for item in codebook.sentiments]
    blank = [name for name, definition in definitions if definition == "..."]
    if blank:
        console.warn(f"still without a definition: {', '.join(blank)}.")
