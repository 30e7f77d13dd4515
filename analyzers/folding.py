"""The letter rules of the folded level in one pass, for plain words and tables of them."""

from __future__ import annotations

from analyzers import letters as ar
from analyzers.normalize import fold_last_hamza, fold_wrong_seat

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
