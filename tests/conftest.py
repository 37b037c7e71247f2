from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def _home_of_its_own() -> Iterator[None]:
    """Keeps the tests away from the models of whoever runs them."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FINDINGS_HOME"] = folder
        yield
        del os.environ["FINDINGS_HOME"]
