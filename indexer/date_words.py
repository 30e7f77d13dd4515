"""The words that dates are written in, folded so that every spelling of one meets.

Month and weekday names are CLDR's (through Babel) in its three regional sets and the Moroccan one; what
stands here by hand are the spellings that papers use beside them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel.dates import get_day_names, get_month_names

from analyzers.letters import ALEF_MAKSURA, HEH, TATWEEL, TEH_MARBUTA, YEH

LONGEST = 120
"""Characters: no date or age is written longer than this, so nothing longer is looked at."""

COMMA = "\u060c"

_MONTH_LOCALES = ("ar", "ar_SY", "ar_DZ", "ar_MA", "ar_MR", "en")
_MONTH_SPELLINGS = {
    4: ("نيسان",),
    5: ("ايار",),
    6: ("يونية", "يونيه"),
    7: ("يولية", "يوليه", "جويليه"),
    8: ("اغسطس", "آوت"),
    10: ("تشرين اول",),
    11: ("تشرين ثاني",),
    12: ("كانون اول",),
    1: ("كانون ثاني",),
}
_WEEKDAY_SPELLINGS = ("الإثنين", "الاثنان", "الثلثاء", "الاحد")

_DROPPED = ("Mn", "Cf", "Me")
_LETTERS = str.maketrans({TEH_MARBUTA: HEH, ALEF_MAKSURA: YEH, TATWEEL: None, COMMA: ","})
_TOKEN = re.compile(r"\d+|[^\W\d_]+")


def fold(text: str) -> str:
    """``text`` without marks, hamzas, tatweel and invisible characters, digits as 0-9, in lower case.

    Compatibility decomposition takes the hamza and the madda off their letters, opens presentation forms
    and leaves the marks standing alone, to be dropped.
    """
    apart = unicodedata.normalize("NFKD", text)
    kept = "".join(_western(char) for char in apart if unicodedata.category(char) not in _DROPPED)
    return " ".join(kept.translate(_LETTERS).lower().split())


def _western(char: str) -> str:
    value = unicodedata.decimal(char, None) if char.isdigit() else None
    return char if value is None else str(value)


def tokens(folded: str) -> list[str]:
    """Numbers and words of a folded text, in order; everything else parts them."""
    return _TOKEN.findall(folded)


@cache
def months() -> dict[str, int]:
    """Folded month names of one or two words -> 1 to 12."""
    names = {
        fold(name): number
        for locale in _MONTH_LOCALES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
    }
    return names | {fold(name): number for number, more in _MONTH_SPELLINGS.items() for name in more}


@cache
def weekdays() -> frozenset[str]:
    """Folded names of the days of the week."""
    names = [*get_day_names("wide", locale="ar").values(), *get_day_names("wide", locale="en").values()]
    names += get_day_names("abbreviated", locale="en").values()
    return frozenset(fold(name) for name in (*names, *_WEEKDAY_SPELLINGS))
