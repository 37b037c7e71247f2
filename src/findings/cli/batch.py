"""A batch of reports: each read and worked on by itself, so that a bad one costs itself alone."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

import typer

from findings.cli import console
from findings.errors import FindingsError

if TYPE_CHECKING:
    from findings.report import Report

Result = TypeVar("Result")


class Batch:
    """The reports at some paths.

    `done` and `failed` count how many could be worked on, and how many could not; `places` has, for the name of each
    report that was read, where it lies. With `distinct`, reports that share a file's name are called by their path
    instead, so that they can be told apart.
    """

    def __init__(
        self, paths: list[str], *, password: str | None = None, ocr: bool = False, distinct: bool = False
    ) -> None:
        from findings.reading import find_reports

        self.sources = list(find_reports(paths))
        names = Counter(source.name for source in self.sources if distinct)
        self._shared = {name for name, count in names.items() if count > 1}
        self.done = 0
        self.failed = 0
        self.places: dict[str, str] = {}
        self._password = password
        self._ocr = ocr

    def each(self, work: Callable[[Report], Result], *, show_progress: bool = True) -> Iterator[Result]:
        """What `work` makes of each report, in order; one that cannot be read is named on standard error instead."""
        with console.progress("Reading", len(self.sources), shown=show_progress) as bar:
            for source in self.sources:
                bar.step(source.name, by=0)
                try:
                    report = source.read(password=self._password, ocr=self._ocr)
                    if source.name in self._shared:
                        report = replace(report, name=source.place)
                    result = work(report)
                except FindingsError as error:
                    self.failed += 1
                    console.fail(error)
                else:
                    self.done += 1
                    self.places[report.name] = source.place
                    yield result
                bar.step()

    def links(self, output: Path) -> dict[str, str]:
        """By name, how a file at `output` links to each report that is a file of its own: a relative address.

        So the two can be moved and sent together, and what is sent does not tell where it was made.
        """
        return {
            name: quote(Path(os.path.relpath(place, output.parent)).as_posix())
            for name, place in self.places.items()
            if Path(place).is_file() and Path(place).absolute().anchor == output.absolute().anchor
        }

    def close(self) -> None:
        """End the command: with exit code 1 where a report could not be read."""
        if not self.failed:
            return
        if len(self.sources) > 1:
            console.tell(f"{self.failed} of {len(self.sources)} reports could not be read; the others are done.")
        raise typer.Exit(1)
