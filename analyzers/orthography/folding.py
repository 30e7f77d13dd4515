"""The letter rules of the folded level in one pass, for plain words and tables of them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from kashshaf.analyzers import letters as ar
from kashshaf.analyzers.letters import (
    ALEF_MAKSURA,
    COMMA,
    FARSI_YEH,
    HEH,
    HEH_DOACHASHMEE,
    HEH_GOAL,
    KAF,
    KEHEH,
    TATWEEL,
    TEH_MARBUTA,
    YEH,
)
from kashshaf.analyzers.orthography.normalize import fold_last_hamza, fold_wrong_seat

_FOLDED = (
    (ar.ALEF_MADDA, ar.ALEF),
    (ar.ALEF_HAMZA_ABOVE, ar.ALEF),
    (ar.ALEF_HAMZA_BELOW, ar.ALEF),
    (ar.WAW_HAMZA, ar.WAW),
    (ar.YEH_HAMZA, ar.YEH),
    (ar.ALEF_MAKSURA, ar.YEH),
    (ar.TEH_MARBUTA, ar.HEH),
)


def fold_letters(word: str) -> str:
    """A word of Arabic letters without marks, as at the folded level.

    By ``str.replace``, since most words have none of these letters: ``str.translate`` takes twice as long.
    """
    if word[-1:] == ar.HAMZA:
        word = fold_last_hamza(word)
    if ar.YEH_HAMZA in word:
        word = fold_wrong_seat(word)
    return fold_each_letter(word)


def fold_each_letter(text: str) -> str:
    """The same without the rules that look at a whole word, for many words at once."""
    for letter, folded in _FOLDED:
        text = text.replace(letter, folded)
    return text


_DROPPED = ("Mn", "Cf", "Me")
_LETTERS = str.maketrans(
    {
        TEH_MARBUTA: HEH,
        HEH_DOACHASHMEE: HEH,
        HEH_GOAL: HEH,
        ALEF_MAKSURA: YEH,
        FARSI_YEH: YEH,
        KEHEH: KAF,
        TATWEEL: None,
        COMMA: ",",
    }
)


def fold_text(text: str) -> str:
    """``text`` without marks, hamzas, tatweel and invisible characters, digits as 0-9, in lower case.

    Compatibility decomposition takes the hamza and the madda off their letters, opens presentation forms
    and leaves the marks standing alone, to be dropped.
    """
    plain = text if text.isascii() else "".join(map(_plain, unicodedata.normalize("NFKD", text)))
    return " ".join(plain.lower().split())


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if unicodedata.category(char) in _DROPPED:
        return ""
    value = unicodedata.decimal(char, None) if char.isdigit() else None
    return char.translate(_LETTERS) if value is None else str(value)
