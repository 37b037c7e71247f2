"""What people write into a cell (Yes, y, TRUE, 1, x; Weakness, w, weak) → what the codebook calls it."""

from __future__ import annotations

from findings.annotations.validation import Fault
from findings.codebook import Codebook

YES = frozenset("yes y true t 1 x ✓ ✔ ☑ ☒".split())
NO = frozenset("no n false f 0 - – — none null nil n/a na ☐ ✗ ✘".split())


def yes_or_no(cell: str) -> bool | None:
    """True or False as the cell says, None where it says neither."""
    answer = cell.strip().casefold()
    return True if answer in YES else False if answer in NO else None


class Answers:
    """Reads the label cells of one codebook. What it does not know it hands on as it is, for the validation to name."""

    def __init__(self, codebook: Codebook) -> None:
        self._names: dict[str, str] = {}
        for sentiment in codebook.sentiments:
            self._names.setdefault(sentiment.title.casefold(), sentiment.name)
        self._names |= {name: name for name in codebook.sentiment_names}
        self._of_themes = codebook.theme_sentiment_names

    def sentiment(self, cell: str) -> str | None:
        """A sentence's sentiment: its name, its title, or a beginning of one that fits no other; None for no answer."""
        answer = cell.strip().casefold()
        if answer in self._names:
            return self._names[answer]
        if not answer or answer in NO:
            return None
        meant = {name for known, name in self._names.items() if known.startswith(answer)}
        return meant.pop() if len(meant) == 1 else cell.strip()

    def themes(self, cells: dict[str, str], sentiment: str | None) -> tuple[dict[str, str | None], list[Fault]]:
        """The themes that apply, from each theme's cell.

        A bare "yes" takes the sentence's sentiment; that is a fault where no theme can have it, as in a mixed sentence.
        """
        themes: dict[str, str | None] = {}
        faults: list[Fault] = []
        for theme, cell in cells.items():
            if self._names.get(cell.strip().casefold()) is None and yes_or_no(cell) is True:
                if self._of_themes and sentiment not in self._of_themes:
                    wanted = " or ".join(self._of_themes)
                    faults.append(
                        Fault(f"themes.{theme}", f'"{cell.strip()}" does not say whether {theme} is {wanted}')
                    )
                    continue
                themes[theme] = sentiment if self._of_themes else None
            elif (answer := self.sentiment(cell)) is not None:
                themes[theme] = answer
        return themes, faults
