"""What a report says of itself: its title, authority, kind, dates and publisher."""

from __future__ import annotations

from collections.abc import Sequence

from findings.report import Block, Metadata


def read_metadata(blocks: Sequence[Block]) -> Metadata:
    """What the blocks say of the report; None for whatever they do not say."""
    return Metadata()
