"""The questions of the rules: counts of a word, its lemmas by the table, its likely spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.base_list import lemmas_of, written_of
from kashshaf.analyzers.letters import ARTICLE, TEH_MARBUTA
from kashshaf.analyzers.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable

    Rule = Callable[[str, "Evidence"], str | tuple[str, ...] | None]
    """A word to another one, to two, or to nothing where the rule has nothing to say."""

_OWN_ARTICLE = 0.08
"""Share of a word's occurrences with the article from which on it counts as a word that takes it."""
BASE_FORMS = 1 << 16


class Evidence:
    """Counts of folded words, asked through the questions that the rules have in common."""

    def __init__(
        self,
        count: Callable[[str], int],
        lemmas: Callable[[str], tuple[str, ...]] = lemmas_of,
        written: Callable[[str], tuple[str, ...]] = written_of,
    ) -> None:
        self.count = count
        self.lemmas = lemmas
        """The folded lemmas of a word by the table; none where it does not know the word."""
        self.written = written
        """The likely spellings of a folded word that may be two; none of most words."""
        self.base_forms: Memo[str] = Memo(BASE_FORMS)
        """The base forms asked for so far: many words share what is left without clitics."""

    def total(self, word: str) -> int:
        """How often a word is attested, with and without the article."""
        count = self.count
        return count(word) + count(ARTICLE + word)

    def takes_article(self, word: str) -> bool:
        """Tell a noun by the article before it: no clitic begins it then, and no pronoun ends it."""
        article = self.count(ARTICLE + word)
        return article > 2 and article > _OWN_ARTICLE * self.count(word)

    def ends_in_teh_marbuta(self, word: str) -> bool:
        """Tell a last heh that mostly is a teh marbuta, and so no pronoun."""
        return any(spelling[-1] == TEH_MARBUTA for spelling in self.written(word))

    def applied(self, rule: Rule, before: str, after: str | tuple[str, ...]) -> None:
        """Told of each rule that has changed a word; those who follow one (``explain.py``) write it down."""
