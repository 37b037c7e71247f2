"""Two reports on one authority → what each theme's findings have become: better, worse, as before, new or gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from findings.codebook import Codebook
from findings.report import Finding

# Two findings on one theme that are less alike than this (cosine, 0 to 1) speak of different things.
_ALIKE = 0.25

Course = Literal["better", "worse", "still weak", "still strong", "as before", "changed"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A finding of the old report and the one of the new report that is most like it; `similarity` in [0, 1]."""

    old: Finding
    new: Finding
    similarity: float
    course: Course


@dataclass(frozen=True, slots=True)
class ThemeDifference:
    """What has become of one theme: pairs (most alike first), and the findings without a counterpart.

    `old_counts` and `new_counts` are the reports' findings on the theme by the theme's own sentiment.
    """

    theme: str
    old_counts: Mapping[str, int]
    new_counts: Mapping[str, int]
    pairs: tuple[Pair, ...]
    added: tuple[Finding, ...]
    gone: tuple[Finding, ...]

    def to_dict(self) -> dict[str, Any]:
        """The difference as plain JSON values; findings as in the JSON Lines of `findings tag`."""
        return {
            "theme": self.theme,
            "old": dict(self.old_counts),
            "new": dict(self.new_counts),
            "pairs": [
                {
                    "course": pair.course,
                    "similarity": round(pair.similarity, 4),
                    "old": pair.old.to_dict(),
                    "new": pair.new.to_dict(),
                }
                for pair in self.pairs
            ],
            "added": [finding.to_dict() for finding in self.added],
            "gone": [finding.to_dict() for finding in self.gone],
        }

    def course(self, course: Course) -> tuple[Pair, ...]:
        """The pairs that went that way."""
        return tuple(pair for pair in self.pairs if pair.course == course)


def differences(old: Iterable[Finding], new: Iterable[Finding], codebook: Codebook) -> tuple[ThemeDifference, ...]:
    """Set the findings of two reports side by side, theme by theme; non-findings are passed over."""
    before = [finding for finding in old if finding.finding]
    after = [finding for finding in new if finding.finding]
    alike = _similarity(before, after)
    return tuple(_theme(theme, before, after, alike, codebook) for theme in codebook.theme_names)


def _similarity(old: Sequence[Finding], new: Sequence[Finding]) -> NDArray[np.float64]:
    """The cosine of every old finding's words with every new one's: shape (old, new)."""
    texts = [finding.sentence.text for finding in (*old, *new)]
    if not old or not new or not any(any(map(str.isalnum, text)) for text in texts):
        return np.zeros((len(old), len(new)))
    words = TfidfVectorizer(token_pattern=r"\w+", stop_words="english", sublinear_tf=True)
    parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 5), sublinear_tf=True)
    try:
        matrix = FeatureUnion([("words", words), ("parts", parts)]).fit_transform(texts)
    except ValueError:  # nothing but stop words
        return np.zeros((len(old), len(new)))
    cosine: NDArray[np.float64] = (matrix[: len(old)] @ matrix[len(old) :].T).toarray() / 2
    return cosine


def _theme(
    theme: str, old: Sequence[Finding], new: Sequence[Finding], alike: NDArray[np.float64], codebook: Codebook
) -> ThemeDifference:
    before = {at: sentiment for at, finding in enumerate(old) for sentiment in _said(finding, theme)}
    after = {at: sentiment for at, finding in enumerate(new) for sentiment in _said(finding, theme)}
    rows, columns = list(before), list(after)
    chosen = alike[np.ix_(rows, columns)]
    matched = [(rows[i], columns[j]) for i, j in zip(*linear_sum_assignment(chosen, maximize=True), strict=True)]
    matched = [(i, j) for i, j in matched if alike[i, j] >= _ALIKE]
    pairs = [
        Pair(old[i], new[j], float(min(1.0, alike[i, j])), _course(before[i], after[j], codebook)) for i, j in matched
    ]
    names = codebook.theme_sentiment_names
    return ThemeDifference(
        theme,
        {name: list(before.values()).count(name) for name in names},
        {name: list(after.values()).count(name) for name in names},
        tuple(sorted(pairs, key=lambda pair: -pair.similarity)),
        added=tuple(new[j] for j in columns if j not in {j for _, j in matched}),
        gone=tuple(old[i] for i in rows if i not in {i for i, _ in matched}),
    )


def _said(finding: Finding, theme: str) -> list[str | None]:
    return [tag.sentiment for tag in finding.themes if tag.theme == theme]


def _course(old: str | None, new: str | None, codebook: Codebook) -> Course:
    names = codebook.theme_sentiment_names
    if len(names) != 2 or old not in names or new not in names:
        return "as before" if old == new else "changed"
    if old == new:
        return "still strong" if new == names[0] else "still weak"
    return "better" if new == names[0] else "worse"
