"""An inspection's judgements with their grades, as the report prints them."""

from __future__ import annotations

from collections.abc import Sequence

from findings.report import Block, Judgement


def read_judgements(blocks: Sequence[Block]) -> tuple[Judgement, ...]:
    """The judgements that the blocks state, in the report's order."""
    return ()
