"""How far annotators agree: Cohen's kappa and F1 for two, Krippendorff's alpha for any number; where they differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from math import isnan
from typing import Any

from findings.annotations.columns import theme_column
from findings.annotations.labels import Labels
from findings.annotations.opinions import Conflict, same_labels
from findings.codebook import Codebook
from findings.report import Annotation

_Code = str | bool | None
_Coding = Callable[[Annotation], _Code]  # None: the annotator did not have to decide this


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """Agreement on one decision over the sentences on which at least two annotators made it.

    `label` is `finding`, `sentiment`, `sentiment:NAME`, `theme:NAME` or `theme:NAME sentiment`. `counts` is how often
    each annotator gave it (for a sentiment as a whole: made the decision). `agreed` is the share of pairs of codes that
    are the same. `kappa` and `f1` are for two annotators; `f1` is the mean over a label's values where it
    has several. `kappa` and `alpha` are 1 at full agreement and 0 at chance. None: the data cannot tell.
    """

    label: str
    sentences: int
    counts: tuple[int, ...]
    agreed: float | None
    kappa: float | None
    f1: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of `annotators` on every label, over the `sentences` that at least two of them labelled.

    `alone` counts the sentences of each annotator that nobody else labelled; `disagreements` are for adjudication.
    """

    annotators: tuple[str, ...]
    sentences: int
    alone: tuple[int, ...]
    labels: tuple[LabelAgreement, ...]
    disagreements: tuple[Conflict, ...]

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain JSON values, with each disagreement's labels by annotator."""
        return {
            "annotators": list(self.annotators),
            "sentences": self.sentences,
            "alone": list(self.alone),
            "labels": [asdict(row) for row in self.labels],
            "disagreements": [
                {
                    "id": conflict.id,
                    "text": conflict.text,
                    "labels": {one.annotator: str(Labels.of(one)) for one in conflict.opinions},
                }
                for conflict in self.disagreements
            ],
        }


def by_annotator(opinions: Iterable[Annotation], unnamed: str = "unnamed") -> dict[str, list[Annotation]]:
    """A store's records apart, annotator by annotator."""
    apart: dict[str, list[Annotation]] = defaultdict(list)
    for opinion in opinions:
        apart[opinion.annotator or unnamed].append(opinion)
    return dict(apart)


def agreement(codings: Mapping[str, Sequence[Annotation]], codebook: Codebook) -> Agreement:
    """Compare two or more annotators' labels of the same sentences (joined by id), given by annotator's name.

    Raises `ValueError` for fewer than two annotators. Kappa is scikit-learn's; alpha is for nominal data.
    """
    if len(codings) < 2:
        raise ValueError("agreement needs at least two annotators")
    tables = [{annotation.id: annotation for annotation in annotations} for annotations in codings.values()]
    times = Counter(identity for table in tables for identity in table)
    shared = [identity for identity, count in times.items() if count > 1]
    units = [[table.get(identity) for table in tables] for identity in shared]
    return Agreement(
        annotators=tuple(codings),
        sentences=len(shared),
        alone=tuple(sum(times[identity] == 1 for identity in table) for table in tables),
        labels=tuple(_label(name, coding, units, len(codings)) for name, coding in _decisions(codebook)),
        disagreements=tuple(_disagreements(tuple(codings), units)),
    )


def krippendorff_alpha(units: Iterable[Sequence[_Code]]) -> float | None:
    """Krippendorff's alpha for nominal data: each unit's codes, None where an annotator gave none.

    Observed over expected disagreement by the coincidences of pairable values: K. Krippendorff, Content Analysis
    (2004), chapter 11, and "Computing Krippendorff's Alpha-Reliability" (2011). None where all values are the same.
    """
    totals: Counter[_Code] = Counter()
    observed = 0.0
    for unit in units:
        codes = Counter(code for code in unit if code is not None)
        size = codes.total()
        if size > 1:
            totals += codes
            observed += sum(count * (size - count) for count in codes.values()) / (size - 1)
    pairable = totals.total()
    expected = sum(count * (pairable - count) for count in totals.values())
    return 1 - (pairable - 1) * observed / expected if expected else None


def _decisions(codebook: Codebook) -> list[tuple[str, _Coding]]:
    """Every decision that an annotator makes, as a function from an annotation to its code."""
    decisions: list[tuple[str, _Coding]] = [("finding", lambda one: one.finding)]
    if codebook.sentiments:
        decisions.append(("sentiment", lambda one: one.sentiment))
        decisions += [(f"sentiment:{name}", _sentiment_is(name)) for name in codebook.sentiment_names]
    for theme in codebook.theme_names:
        decisions.append((theme_column(theme), _theme_applies(theme)))
        if codebook.sentiments:
            decisions.append((f"{theme_column(theme)} sentiment", _theme_sentiment(theme)))
    return decisions


def _sentiment_is(name: str) -> _Coding:
    return lambda one: one.sentiment == name if one.finding else None


def _theme_applies(theme: str) -> _Coding:
    return lambda one: theme in one.themes


def _theme_sentiment(theme: str) -> _Coding:
    return lambda one: one.themes.get(theme)


def _label(name: str, coding: _Coding, units: Sequence[Sequence[Annotation | None]], annotators: int) -> LabelAgreement:
    coded = [[None if one is None else coding(one) for one in unit] for unit in units]
    coded = [unit for unit in coded if sum(code is not None for code in unit) > 1]
    columns = list(zip(*coded, strict=True)) or [()] * annotators
    pairs = [code == other for unit in coded for code, other in combinations(unit, 2) if None not in (code, other)]
    kappa, f1 = _pair_scores(*columns) if coded and annotators == 2 else (None, None)
    return LabelAgreement(
        label=name,
        sentences=len(coded),
        counts=tuple(sum(code is not None and code is not False for code in column) for column in columns),
        agreed=sum(pairs) / len(pairs) if pairs else None,
        kappa=kappa,
        f1=f1,
        alpha=krippendorff_alpha(coded),
    )


def _pair_scores(first: Sequence[_Code], second: Sequence[_Code]) -> tuple[float | None, float | None]:
    """Cohen's kappa and F1 of two annotators' codes; F1 is the same whichever of them is taken for the truth."""
    from sklearn.metrics import cohen_kappa_score, f1_score

    values = sorted({str(code) for code in (*first, *second)})
    one, other = [str(code) for code in first], [str(code) for code in second]
    kappa = float(cohen_kappa_score(one, other)) if len(values) > 1 else None
    if set(values) <= {"True", "False"}:
        f1 = float(f1_score(one, other, pos_label="True", zero_division=0.0)) if "True" in values else None
    else:
        f1 = float(f1_score(one, other, average="macro", zero_division=0.0))
    return None if kappa is None or isnan(kappa) else kappa, f1


def _disagreements(annotators: tuple[str, ...], units: Sequence[Sequence[Annotation | None]]) -> Iterable[Conflict]:
    """The sentences labelled differently, each with every annotator's labels under that annotator's name."""
    for unit in units:
        opinions = [replace(one, annotator=name) for name, one in zip(annotators, unit, strict=True) if one]
        if any(not same_labels(opinions[0], other) for other in opinions[1:]):
            yield Conflict(opinions[0].id, opinions[0].text, tuple(opinions))
