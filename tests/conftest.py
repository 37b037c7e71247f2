from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import settings

# A test does not fail because the machine is busy.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="session")
def _home_of_its_own() -> Iterator[None]:
    """Keeps the tests away from the models of whoever runs them."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FINDINGS_HOME"] = folder
        yield
        del os.environ["FINDINGS_HOME"]
