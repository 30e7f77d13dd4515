"""Rival spellings of one word, letters repeated for emphasis, and words written without the space between."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from analyzers.data import load_rows
from analyzers.folding import fold_letters
from analyzers.letters import AIN, ALEF, ARTICLE, BEH, DAL, FEH, GHAIN, JEEM, LAM, MEEM, NOON, WAW, YEH

if TYPE_CHECKING:
    from analyzers.stemming.evidence import Evidence

_STRETCHED = re.compile(r"(.)\1{2,}")
_TWICE = re.compile(r"(.)\1+")
_FOREIGN = 5
"""Letters of a word from which on a change of one letter leaves it recognisable."""
_LONG = 7
"""The same where the word takes the article, as few foreign ones do."""
_DEFINITE = 0.05
"""Share of a word's occurrences with the article that shows that it is no foreign name."""
_CLITICS = (WAW, FEH, BEH, LAM)
_RIVALS = 300
"""How many times as often one of two spellings may be attested."""
_PART = 2
_ABD_AL = AIN + BEH + DAL + ARTICLE
"""Begins names that are written with and without a space."""
_PART_ATTESTED = 50
_LONGEST_SPLIT = 20


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


def is_listed(word: str) -> bool:
    """Whether a folded word is a spelling in the list."""
    return word in listed() or word in standard()


def unstretched(word: str, evidence: Evidence) -> str:
    """A letter three times and more in a row once or twice, whichever is attested more often.

    >>> مبروووك -> مبروك, الللله -> الله
    """
    if len(word) - len(set(word)) < 2 or not _STRETCHED.search(word):  # the first is the quicker to tell
        return word
    twice = _STRETCHED.sub(r"\1\1", word)
    return max(_STRETCHED.sub(r"\1", word), twice, _TWICE.sub(r"\1", word), key=evidence.count)


def one_spelling(word: str, evidence: Evidence) -> str:
    """The spelling that stands for a word: by the list, else for a foreign g the one with ghain.

    >>> اميركي -> امريكي, انجولا -> انغولا; not مجموعه -> مغموعه
    """
    found = listed().get(word)
    if found:
        return found
    return with_ghain(word, evidence) or word


def with_ghain(word: str, evidence: Evidence) -> str | None:
    """A foreign word with ghain where it has jeem, if that is attested too; article and table know no such.

    >>> انجولا -> انغولا; not جاليه -> غاليه, بجربه -> بغربه
    """
    if JEEM not in word or len(word) < _FOREIGN or evidence.lemmas(word):
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


def two_words(word: str, evidence: Evidence) -> tuple[str, str] | None:
    """The two words of an unattested one that a space is missing from.

    >>> الحوارمع -> الحوار مع, دارالنشر -> دار النشر
    """
    if not 5 <= len(word) <= _LONGEST_SPLIT:
        return None
    if word.startswith(_ABD_AL) and len(word) >= len(_ABD_AL) + 2:
        return word[:3], word[3:]
    if evidence.count(word) > 1 or not (ARTICLE in word[_PART:] or word.endswith(prepositions())):
        return None  # most words: then no cut has the parts that are asked for
    cuts = ((word[:at], word[at:]) for at in range(_PART, len(word) - 1))
    found = [cut for cut in cuts if _parts(*cut, evidence)]
    return max(found, key=lambda cut: min(map(evidence.count, cut)), default=None)


@cache
def prepositions() -> tuple[str, ...]:
    """Folded prepositions, with which a definite word cannot end."""
    return (MEEM + AIN, AIN + NOON, MEEM + NOON, FEH + YEH, ALEF + LAM + YEH, AIN + LAM + YEH)


def _parts(left: str, right: str, evidence: Evidence) -> bool:
    if right.startswith(ARTICLE) and len(right) > 4:
        return len(left) > 2 and min(evidence.count(left), evidence.count(right)) > _PART_ATTESTED
    defined = left.startswith((ARTICLE, BEH + ARTICLE, WAW + ARTICLE)) and len(left) > 5
    return defined and right in prepositions() and evidence.count(left) > 1
