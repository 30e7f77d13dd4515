"""A date in a short line beside other things: «سالم حداد - 24 مايو 2016 | 1540 مشاهدة».

Only words that dates are made of are looked at, and what is found must be a date by itself: a day, or an age.
For lines of which it is known that they date something; nothing is picked out of running text.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from itertools import product
from typing import NamedTuple

from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.index.dates.ages import NAMED_WORDS
from kashshaf.index.dates.parser import is_age, looks_like_date, parse_date
from kashshaf.index.dates.words import (
    by_role,
    hijri_months,
    hijri_praise,
    libyan_months,
    months,
    rows,
    tokens,
    weekdays,
)

LONGEST_LINE = 200
"""Characters of a line that a date is looked for in."""
_MOST_CUT = 2
"""Words at an end of a run that belong to what stands beside it: a person may be called like a month."""
_MOST_RUNS = 3
_FIGURES = re.compile(r"[\d/.:+tz-]*\d[\d/.:+tz-]*\w?")
_ANY_BASE = datetime(2000, 1, 1, tzinfo=UTC)
"""A moment to count ages back from, to see that they have a length."""
_NUMBER = re.compile(r"\d+")
_SIGNS = " \t|·•,;:()[]{}-–—،؛«»\"'\u200e\u200f"


class Within(NamedTuple):
    """A date in a line, with what stands before and after it, without the signs between."""

    before: str
    date: str
    after: str


def find_date(line: str) -> Within | None:
    """Find the longest date in a short line; None where there is none, or only a month or a year."""
    words = line.split() if len(line) <= LONGEST_LINE else []
    for start, end in sorted(_runs(words), key=lambda run: run[0] - run[1])[:_MOST_RUNS]:
        for left, right in sorted(product(range(_MOST_CUT + 1), repeat=2), key=sum):
            text = " ".join(words[start + left : end - right]).strip(_SIGNS)
            if text and _is_day(text):
                before, after = words[: start + left], words[end - right :]
                return Within(" ".join(before).strip(_SIGNS), text, " ".join(after).strip(_SIGNS))
    return None


def _runs(words: list[str]) -> list[tuple[int, int]]:
    """The ranges of neighbouring words that may be of a date."""
    runs: list[tuple[int, int]] = []
    for at, word in enumerate(words):
        if not _may_date(word):
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _may_date(word: str) -> bool:
    folded = fold_text(word).strip(_SIGNS)
    parts = tokens(folded)
    return not folded or bool(_FIGURES.fullmatch(folded)) or (bool(parts) and _words().issuperset(parts))


def _is_day(text: str) -> bool:
    """Tell whether a text is an age of known length, or a date of more than a month and a year."""
    if not looks_like_date(text):
        return False
    if is_age(text):
        return parse_date(text, _ANY_BASE, UTC) is not None
    return len(_NUMBER.findall(fold_text(text))) > 1


@cache
def _words() -> frozenset[str]:
    """Return the folded words, one by one, that dates, times of day and ages are made of."""
    named = (*months(), *libyan_months(), *hijri_months(), *weekdays(), *by_role("date_words", *_ROLES))
    listed = (word for name in _LISTS for word, *_ in rows(name))
    pieces = (piece for name in (*named, *listed) for piece in tokens(name))
    return frozenset(pieces) | NAMED_WORDS | hijri_praise() | frozenset(("gmt", "utc"))


_ROLES = ("filler", "era", "hijri", "link")
_LISTS = ("units", "numbers", "fractions", "halves", "age_words")
