"""How figures are printed."""

from __future__ import annotations


def signed(balance: float | None) -> str:
    """A balance from -1 to 1 with its sign: `+0.25`, `−0.50`, `0.00`; nothing where there is none."""
    if balance is None:
        return ""
    return f"{balance:+.2f}".replace("-", "−") if round(balance, 2) else "0.00"
