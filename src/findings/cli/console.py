"""The terminal: what goes to standard output and to standard error, colour, progress, and how a command ends."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, TextIO

import typer
from typer.core import TyperGroup

from findings.errors import FaultsError, FindingsError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.progress import Progress, TaskID

_PATIENCE = 1.0  # seconds of work before a progress bar appears
_TRACEBACK = "FINDINGS_TRACEBACK"
_INTERRUPTED, _PIPE_CLOSED = 130, 141  # 128 + the number of the signal, as shells report it


class Commands(TyperGroup):
    """The group of all commands: whatever ends one early is told in one line."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an error that a user can cause exits with 1, an interrupt with 130."""
        prepare_streams()
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except FindingsError as error:
            fail(error)
            raise typer.Exit(1) from None
        except BrokenPipeError:
            discard(sys.stdout)
            raise typer.Exit(_PIPE_CLOSED) from None
        except KeyboardInterrupt:
            tell("Interrupted.")
            raise typer.Exit(_INTERRUPTED) from None
        except Exception as error:
            if hasattr(error, "exit_code") or isinstance(error, typer.Abort) or os.environ.get(_TRACEBACK):
                raise  # how Typer ends a command, or what whoever mends a fault of ours asked for
            fail(FindingsError(unforeseen(error)))
            raise typer.Exit(1) from None
        return result


def unforeseen(error: Exception) -> str:
    """What to tell a user of an error that nothing foresaw: a file that cannot be written, or a fault of ours."""
    if isinstance(error, OSError) and error.strerror:
        where = error.filename2 or error.filename
        return f"{where}: {error.strerror.lower()}" if where else error.strerror
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return f"this is a fault in Findings ({what}): report it with what {_TRACEBACK}=1 in the environment shows"


def prepare_streams() -> None:
    """Write UTF-8 with plain line ends into files and pipes, whatever the locale; a terminal keeps its encoding."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def discard(stream: TextIO) -> None:
    """Send what `stream` still holds nowhere, so that closing it cannot fail: nobody reads it any more."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # a stream without a file, as in a notebook
        return


@cache
def stdout() -> Console:
    """Standard output for what Rich draws; text is taken as it is, never as markup."""
    from rich.console import Console

    class Output(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Output(markup=False, highlight=False, emoji=False)


@cache
def stderr() -> Console:
    """Standard error for progress, warnings and errors."""
    from rich.console import Console

    return Console(stderr=True, markup=False, highlight=False, emoji=False)


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout.isatty()


def show(parts: Iterable[RenderableType]) -> None:
    """Print tables, and lines of text at the length they have: a terminal wraps them, a pipe gets them whole."""
    from rich.text import Text

    for part in parts:
        stdout().print(part, soft_wrap=isinstance(part, Text))


def fail(error: FindingsError) -> None:
    """Say on standard error what went wrong; every fault, where there are several."""
    if isinstance(error, FaultsError) and len(error.faults) > 1:
        for fault in error.faults:
            tell(fault, "Error: ", "bold red")
    else:
        tell(str(error), "Error: ", "bold red")


def tell_faults(faults: Iterable[str], warnings: Iterable[str]) -> None:
    """Say on standard error what was left out of a merge and why; ends the command with exit code 1 where it was."""
    for warning in warnings:
        warn(warning)
    faults = tuple(faults)
    for fault in faults:
        tell(fault, "Error: ", "bold red")
    if faults:
        tell("What has faults is left out; mend it and bring it in again. The rest is done.")
        raise typer.Exit(1)


def warn(message: str) -> None:
    """Say on standard error what the user should know although the work goes on."""
    tell(message, "Warning: ", "bold yellow")


def tell(message: str, label: str = "", style: str = "") -> None:
    """Write one line to standard error."""
    from rich.text import Text

    from findings.exports.inert import inert

    stderr().print(Text(label, style=style, end="") + Text(inert(message)), soft_wrap=True)


class Bar:
    """How far a piece of work has got. It shows on a terminal only, and only once the work takes over a second."""

    def __init__(self, progress: Progress | None, task: TaskID | None) -> None:
        self._progress = progress
        self._task = task

    def step(self, description: str | None = None, by: float = 1) -> None:
        """Count `by` more units as done, and say what is next."""
        if self._progress is not None and self._task is not None:
            from findings.exports.inert import inert

            fields = {} if description is None else {"description": inert(description)[:40]}
            self._progress.update(self._task, advance=by, **fields)  # type: ignore[arg-type]


@contextmanager
def progress(description: str, total: int | None, *, shown: bool = True) -> Iterator[Bar]:
    """A progress bar on standard error for work of `total` units (None: unknown); none unless `shown`."""
    if not (shown and sys.stderr.isatty()):
        yield Bar(None, None)
        return
    bar = _rich_progress(total)
    lock, over = threading.Lock(), threading.Event()

    def start() -> None:
        with lock:
            if not over.is_set():
                bar.start()

    timer = threading.Timer(_PATIENCE, start)
    timer.daemon = True
    timer.start()
    try:
        yield Bar(bar, bar.add_task(description, total=total))
    finally:
        with lock:
            over.set()
            timer.cancel()
            bar.stop()


def _rich_progress(total: int | None) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    description = TextColumn("{task.description}", markup=False)
    if total is None:
        return Progress(SpinnerColumn(), description, TimeElapsedColumn(), console=stderr(), transient=True)
    return Progress(description, BarColumn(), MofNCompleteColumn(), console=stderr(), transient=True)
