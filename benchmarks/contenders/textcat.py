"""spaCy's own text classifier, `textcat_multilabel` with its default architecture."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import spacy
from spacy.training import Example
from spacy.util import minibatch

from contenders.base import Contender, Scores, context_of, sentiment_targets, theme_targets
from findings.report import Annotation

EPOCHS = 3


class SpacyTextcat(Contender):
    """An ensemble of a bag of words and a convolutional network (TextCatEnsemble), no pretrained vectors."""

    title = "spaCy textcat_multilabel"
    note = f"TextCatEnsemble, {EPOCHS} epochs, batches of 32, dropout 0.2; fitted on what is left beside one fold"
    packages = ("spacy",)
    one_fold = True

    def fit(self, annotations: Sequence[Annotation]) -> None:
        """Train for a few epochs."""
        spacy.util.fix_random_seed(0)
        self.nlp = spacy.blank("en")
        self.labels = ("finding", *self.codebook.theme_names, *self.codebook.sentiment_names)
        classifier: Any = self.nlp.add_pipe("textcat_multilabel")
        for label in self.labels:
            classifier.add_label(label)
        truth = np.column_stack(
            [
                [one.finding for one in annotations],
                theme_targets(annotations, self.codebook),
                sentiment_targets(annotations, self.codebook)[:, None] == np.arange(len(self.codebook.sentiments)),
            ]
        ).astype(float)
        examples = [
            Example.from_dict(
                self.nlp.make_doc(_text(one)), {"cats": dict(zip(self.labels, row.tolist(), strict=True))}
            )
            for one, row in zip(annotations, truth, strict=True)
        ]
        optimiser = self.nlp.initialize(lambda: examples)
        order = random.Random(0)
        for _ in range(EPOCHS):
            order.shuffle(examples)
            for batch in minibatch(examples, size=32):
                self.nlp.update(batch, sgd=optimiser, drop=0.2)

    def score(self, sentences: Sequence[Annotation]) -> Scores:
        """The classifier's scores in [0, 1]."""
        docs = self.nlp.pipe((_text(one) for one in sentences), batch_size=256)
        table = np.array([[doc.cats[label] for label in self.labels] for doc in docs])
        themes = 1 + len(self.codebook.themes)
        return Scores(table[:, 0], table[:, 1:themes], table[:, themes:])


def _text(sentence: Annotation) -> str:
    return f"{context_of(sentence)} | {sentence.text}"
