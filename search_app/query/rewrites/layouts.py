"""Keyboard layouts: which Arabic letters and which Latin characters share a key, and which keys touch."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.letters import ALEF, LAM
from kashshaf.analyzers.orthography.folding import fold_letters

LAM_ALEF = LAM + ALEF
"""One key, and two letters: ``b`` and ``gh`` give the same."""


def as_arabic(text: str) -> list[str]:
    """Arabic texts that the keys of a Latin text give, by layout; capitals with shift, then without."""
    typed = [text] if text.islower() else [text, text.lower()]
    return list(dict.fromkeys(each.translate(keys) for keys in _layouts().values() for each in typed))


def as_latin(text: str) -> list[str]:
    """Latin texts that the keys of an Arabic text give, by layout; lam-alef as the one key, then as two."""
    found: list[str] = []
    for keys in _layouts().values():
        letters = {arabic: chr(key) for key, arabic in keys.items() if len(arabic) == 1}
        one_key = next(chr(key) for key, arabic in keys.items() if arabic == LAM_ALEF)
        table = {ord(arabic): key for arabic, key in letters.items()}
        found += [each.translate(table) for each in (text.replace(LAM_ALEF, one_key), text)]
    return list(dict.fromkeys(found))


def has_keys(text: str) -> bool:
    """Tell whether a text has a character that gives an Arabic letter on the other layout."""
    return any(ord(char) in keys for keys in _layouts().values() for char in text)


def neighbours(letter: str) -> str:
    """The folded letters whose keys touch a key of a folded letter."""
    return _neighbours().get(letter, "")


@cache
def _layouts() -> dict[str, dict[int, str]]:
    """The Arabic letters of each layout by the code points of its Latin keys."""
    found: dict[str, dict[int, str]] = {}
    for name, keys, letters in load_rows("layouts.tsv"):
        found.setdefault(name, {}).update(zip(map(ord, keys), letters.split(), strict=True))
    return dict(reversed(found.items()))  # the commoner one first


@cache
def _neighbours() -> dict[str, str]:
    """Keys beside each other in a row, or touching in the next row, which is set off by half a key."""
    rows = [
        letters.split()
        for name, keys, letters in load_rows("layouts.tsv")
        if name == "us" and "G" not in keys
    ]
    top, home, bottom = sorted(rows, key=len, reverse=True)
    top = top[1:]  # the key before the first letter of the row
    pairs = [pair for row in (top, home, bottom) for pair in pairwise(row)]
    for upper, lower in ((top, home), (home, bottom)):
        pairs += [*zip(upper, lower, strict=False), *zip(upper[1:], lower, strict=False)]
    found: dict[str, str] = {}
    for one, other in pairs:
        if LAM_ALEF not in (one, other):
            found[fold_letters(one)] = found.get(fold_letters(one), "") + fold_letters(other)
            found[fold_letters(other)] = found.get(fold_letters(other), "") + fold_letters(one)
    return found
