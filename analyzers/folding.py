"""The letter rules of the folded level in one pass, for plain words and tables of them."""

from __future__ import annotations

from analyzers import letters as ar

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
    for letter, folded in _FOLDED:
        word = word.replace(letter, folded)
    return word
