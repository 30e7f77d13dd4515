"""Three letters in a row: what words have in common where no rule sees that they are related."""

from __future__ import annotations

LENGTH = 3


def grams_of(word: str) -> tuple[str, ...]:
    """The different runs of three letters in a folded word; a shorter word is one by itself.

    >>> سعوديه -> سعو عود ودي ديه; في -> في
    """
    last = max(1, len(word) - LENGTH + 1)
    return tuple(dict.fromkeys(word[at : at + LENGTH] for at in range(last)))
