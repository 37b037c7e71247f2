"""A manifest → the model's card, in Markdown, for people."""

from __future__ import annotations

from typing import Any


def model_card(manifest: dict[str, Any]) -> str:
    """The card of the model that a manifest describes."""
    return (
        "\n\n".join(
            part
            for part in (_what(manifest), _data(manifest), _scores(manifest), _limits(), _versions(manifest))
            if part
        )
        + "\n"
    )


def _what(manifest: dict[str, Any]) -> str:
    themes = ", ".join(theme["title"] or theme["name"] for theme in manifest["codebook"]["themes"])
    sentiments = ", ".join(sentiment["name"] for sentiment in manifest["codebook"]["sentiments"]) or "none"
    return f"""# Model card: {manifest["codebook"]["title"] or manifest["codebook"]["name"]}

A linear tagger of sentences: is it a finding, which themes is it about ({themes}), and with which sentiment ({sentiments}).
It reads a sentence with its heading, its lead-in and the sentence before it, as term counts; each decision is the average of
two linear support vector machines, calibrated on out-of-fold scores.

## Intended use

To tag reports so that people find, count and compare what they say. Each tag names the words that earned it: read the
sentence before you quote the number. It is not a judgement of a service, and not for decisions about a child or a person."""


def _data(manifest: dict[str, Any]) -> str:
    data = manifest["data"]
    rows = "\n".join(f"| {label} | {count:,} |" for label, count in data["labels"].items())
    return f"""## Data

{data["annotations"]:,} annotated sentences of {data["reports"]:,} reports in {data["groups"]:,} groups, written for this project
about invented authorities. Fingerprint (SHA-256): `{data["sha256"]}`.

| label | sentences |
|---|---:|
{rows}"""


def _scores(manifest: dict[str, Any]) -> str:
    result = manifest["cross_validation"]
    rows = []
    for label, score in result["labels"].items():
        ends = score["f1_interval"]
        interval = f"{ends[0]:.3f} to {ends[1]:.3f}" if ends else ""
        threshold = manifest["thresholds"].get(label)
        error = result["calibration_error"].get(label)
        rows.append(
            f"| {label} | {score['precision']:.3f} | {score['recall']:.3f} | {score['f1']:.3f} | {interval} | "
            f"{score['support']:,} | {'' if threshold is None else f'{threshold:.2f}'} | {'' if error is None else f'{error:.3f}'} |"
        )
    shares = [
        ("Theme macro-F1", result["theme_macro_f1"]),
        ("Sentiment accuracy (findings that are not mixed)", result["sentiment_accuracy"]),
        ("Sentiment of each theme, accuracy", result["theme_sentiment_accuracy"]),
        ("Sentiment of each theme within mixed sentences, accuracy", result["mixed_theme_sentiment_accuracy"]),
    ]
    lines = "\n".join(f"- {name}: {value:.3f}" for name, value in shares if value is not None)
    return f"""## Cross-validated scores

Every sentence judged by a model that saw none of its group ({manifest["parameters"]["folds"]} folds). Intervals of F1 are 95% bootstrap
intervals over reports; the calibration error is the expected gap between probability and frequency.

| label | precision | recall | F1 | 95% interval | support | threshold | calibration error |
|---|---:|---:|---:|---|---:|---:|---:|
{chr(10).join(rows)}

{lines}"""


def _limits() -> str:
    return """## Known limits

- It counts words; it does not understand. A theme that is only implied ("Some managers 'act down'" for workforce) is often missed.
- A verdict that stands in another sentence ("This was not the case for care leavers") is often given the wrong sentiment.
- Understated weaknesses ("could more helpfully", "is at an early stage") and strengths in negative words ("no child waits")
  are the most frequent errors of sentiment.
- It was trained on English about children's services in England; other sectors and countries need annotations of their own."""


def _versions(manifest: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in manifest["versions"].items())
    return f"""## Pedigree

Findings {manifest["findings"]}; trained in {manifest["training_seconds"]:.0f} s with {versions}. {manifest["terms"]:,} terms.
Model file: SHA-256 `{manifest["model_sha256"]}`, {manifest["model_bytes"] / 1e6:.1f} MB."""
