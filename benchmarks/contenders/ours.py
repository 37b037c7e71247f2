"""Findings' own tagger, which chooses its thresholds by itself, out of fold."""

from __future__ import annotations

from collections.abc import Sequence

from contenders.base import Contender, Floats, Scores
from findings.codebook import Codebook
from findings.report import Annotation
from findings.tagging import Tagger


class Ours(Contender):
    """`findings.tagging.Tagger`, as `findings train` makes it, in one process."""

    title = "Findings"
    note = "the size is of all that it installs, readers of reports, exports and annotations included"
    packages = ("findings",)

    def fit(self, annotations: Sequence[Annotation]) -> None:
        """Learn from annotations, cross-validation and calibration included."""
        self.tagger = Tagger(self.codebook, jobs=1).fit(annotations)

    def score(self, sentences: Sequence[Annotation]) -> Scores:
        """The tagger's calibrated probabilities; nothing is looked up of sentences that it was taught."""
        chances = self.tagger.probabilities(sentences)
        return Scores(chances.finding, chances.themes, chances.sentiment)

    def train(self, annotations: Sequence[Annotation], codebook: Codebook) -> Floats:
        """Fit; the tagger's own thresholds."""
        self.codebook = codebook
        self.fit(annotations)
        return self.tagger.thresholds_
