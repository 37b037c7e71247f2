"""Term vectors: what a sentence transformer knows of words, kept as one short vector for each.

They let the weight of a word lean on words that are used like it, also where no annotation holds it. `distil.py` makes
them from unlabelled sentences; training uses them, and tagging does not need them.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from findings.errors import ModelError
from findings.files import write_atomically
from findings.resources import shipped

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TermVectors:
    """`terms`, their inverse document frequencies `idf` of shape (terms,), and `vectors` of shape (terms, dimensions).

    A sentence's vector is the sum of the vectors of its terms (`findings.tagging.terms.meaning_terms`), each weighed as
    `BlockTfidf` weighs it with these `idf`.
    """

    terms: tuple[str, ...]
    idf: Floats
    vectors: Floats

    @property
    def sha256(self) -> str:
        """The fingerprint of the terms, their frequencies and their vectors."""
        content = "\n".join(self.terms).encode() + self.idf.tobytes() + self.vectors.tobytes()
        return hashlib.sha256(content).hexdigest()

    def save(self, path: Path) -> None:
        """Write to an `.npz` file: the vectors as 8-bit numbers with a scale for each dimension."""
        scale = np.abs(self.vectors).max(axis=0) / 127
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            terms=np.frombuffer("\n".join(self.terms).encode(), dtype=np.uint8),
            idf=self.idf.astype(np.float16),
            vectors=np.round(self.vectors / scale).astype(np.int8),
            scale=scale.astype(np.float32),
        )
        write_atomically(path, buffer.getvalue())

    @classmethod
    def load(cls, path: Path) -> TermVectors:
        """Read what `save` wrote; raises `ModelError` where the file is missing or damaged."""
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as held:
                terms = tuple(held["terms"].tobytes().decode().split("\n"))
                return cls(terms, held["idf"].astype(np.float32), held["vectors"] * held["scale"])
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise ModelError(f"{path}: the term vectors cannot be read ({error}); install Findings again.") from None


@cache
def shipped_vectors() -> TermVectors:
    """The vectors that come with Findings."""
    return TermVectors.load(shipped("vectors") / "terms.npz")
