"""Findings made by hand, for tests of what is done with them."""

from __future__ import annotations

from findings.report import Finding, Sentence, ThemeTag


def finding(
    text: str,
    sentiment: str = "weakness",
    *tags: tuple[str, float, str],
    report: str = "harlbrook-2020.pdf",
    score: float = 0.9,
    **where: object,
) -> Finding:
    """A finding about the themes of `tags`, each a theme's name, score and sentiment."""
    sentence = Sentence(text, report=report, **where)  # type: ignore[arg-type]
    themes = tuple(ThemeTag(theme, value, mood, (theme,)) for theme, value, mood in tags)
    return Finding(sentence, True, score, sentiment, score, themes)


def no_finding(text: str, report: str = "harlbrook-2020.pdf") -> Finding:
    """A sentence that says nothing of how well anything works."""
    return Finding(Sentence(text, report=report), False, 0.1)
