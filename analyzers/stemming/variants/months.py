"""The months, which each region has its own names for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.orthography.folding import fold_letters

if TYPE_CHECKING:
    from kashshaf.analyzers.stemming.evidence import Evidence


@cache
def months() -> dict[str, str]:
    """Every folded name of a month, to the one that stands for it; those of two words with a space."""
    return {fold_letters(name): fold_letters(row[0]) for row in load_rows("months.tsv") for name in row}


def month(word: str, _: Evidence) -> str | None:
    """The name that stands for a month; asked of words as they are written, not of what they come from.

    >>> جانفي -> يناير, شباط -> فبراير, نونبر -> نوفمبر; not مايكل
    """
    return months().get(word)
