"""Reports as a web page: the whole text in reading order, its findings highlighted, each with why it is tagged so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from findings.codebook import Codebook
from findings.exports.page import Look, render
from findings.report import Block, Finding, Report


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block's text, and the finding that it is, if it is one."""

    text: str
    finding: Finding | None = None


def marked_page(tagged: Sequence[tuple[Report, Sequence[Finding]]], codebook: Codebook) -> str:
    """The HTML of a page that holds each report with the findings given for it."""
    reports = [(report, list(_blocks(report, findings))) for report, findings in tagged]
    counts = [sum(finding.finding for finding in findings) for _, findings in tagged]
    return render("marked", reports=reports, counts=counts, codebook=codebook, look=Look(codebook))


def _blocks(report: Report, findings: Sequence[Finding]) -> Iterator[tuple[Block, list[Piece], int | None]]:
    """Each block that is no furniture, in pieces, and its page where a new one begins with it."""
    waiting = sorted((finding for finding in findings if finding.finding), key=lambda found: found.sentence.start)
    at = page = 0
    for block in report.blocks:
        if block.kind == "furniture":
            continue
        inside = []
        while at < len(waiting) and waiting[at].sentence.start < block.end:
            inside.append(waiting[at])
            at += 1
        begins = block.page if block.page and block.page != page else None
        page = block.page or page
        yield block, list(_pieces(report, block, inside)), begins


def _pieces(report: Report, block: Block, findings: Sequence[Finding]) -> Iterator[Piece]:
    """The block's text cut at its findings; the pieces joined are the text."""
    at = block.start
    for finding in findings:
        start, end = max(at, finding.sentence.start), min(block.end, finding.sentence.end)
        if at < start:
            yield Piece(report.text[at:start])
        yield Piece(report.text[start:end], finding)
        at = end
    if at < block.end:
        yield Piece(report.text[at : block.end])
