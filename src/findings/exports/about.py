"""What a reader should know of a summary before quoting it: how to read it, and what the model is that made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from findings.summary import Summary

Manifest = Mapping[str, Any]


def about(summary: Summary, manifest: Manifest) -> list[tuple[str, str]]:
    """Titles and paragraphs, in order; `manifest` is the model's (an empty one leaves the model out)."""
    scale = [sentiment.title.lower() for sentiment in summary.codebook.sentiments if not sentiment.whole_sentence_only]
    parts = [
        (
            "How this was made",
            "A model read every sentence of the reports with its heading and lead-in, and decided whether it is a "
            "finding, which themes it is about and with which sentiment. It errs: read the sentences behind a number "
            "before quoting it. A sentence can be about several themes and then counts for each.",
        )
    ]
    if len(scale) == 2:
        parts.append(
            (
                "Balance",
                f"The balance of a theme is {scale[0]} findings less {scale[1]} findings, over both: +1 where all are "
                f"{scale[0]}, -1 where all are {scale[1]}. An interval is the 95% Wilson interval of a share: with few "
                "findings it is wide, and a difference within it means little.",
            )
        )
    parts += [(theme.title, theme.definition) for theme in summary.codebook.themes]
    return parts + ([("The model", _model(manifest))] if manifest else [])


def _model(manifest: Manifest) -> str:
    data, scores = manifest.get("data", {}), manifest.get("cross_validation", {})
    f1 = ", ".join(
        f"{label.replace('_', ' ')} {score['f1']:.2f}"
        for label, score in scores.get("labels", {}).items()
        if score.get("kind") == "theme"
    )
    trained = f"Trained on {data.get('annotations', 0):,} annotated sentences"
    tested = f"; F1 on sentences that it had not seen: {f1}" if f1 else ""
    return f"{trained}{tested}. Model file SHA-256 {str(manifest.get('model_sha256', ''))[:12]}…"
