"""Countries and what is said to be of them: who looks for Syria looks for what is Syrian."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.orthography.folding import fold_letters

if TYPE_CHECKING:
    from kashshaf.analyzers.stemming.evidence import Evidence


@cache
def countries() -> dict[str, str]:
    """Folded adjective to its folded country, where the country ends in alef."""
    rows = load_rows("places.tsv")
    return {
        fold_letters(adjective): fold_letters(place)
        for place, *adjectives in rows
        for adjective in adjectives
    }


def country(word: str, evidence: Evidence) -> str | None:  # noqa: ARG001 # a step like the others
    """The country of its adjective.

    >>> سوري -> سوريا, فرنسي -> فرنسا; not عربي -> عربيا
    """
    return countries().get(word)
