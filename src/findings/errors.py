"""What a user can cause: each a single sentence that names the file, the cause and what to do."""

from __future__ import annotations


class FindingsError(Exception):
    """The base of every error that Findings raises on purpose; its text is one sentence for the user."""


class ReadError(FindingsError):
    """A report could not be read."""


class ModelError(FindingsError):
    """A model could not be loaded, or does not fit what it is asked to do."""


class FaultsError(FindingsError):
    """A file has faults: `faults` lists every one of them, each with its place."""

    def __init__(self, message: str, faults: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class CodebookError(FaultsError):
    """A codebook has faults; `faults` lists each as `FILE: field: what is wrong`."""


class AnnotationError(FaultsError):
    """Annotations have faults; `faults` lists each as `FILE:LINE: what is wrong`."""
