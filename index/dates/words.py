"""The words that dates are written in, folded so that every spelling of one meets.

Month and weekday names are CLDR's (through Babel) in its regional sets; what stands here by hand are the
spellings that papers use beside them, Libya's names of 1986 to 2011, and the Hijri months, which Babel lacks.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from babel.dates import get_day_names, get_month_names

from analyzers.folding import fold_text

LONGEST = 120
"""Characters: no date or age is written longer than this, so nothing longer is looked at."""

_MONTH_LOCALES = ("ar", "ar_SY", "ar_DZ", "ar_MA", "ar_MR", "en")
_MONTH_SPELLINGS = {
    1: ("كانون ثاني", "كانون ثان", "كانون 2", "ك 2"),
    4: ("نيسان",),
    5: ("ايار",),
    6: ("يونية", "يونيه"),
    7: ("يولية", "يوليه", "جويليه"),
    8: ("اغسطس", "آوت"),
    9: ("سيبتمبر",),
    10: ("تشرين اول", "تشرين 1", "ت 1", "أوكتوبر"),
    11: ("تشرين ثاني", "تشرين ثان", "تشرين 2", "ت 2"),
    12: ("كانون اول", "كانون 1", "ك 1"),
}
"""Beside CLDR's names; «ت 2» and «ك 1» are Lebanon's short forms."""
_LIBYAN = (
    "أي النار", "النوار", "الربيع", "الطير", "الماء", "الصيف",
    "ناصر", "هانيبال", "الفاتح", "التمور", "الحرث", "الكانون",
)  # fmt: skip
"""In use from 1986 to 2011; everyday words, so that they are months only beside a day."""
_FIRST, _SECOND = ("الأول", "أول", "1"), ("الآخر", "آخر", "الثاني", "ثاني", "ثان", "2")
_FIRST_F, _SECOND_F = ("الأولى", "أولى"), ("الآخرة", "آخرة", "الثانية", "ثانية")
_JUMADA = ("جمادى", "جماد", "جمادا")
_OWNER = ("ذو", "ذي", "ذا")
_HIJRI_MONTHS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("محرم", "المحرم"),),
    (("صفر",),),
    (("ربيع",), _FIRST),
    (("ربيع",), _SECOND),
    (_JUMADA, (*_FIRST, *_FIRST_F)),
    (_JUMADA, (*_SECOND, *_SECOND_F)),
    (("رجب",),),
    (("شعبان",),),
    (("رمضان",),),
    (("شوال",),),
    (_OWNER, ("القعدة", "قعدة")),
    (_OWNER, ("الحجة", "حجة")),
)
"""Each month's name: a choice of first words, and of second ones."""
_HIJRI_PRAISE = ("الحرام", "الخير", "المظفر", "الفرد", "المعظم", "المبارك", "الكريم", "المكرم")
_WEEKDAYS = (
    ("الإثنين", "الاثنان", "إثنين", "الاتنين"),
    ("الثلاثاء", "الثلثاء", "الثلاثا", "ثلاثاء"),
    ("الأربعاء", "الاربعا", "أربعاء"),
    ("الخميس", "خميس"),
    ("الجمعة", "جمعة"),
    ("السبت", "سبت"),
    ("الأحد", "أحد"),
)
"""From Monday on, as Python and Babel count."""

_TOKEN = re.compile(r"\d+|[^\W\d_]+")


def tokens(folded: str) -> list[str]:
    """Numbers and words of a folded text, in order; everything else parts them."""
    return _TOKEN.findall(folded)


@cache
def months() -> dict[str, int]:
    """Folded month names of one or two words -> 1 to 12."""
    names = {
        fold_text(name): number
        for locale in _MONTH_LOCALES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
    }
    return names | {fold_text(name): number for number, more in _MONTH_SPELLINGS.items() for name in more}


@cache
def libyan_months() -> dict[str, int]:
    """Folded names of Libya's months of 1986 to 2011, of one or two words -> 1 to 12."""
    return {fold_text(name): number for number, name in enumerate(_LIBYAN, 1)}


@cache
def hijri_months() -> dict[str, int]:
    """Folded names of the Hijri months, of one or two words, also written together -> 1 to 12."""
    names: dict[str, int] = {}
    for number, choices in enumerate(_HIJRI_MONTHS, 1):
        for words in product(*choices):
            names[fold_text(" ".join(words))] = names[fold_text("".join(words))] = number
    return names


@cache
def hijri_praise() -> frozenset[str]:
    """Folded words that praise a Hijri month after its name: «رمضان المبارك»."""
    return frozenset(map(fold_text, _HIJRI_PRAISE))


@cache
def weekdays() -> dict[str, int]:
    """Folded names of the days of the week -> 0 (Monday) to 6."""
    names = {fold_text(name): number for number, more in enumerate(_WEEKDAYS) for name in more}
    for known in (
        get_day_names("wide", locale="ar"),
        get_day_names("wide", locale="en"),
        get_day_names("abbreviated", locale="en"),
    ):
        names |= {fold_text(name): number for number, name in known.items()}
    return names
