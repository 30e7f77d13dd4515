"""Words of dates, folded so that every spelling of one meets.

Names of months and weekdays are CLDR's in its regional sets (``bench/shipped/cldr.py`` takes them over). The
other lists in ``data`` add the spellings that papers use beside them, Libya's months of 1986 to 2011, and
the Hijri months.
"""

from __future__ import annotations

import re
from functools import cache

from kashshaf.analyzers.data import load_rows, load_words
from kashshaf.analyzers.orthography.folding import fold_text

LONGEST = 120
"""Most characters of a date or an age; longer texts are not read."""

_DATA = "kashshaf.index.dates.data"
_TOKEN = re.compile(r"\d+|[^\W\d_]+")


def rows(name: str) -> list[list[str]]:
    """Read a table of ``data``, the first cell of each row folded."""
    return [[fold_text(word), *cells] for word, *cells in load_rows(f"{name}.tsv", _DATA)]


def by_role(name: str, *roles: str) -> frozenset[str]:
    """Read the folded words that have one of ``roles`` in a table of words and roles."""
    return frozenset(word for word, role in rows(name) if role in roles)


def tokens(folded: str) -> list[str]:
    """Return the numbers and words of a folded text, in order; other characters part them."""
    return _TOKEN.findall(folded)


@cache
def months() -> dict[str, int]:
    """Return folded month names of one or two words -> 1 to 12."""
    return _of_cldr("month") | _numbered("months")


@cache
def libyan_months() -> dict[str, int]:
    """Return folded names of Libya's months of 1986 to 2011, of one or two words -> 1 to 12."""
    return _numbered("libyan_months")


@cache
def hijri_months() -> dict[str, int]:
    """Return folded names of the Hijri months, of one or two words, also written together -> 1 to 12."""
    apart = _numbered("hijri_months")
    return apart | {name.replace(" ", ""): number for name, number in apart.items()}


@cache
def hijri_praise() -> frozenset[str]:
    """Return folded words that praise a Hijri month after its name: «رمضان المبارك»."""
    return frozenset(map(fold_text, load_words("hijri_praise.txt", _DATA)))


@cache
def weekdays() -> dict[str, int]:
    """Return folded names of the days of the week -> 0 (Monday) to 6."""
    return _numbered("weekdays") | _of_cldr("day")


def _of_cldr(kind: str) -> dict[str, int]:
    named = load_rows("cldr_names.tsv", _DATA)
    return {fold_text(name): int(number) for name, found, number in named if found == kind}


def _numbered(name: str) -> dict[str, int]:
    return {word: int(number) for word, number in rows(name)}
