"""The form typed: a word with its clitics on and off, beside which other forms of its stem come second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import STEM
from kashshaf.analyzers.letters import ARTICLE, BEH, FEH, KAF, LAM, WAW

if TYPE_CHECKING:
    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.arabic import Token

_FOR_THE = LAM + LAM
PROCLITICS = (
    "",
    WAW,
    FEH,
    BEH,
    LAM,
    KAF,
    WAW + BEH,
    WAW + LAM,
    ARTICLE,
    WAW + ARTICLE,
    FEH + ARTICLE,
    BEH + ARTICLE,
    KAF + ARTICLE,
    WAW + BEH + ARTICLE,
    _FOR_THE,
    WAW + _FOR_THE,
)
"""What may be written together with the beginning of a word."""
_SHORTEST = 3
"""Letters that a proclitic leaves at least."""


def spellings(token: Token, analyzer: Analyzer) -> tuple[str, ...]:
    """The folded form of a word with each proclitic, as far as these have its stem; none for a stop word.

    نطاقات: also النطاقات and والنطاقات; not نطاق.
    """
    if not token.forms.stem or not token.forms.folded:
        return ()
    stems, typed = analyzer.terms(STEM), token.forms.folded[0]

    def is_form(word: str) -> bool:
        return stems[word] == token.forms.stem

    bare = [typed[len(each) :] for each in PROCLITICS if each and typed.startswith(each)]
    base = min([typed, *(word for word in bare if len(word) >= _SHORTEST and is_form(word))], key=len)
    forms = (proclitic + base for proclitic in PROCLITICS)
    return tuple(dict.fromkeys([typed, *filter(is_form, forms)]))
