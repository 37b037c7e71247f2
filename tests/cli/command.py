"""How tests start `findings` as a process of its own."""

from __future__ import annotations

import sys

COMMAND = [sys.executable, "-m", "findings"]
