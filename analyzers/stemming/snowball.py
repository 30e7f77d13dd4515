"""Stems by snowball, through PyStemmer: the same stems as snowballstemmer's, a hundred times as fast.

A stemmer object is not safe to share between threads, so each thread has its own.
"""

from __future__ import annotations

import threading

import snowballstemmer

from kashshaf.analyzers import letters as ar

_SHORTEST = 3
_own = threading.local()


def _stemmer(language: str) -> snowballstemmer.basestemmer.BaseStemmer:
    found = getattr(_own, language, None)
    if found is None:
        found = snowballstemmer.stemmer(language)
        setattr(_own, language, found)
    return found


def stem_arabic(word: str) -> str:
    """The snowball stem of a folded Arabic word.

    A last heh is given to snowball as teh marbuta, since folding made them one and snowball takes the
    ending off in more words under that name.
    """
    if len(word) <= _SHORTEST:
        return word
    ending = ar.TEH_MARBUTA if word.endswith(ar.HEH) else word[-1]
    stem: str = _stemmer("arabic").stemWord(word[:-1] + ending)
    return stem.replace(ar.TEH_MARBUTA, ar.HEH) or word


def stem_latin(word: str) -> str:
    """The English snowball stem of a word in Latin letters; any other word as it is."""
    if not word.isascii() or not word.isalpha():
        return word
    stem: str = _stemmer("english").stemWord(word)
    return stem or word
