"""`findings review`: reports → a sheet of the sentences whose labels teach most, for people to correct."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from findings.cli import console
from findings.cli.batch import Batch
from findings.cli.options import ModelPath, Ocr, Password, Reports, load_tagger

if TYPE_CHECKING:
    from findings.codebook import Codebook
    from findings.report import Finding, Report
    from findings.tagging import Tagger

EXAMPLES = """\b
Examples:
  findings review reports/ -o review.xlsx
  findings review reports/ -o review.csv --limit 100 --data our-annotations/
"""
_Tagged = tuple["list[Finding]", "list[dict[str, float]]"]


def review(
    reports: Reports,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="FILE", help="The sheet: a file that ends in .xlsx, .csv or .jsonl."),
    ],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many sentences at most.")] = 200,
    random_share: Annotated[
        float,
        typer.Option(
            "--random-share", min=0, max=1, help="The share drawn at random, for honest estimates of the errors."
        ),
    ] = 0.2,
    data: Annotated[
        list[Path] | None,
        typer.Option("--data", metavar="PATH", help="Leave out what is annotated in this file or folder (repeatable)."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Another seed draws another random share.")] = 0,
    model: ModelPath = None,
    password: Password = None,
    ocr: Ocr = False,
) -> None:
    """Choose the sentences that a person should label.

    Those about which the model is most in doubt, no two alike, and a random share; each with the model's labels filled
    in, to be corrected in a spreadsheet, and brought back with `findings annotations add`.
    """
    from findings.annotations.review import check_ending, write_review

    check_ending(output)
    tagger = load_tagger(model)
    annotated = _annotated(data or [], tagger.codebook_)
    batch = Batch(reports, password=password, ocr=ocr)
    tagged = list(batch.each(lambda report: _tag(report, tagger)))
    if tagged:
        rows = write_review(
            output,
            [finding for findings, _ in tagged for finding in findings],
            tagger.codebook_,
            limit=limit,
            theme_scores=[scores for _, all_scores in tagged for scores in all_scores],
            random_share=random_share,
            annotated=annotated,
            seed=seed,
        )
        drawn = sum(row.why == "random" for row in rows)
        console.tell(f"{output}: {len(rows)} sentences to review, {drawn} of them drawn at random.")
    batch.close()


def _tag(report: Report, tagger: Tagger) -> _Tagged:
    """A report's sentences with every theme's probability, of those that were not tagged too."""
    from findings.segmentation import segment

    sentences = segment(report)
    chances = tagger.probabilities(sentences)
    names = tagger.codebook_.theme_names
    scores = [dict(zip(names, row, strict=True)) for row in chances.themes.tolist()]
    return tagger.decide(sentences, chances, explain=False), scores


def _annotated(data: list[Path], codebook: Codebook) -> set[str]:
    """The texts that are annotated already."""
    from findings.annotations import load_opinions

    return {opinion.text for opinion in load_opinions(data, codebook)} if data else set()
