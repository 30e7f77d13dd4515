"""Rival spellings of one word, and letters repeated for emphasis."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.letters import ALEF, ARTICLE, BEH, FEH, GHAIN, HEH, JEEM, LAM, MEEM, TEH, WAW, YEH
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.analyzers.stemming.variants.vowels import LEAST, with_vowels

if TYPE_CHECKING:
    from kashshaf.analyzers.stemming.evidence import Evidence

_STRETCHED = re.compile(rf"(?!{YEH}{{3}}(?:[{HEH}{ALEF}{TEH}{WAW}]|$))(.)\1{{2,}}")
"""Three yehs before an ending or at the end are those of a hamza and an adjective: بيئية, بيئي."""
_TWICE = re.compile(r"(.)\1+")
_FOREIGN = 5
"""Letters of a word from which on a change of one letter leaves it recognisable."""
_LONG = 7
"""The same where the word takes the article, as few foreign ones do."""
_DEFINITE = 0.05
"""Share of a word's occurrences with the article that shows that it is no foreign name."""
_CLITICS = (WAW, FEH, BEH, LAM)
_OWNED = (TEH + HEH, HEH + ALEF, HEH + MEEM)
"""Pronouns, which foreign names seldom end like."""
_RIVALS = 300
"""How many times as often one of two spellings may be attested."""


@cache
def listed() -> dict[str, str]:
    """Folded spelling to the one that stands for it."""
    return {
        fold_letters(spelling): fold_letters(row[0])
        for row in load_rows("spellings.tsv")
        for spelling in row[1:]
    }


@cache
def standard() -> frozenset[str]:
    """The folded spellings that stand for others: nothing more is done to them."""
    return frozenset(fold_letters(row[0]) for row in load_rows("spellings.tsv"))


@cache
def all_listed() -> frozenset[str]:
    """The folded spellings of the list, in one set: most words are not in it."""
    return standard().union(listed())


def is_listed(word: str) -> bool:
    """Whether a folded word is a spelling in the list."""
    return word in all_listed()


def unstretched(word: str, evidence: Evidence) -> str:
    """A letter three times and more in a row once or twice, whichever is attested more often.

    >>> مبروووك -> مبروك, الللله -> الله
    """
    if len(word) - len(set(word)) < 2 or not _STRETCHED.search(word):  # the first is the quicker to tell
        return word
    twice = _STRETCHED.sub(r"\1\1", word)
    return max(_STRETCHED.sub(r"\1", word), twice, _TWICE.sub(r"\1", word), key=evidence.count)


def one_spelling(word: str, evidence: Evidence) -> str:
    """The spelling that stands for a word: by the list, else with ghain for a foreign g, or the usual vowels.

    >>> اميركي -> امريكي, انجولا -> انغولا, مانشيستر -> مانشستر; not مجموعه -> مغموعه
    """
    if word in all_listed():
        return listed().get(word, word)
    if JEEM in word and (found := with_ghain(word, evidence)):
        return found
    return word if len(word) < LEAST else with_vowels(word, evidence) or word


def with_ghain(word: str, evidence: Evidence) -> str | None:
    """A foreign word with ghain where it has jeem, if that is attested too; article and table know no such.

    >>> انجولا -> انغولا; not جاليه -> غاليه, بجربه -> بغربه
    """
    if len(word) < _FOREIGN or word.endswith(_OWNED) or evidence.lemmas(word):
        return None
    if len(word) < _LONG and evidence.count(ARTICLE + word) > _DEFINITE * evidence.count(word):
        return None
    if word[0] in _CLITICS and evidence.total(word[1:]) > evidence.count(word):
        return None
    other = word.replace(JEEM, GHAIN)
    if evidence.lemmas(other) and evidence.takes_article(other):
        return None
    own, rival = max(evidence.count(word), 1), evidence.count(other)
    return other if rival and max(own, rival) <= _RIVALS * min(own, rival) else None
