"""Names of several words that are also written as one, or have a rival of one word: فيس بوك, كانون الثاني.

In a text they have one more token, as numbers in words have: the name as one word, by which the two meet.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.letters import ARTICLE, BEH, FEH, KAF, LAM, WAW
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.analyzers.stemming.variants.months import months

if TYPE_CHECKING:
    from collections.abc import Sequence

    Words = tuple[str, ...]

_CLITICS = (
    *("", WAW, FEH, BEH, LAM, KAF, ARTICLE, LAM + LAM),
    *(first + ARTICLE for first in (WAW, FEH, BEH, KAF)),
    *(WAW + second for second in (BEH, LAM)),
)
"""What a name may have before it."""


@cache
def foreign() -> dict[Words, str]:
    """The folded words of foreign names, to the name as one word."""
    names = (tuple(map(fold_letters, name.split())) for (name,) in load_rows("foreign.tsv"))
    return {words: "".join(words) for words in names}


@cache
def known() -> dict[Words, str]:
    """The folded words of every name, to the word that stands for it."""
    spaced = ((words, month) for name, month in months().items() if len(words := tuple(name.split())) > 1)
    return foreign() | dict(spaced)


def word_of_name(folded: str) -> str:
    """A word that may be part of a name, without what may stand before the name; nothing for any other."""
    return _words().get(folded, "")


def goes_on(words: Sequence[str]) -> bool:
    """Whether words of names in a row are a name or the beginning of one."""
    return tuple(words) in _beginnings()


def clitics() -> Words:
    """What may be written together with the first word of a name."""
    return _CLITICS


@cache
def _words() -> dict[str, str]:
    firsts = {clitic + words[0]: words[0] for clitic in _CLITICS for words in known()}
    return firsts | {word: word for words in known() for word in words}


@cache
def _beginnings() -> frozenset[Words]:
    return frozenset(words[:end] for words in known() for end in range(1, len(words) + 1))
