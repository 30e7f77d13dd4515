"""What the rules ask about a word: how often it is attested, and what the lemma table says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers import lemmas
from analyzers.letters import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Callable

    Rule = Callable[[str, "Evidence"], str | tuple[str, ...] | None]
    """What becomes of a word: another one, two, or nothing where the rule has nothing to say."""

_OWN_ARTICLE = 0.08
"""Share of a word's occurrences with the article from which on it counts as a word that takes it."""


class Evidence:
    """Counts of folded words, asked through the questions that the rules have in common."""

    def __init__(self, count: Callable[[str], int]) -> None:
        self.count = count

    def lemmas(self, word: str) -> tuple[str, ...]:
        """The folded lemmas of a word by the table; none where it does not know the word."""
        return lemmas.table().get(word, ())

    def total(self, word: str) -> int:
        """How often a word is attested, with and without the article."""
        return self.count(word) + self.count(ARTICLE + word)

    def takes_article(self, word: str) -> bool:
        """Whether the article stands before the word: then no clitic begins it and no pronoun ends it."""
        article = self.count(ARTICLE + word)
        return article > 2 and article > _OWN_ARTICLE * self.count(word)

    def applied(self, rule: Rule, before: str, after: str | tuple[str, ...]) -> None:
        """Told of each rule that has changed a word; those who follow one (``explain.py``) write it down."""
