"""The methods that `benchmarks/accuracy.py` sets side by side, each a `Contender` in a module of its own.

A module is imported when its method runs, so that a missing library costs only the rows that need it.
"""

from __future__ import annotations

from importlib import import_module

from contenders.base import Contender

# In the order of the table: the method's name on the command line, and where it is.
CONTENDERS = {
    "keywords": "contenders.keywords:Keywords",
    "vader": "contenders.lexicons:Vader",
    "textblob": "contenders.lexicons:TextBlob",
    "svc": "contenders.svc:TfidfSVC",
    "spacy": "contenders.textcat:SpacyTextcat",
    "minilm-frozen": "contenders.frozen:FrozenMiniLM",
    "minilm-tuned": "contenders.finetuned:FineTunedMiniLM",
    "ours": "contenders.ours:Ours",
}


def contender(name: str) -> Contender:
    """A fresh contender of that name."""
    module, kind = CONTENDERS[name].split(":")
    made: Contender = getattr(import_module(module), kind)()
    return made
