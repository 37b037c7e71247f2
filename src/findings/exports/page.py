"""A summary as one self-contained web page that needs no network and works without JavaScript."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from findings.codebook import Codebook
from findings.exports.about import Manifest, about
from findings.exports.rendering import asset, environment
from findings.report import Finding, ThemeTag
from findings.summary import Summary

# Told to the style sheet before anything is drawn: a long list need not be laid out before it is filtered.
_FIRST = 'document.documentElement.classList.add("js")'
_MOST_OPEN = 24  # groups shown without being asked for


def page(summary: Summary, manifest: Manifest, links: Mapping[str, str]) -> str:
    """The HTML of the page. `links` has, for a report's name, the address of its file, where it has one."""
    return render(
        "summary",
        summary=summary,
        codebook=summary.codebook,
        look=Look(summary.codebook),
        about=about(summary, manifest),
        links=links,
        most_open=_MOST_OPEN,
        most_share=max((theme.share or 0.0 for group in summary.groups for theme in group.themes), default=0.0),
    )


def render(name: str, **values: Any) -> str:
    """The template `name`.html with its style sheet and script put in; a policy in its head forbids all else."""
    style, script = asset(f"{name}.css"), asset(f"{name}.js")
    digests = [base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in (_FIRST, script)]
    template = environment().get_template(f"{name}.html")
    return template.render(**values, style=style, first=_FIRST, script=script, digests=digests)


@dataclass(frozen=True)
class Look:
    """What templates ask of tags besides their values: signs, classes, widths and evidence."""

    codebook: Codebook

    def sign(self, sentiment: str | None) -> str:
        """`+` or `−` for the sentiments of a scale of two, else nothing."""
        names = self.codebook.theme_sentiment_names
        return ("+", "−")[names.index(sentiment)] if len(names) == 2 and sentiment in names else ""

    def kind(self, sentiment: str | None) -> str:
        """The class that colours a sentiment: good, bad or other."""
        return {"+": "good", "−": "bad"}.get(self.sign(sentiment), "other")

    def title(self, tag: ThemeTag) -> str:
        """A theme's title."""
        return self.codebook.theme(tag.theme).title

    def width(self, count: int, most: int) -> str:
        """A bar's width in per cent of the longest."""
        return f"{100 * count / most:.1f}" if most else "0"

    def evidence(self, finding: Finding) -> list[str]:
        """All the words that earned the finding its tags."""
        return [word for tag in finding.themes for word in tag.evidence]
