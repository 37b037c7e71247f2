"""A manifest → the model's card, in Markdown, for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_WIDTH_OF_DOUBT = 0.15  # an interval of F1 that is wider leaves a label's quality open


def model_card(manifest: dict[str, Any]) -> str:
    """The card of the model that a manifest describes."""
    parts = (_what, _data, _scores, _trade_offs, _calibration, _failures, _limits, _pedigree)
    return "\n\n".join(text for part in parts if (text := part(manifest))) + "\n"


def _what(manifest: dict[str, Any]) -> str:
    codebook = manifest["codebook"]
    themes = ", ".join(theme["title"] or theme["name"] for theme in codebook["themes"])
    sentiments = ", ".join(sentiment["name"] for sentiment in codebook["sentiments"])
    asks = f"is it a finding, and which themes is it about ({themes})"
    if sentiments:
        asks += f", and with which sentiment ({sentiments})"
    return f"""# Model card: {codebook["title"] or codebook["name"]}

A linear tagger of sentences: {asks}?
It counts the terms of a sentence, its heading and its lead-in, and learns from whole sentences and from their parts.
For a theme the part that says it loudest counts beside the whole; the sentiment weighs clauses and the sentence before;
and what takes sides, or is surely about a theme, is likelier a finding. Each decision has a calibrated probability. The
weight of a word leans on words that are used like it in unlabelled reports (`data/vectors`).

## Intended use

To tag reports so that people find, count and compare what they say. Each tag names the words that earned it: read the
sentence before you quote the number. It is no judgement of a service, and not for decisions about people."""


def _data(manifest: dict[str, Any]) -> str:
    data = manifest["data"]
    groups = f", in {data['groups']:,} groups that say similar things" if data["groups"] < data["reports"] else ""
    return f"""## Data

{data["annotations"]:,} annotated sentences of {data["reports"]:,} reports{groups}.
Fingerprint (SHA-256): `{data["sha256"]}`.

{_table(("label", "sentences"), ((label, f"{count:,}") for label, count in data["labels"].items()))}"""


def _scores(manifest: dict[str, Any]) -> str:
    result, folds = manifest["cross_validation"], manifest["parameters"]["folds"]
    intervals = result.get("intervals", {})
    rows = [
        (label, *_figures(score), _interval(score["f1_interval"]), f"{score['support']:,}")
        for label, score in result["labels"].items()
    ]
    shares = (
        ("Mean F1 of the themes", "theme_macro_f1"),
        ("Sentiment of a finding right (mixed ones aside)", "sentiment_accuracy"),
        ("Sentiment of a theme right", "theme_sentiment_accuracy"),
        ("Sentiment of a theme right in mixed findings", "mixed_theme_sentiment_accuracy"),
    )
    lines = [
        f"- {title}: {result[name]:.3f}" + (f" ({_interval(intervals[name])})" if name in intervals else "")
        for title, name in shares
        if result[name] is not None
    ]
    return f"""## Scores on sentences it had not seen

Every sentence judged by a model that saw none of its group ({folds} folds). The intervals are 95% bootstrap intervals
over reports: other reports of the same kinds would mostly give scores within them.

{_table(("label", "precision", "recall", "F1", "95% interval", "support"), rows)}

{chr(10).join(lines)}{_open_labels(result["labels"])}"""


def _open_labels(labels: dict[str, Any]) -> str:
    """A warning of the labels about which the data says too little."""
    unclear = [
        label
        for label, score in labels.items()
        if not (ends := score["f1_interval"]) or ends[1] - ends[0] > _WIDTH_OF_DOUBT
    ]
    if not unclear:
        return ""
    return f"\n\nThe annotations are too few to say how well it finds: {', '.join(unclear)}."


def _trade_offs(manifest: dict[str, Any]) -> str:
    rows = []
    for recall, told in manifest["trade_offs"].items():
        themes = [name for name in told["precision"] if name != "finding"]
        means = [sum(told[part][name] for name in themes) / len(themes) for part in ("precision", "recall")]
        least = ", ".join(f"{name} {value:.2f}" for name, value in told["thresholds"].items())
        rows.append((f"`{recall}`", *(f"{mean:.2f}" for mean in means), least))
    return f"""## Missing less or being surer: `--recall`

What each setting of `--recall` gives, themes on average: the share of its tags that are right (precision), and the
share of what there is to tag that it tags (recall). A tag is given from the probability named on.

{_table(("setting", "precision", "recall", "thresholds"), rows, right=2)}"""


def _calibration(manifest: dict[str, Any]) -> str:
    result = manifest["cross_validation"]
    bins = result.get("calibration", {})
    rows = [
        (name, f"{error:.3f}", " ".join(f"{one['probability']:.2f}→{one['frequency']:.2f}" for one in bins[name]))
        for name, error in result["calibration_error"].items()
        if name in bins
    ]
    return f"""## Are its probabilities true?

The calibration error is the mean gap between the probability it gives and how often it is right. In the curve,
`0.75→0.71` says: where it gave about 0.75, 71% were so.

{_table(("decision", "calibration error", "curve"), rows, right=1)}"""


def _failures(manifest: dict[str, Any]) -> str:
    """One failure of each cause."""
    first = {failure["cause"]: failure for failure in reversed(manifest.get("known_failures", []))}
    if not first:
        return ""
    items = [
        f"- {cause}: {_quoted(failure)}  \n  is *{failure['annotated']}*; the model says *{failure['tagged']}*."
        for cause, failure in reversed(first.items())
    ]
    return f"""## Known failures

Sentences written for this card that this very model gets wrong:

{chr(10).join(items)}"""


def _quoted(failure: dict[str, Any]) -> str:
    before = f"({failure['previous']}) " if failure["previous"] else ""
    return f"“{before}{failure['text']}”"


def _limits(manifest: dict[str, Any]) -> str:
    return """## Limits

- It counts words and does not understand them: what is only implied, said in figures of speech or in words far from
  those of its annotations, it misses or guesses.
- It knows the English and the frameworks of the reports it was trained on; others need annotations of their own, and
  `findings evaluate` on some of them says how well it does there.
- Its scores hold for reports that are like its data. Look at what it leaves out, too: `--recall high` shows more."""


def _pedigree(manifest: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in manifest["versions"].items())
    return f"""## Pedigree

Findings {manifest["findings"]}; trained in {manifest["training_seconds"]:.0f} s; {manifest["terms"]:,} terms.
Versions: {versions}.
Model file: {manifest["model_bytes"] / 1e6:.1f} MB, SHA-256 `{manifest["model_sha256"]}`."""


def _figures(score: dict[str, Any]) -> list[str]:
    return [f"{score[part]:.3f}" for part in ("precision", "recall", "f1")]


def _interval(ends: list[float] | None) -> str:
    return f"{ends[0]:.3f} to {ends[1]:.3f}" if ends else ""


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], right: int | None = None) -> str:
    """A Markdown table; the first column and those after the `right` that follow it (None: all) are set left."""
    right = len(head) - 1 if right is None else right
    rule = "|---|" + "---:|" * right + "---|" * (len(head) - 1 - right)
    return "\n".join([f"| {' | '.join(head)} |", rule, *(f"| {' | '.join(row)} |" for row in rows)])
