"""What a sentence in context is to the model: terms, each with the words that it comes from.

A term is a string such as `w:not_yet` that becomes a column of the feature matrix. Every term knows the words it was
made of, so that what the model makes of a term can be shown on the words of the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

# One row of the array that the pipeline takes: see `findings.tagging.features.as_rows`.
Row = Sequence[str]
TEXT, SECTION, LEAD_IN, BULLET, PREVIOUS = range(5)

# A term with the indices of its words in the field it comes from.
Term = tuple[str, tuple[int, ...]]

WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+(?:[’'-][^\W\d_]+)*|[?:;%]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
# A grade in a heading is about the service, not about the sentence under it (design, principle 4).
_GRADE = re.compile(
    r"\b(?:requires?\s+improvement(?:\s+to\s+be\s+good)?|(?:is|are|was|were|judged)?\s*(?:inadequate|adequate|good|outstanding|satisfactory))\b"
    r"|\bgrade\s*\d\b",
    re.IGNORECASE,
)
# Words so common that a pair with one of them says nothing of what the sentence is about.
_FUNCTION_WORDS = frozenset(
    "the a an of to and in for is are that with on by as be this have has it its they their them these those there was "
    "were from or at which who whom been being also such than so do does did had into when where".split()
)
_CONTRAST = frozenset(
    "but however although though while whilst whereas despite yet nevertheless nonetheless except".split()
)
_NEGATION = frozenset(
    "not no never none nor without lack lacks lacking lacked neither cannot hardly rarely seldom fail fails failed "
    "failure insufficient insufficiently few little".split()
)
_SCOPE_ENDS = _CONTRAST | frozenset([";", ":", "because", "so", "and", "which", "that"])
_WINDOW = 6
_SCOPE = 5


@lru_cache(maxsize=4096)
def spans(text: str) -> tuple[tuple[str, int, int], ...]:
    """The words of a text, lower case, years as `year` and other numbers as `0`, each with where it stands."""
    return tuple((_normal(found.group()), found.start(), found.end()) for found in WORD.finditer(text))


def _normal(word: str) -> str:
    if word[0].isdigit():
        return "year" if len(word) == 4 and word[:2] in ("19", "20") else "0"
    return word.lower().translate(_APOSTROPHES)


def words(text: str) -> list[str]:
    """The words of a text as the model sees them."""
    return [word for word, _, _ in spans(text)]


def without_grades(heading: str) -> str:
    """A heading with its grades blanked out, every other character where it was."""
    return _GRADE.sub(lambda found: " " * len(found.group()), heading)


def _ngrams(prefix: str, tokens: Sequence[str], longest: int) -> Iterator[Term]:
    for size in range(1, longest + 1):
        for at in range(len(tokens) - size + 1):
            yield prefix + "_".join(tokens[at : at + size]), tuple(range(at, at + size))


def word_terms(row: Row) -> Iterator[Term]:
    """Runs of one to three words of the sentence."""
    return _ngrams("w:", words(row[TEXT]), 3)


def meaning_terms(row: Row) -> Iterator[Term]:
    """Single words and pairs of neighbours again, for those that have a vector (`findings.tagging.vectors`)."""
    return _ngrams("m:", words(row[TEXT]), 2)


@lru_cache(maxsize=65536)
def _characters(word: str) -> tuple[str, ...]:
    padded = f"<{word}>"
    return tuple("c:" + padded[at : at + size] for size in (3, 4, 5) for at in range(len(padded) - size + 1))


def character_terms(row: Row) -> Iterator[Term]:
    """Runs of three to five characters within each word, its edges marked: what inflections share."""
    for at, word in enumerate(words(row[TEXT])):
        for part in _characters(word):
            yield part, (at,)


def pair_terms(row: Row) -> Iterator[Term]:
    """Two words of content, in either order, at most six words of content apart: `p:assessments~late`."""
    content = [(at, word) for at, word in enumerate(words(row[TEXT])) if word not in _FUNCTION_WORDS]
    for index, (at, word) in enumerate(content):
        for other_at, other in content[index + 1 : index + 1 + _WINDOW]:
            if word != other:
                yield "p:" + "~".join(sorted((word, other))), (at, other_at)


def structure_terms(row: Row) -> Iterator[Term]:
    """What negation and contrast do: `not:x` in a negation's scope, `a:x` and `b:x` before and after a contrast."""
    tokens = words(row[TEXT])
    turn = next((at for at, word in enumerate(tokens) if word in _CONTRAST), 0)
    scope = 0
    for at, word in enumerate(tokens):
        if scope and word not in _SCOPE_ENDS:
            yield "not:" + word, (at,)
        scope = _SCOPE if word in _NEGATION else 0 if word in _SCOPE_ENDS else max(0, scope - 1)
        if turn and word not in _FUNCTION_WORDS:
            yield ("b:" if at > turn else "a:") + word, (at,)
    if tokens:
        yield "first:" + tokens[0], (0,)
        yield f"length:{min(len(tokens) // 6, 6)}", ()


def context_terms(row: Row) -> Iterator[Term]:
    """Runs of up to three words of the heading (its grades left out) and the lead-in, and whether it is a bullet."""
    yield from _ngrams("h:", words(without_grades(row[SECTION])), 3)
    lead = words(row[LEAD_IN])
    yield from _ngrams("l:", lead, 3)
    yield "bullet:" + ("yes" if row[BULLET] else "no"), ()
    yield "lead-in:" + ("yes" if lead else "no"), ()


BLOCKS: dict[str, Callable[[Row], Iterator[Term]]] = {
    "words": word_terms,
    "characters": character_terms,
    "pairs": pair_terms,
    "structure": structure_terms,
    "context": context_terms,
    "meaning": meaning_terms,
}
