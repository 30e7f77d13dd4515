"""Numbers, counted nouns, dates and addresses in Arabic, by the rules of CLDR."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from kashshaf.analyzers import letters
from kashshaf.search_app.web.cldr import arabic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.results.shapes import AlsoAt

NOUNS: dict[str, dict[str, str]] = {
    "result": {
        "zero": "لا نتائج",
        "one": "نتيجة واحدة",
        "two": "نتيجتان",
        "few": "{n} نتائج",
        "many": "{n} نتيجة",
        "other": "{n} نتيجة",
    },
    "show": {
        "zero": "لا نتائج",
        "one": "اعرض النتيجة",
        "two": "اعرض النتيجتين",
        "few": "اعرض {n} نتائج",
        "many": "اعرض {n} نتيجة",
        "other": "اعرض {n} نتيجة",
    },
    "article": {
        "zero": "لا مقالات",
        "one": "مقال واحد",
        "two": "مقالان",
        "few": "{n} مقالات",
        "many": "{n} مقالاً",
        "other": "{n} مقال",
    },
    "comment": {
        "zero": "لا تعليقات",
        "one": "تعليق واحد",
        "two": "تعليقان",
        "few": "{n} تعليقات",
        "many": "{n} تعليقاً",
        "other": "{n} تعليق",
    },
    "matching": {
        "zero": "لا تعليقات مطابقة",
        "one": "تعليق مطابق واحد",
        "two": "تعليقان مطابقان",
        "few": "{n} تعليقات مطابقة",
        "many": "{n} تعليقاً مطابقاً",
        "other": "{n} تعليق مطابق",
    },
    "like": {
        "zero": "لا إعجابات",
        "one": "إعجاب واحد",
        "two": "إعجابان",
        "few": "{n} إعجابات",
        "many": "{n} إعجاباً",
        "other": "{n} إعجاب",
    },
    "elsewhere": {
        "zero": "",
        "one": "موضع آخر",
        "two": "موضعين آخرين",
        "few": "{n} مواضع أخرى",
        "many": "{n} موضعاً آخر",
        "other": "{n} موضع آخر",
    },
    "word": {
        "zero": "لا كلمات",
        "one": "كلمة واحدة",
        "two": "كلمتان",
        "few": "{n} كلمات",
        "many": "{n} كلمة",
        "other": "{n} كلمة",
    },
    "time": {
        "zero": "",
        "one": "مرة واحدة",
        "two": "مرتين",
        "few": "{n} مرات",
        "many": "{n} مرة",
        "other": "{n} مرة",
    },
}
"""Counted nouns in the six plural forms of Arabic (CLDR); ``{n}`` is the number."""

HOUR = timedelta(hours=1)
RECENT = timedelta(days=7)
"""The age up to which an age says more than a date."""
TODAY, YESTERDAY = "اليوم", "أمس"
_SKELETONS: dict[str, Literal["yMMMMd", "yMMMM", "y"]] = {
    "second": "yMMMMd",
    "day": "yMMMMd",
    "month": "yMMMM",
    "year": "y",
}
_ISO_LENGTH = {"day": 10, "month": 7, "year": 4}
_ARABIC_DIGITS = str.maketrans(letters.WESTERN_DIGITS, letters.ARABIC_DIGITS)


@dataclass(frozen=True, slots=True)
class Presenter:
    """Writes numbers and dates with ``digits`` (latin or arabic) in the time zone ``zone``."""

    digits: str
    zone: ZoneInfo

    @classmethod
    def from_settings(cls, settings: Settings) -> Presenter:
        """The presenter by the settings."""
        return cls(settings.digits, ZoneInfo(settings.timezone))

    def number(self, value: int) -> str:
        """An integer with thousands parted, in the digits of the setting."""
        return self._digits(arabic.decimal(value, "arab" if self.digits == "arabic" else "latn"))

    def count(self, value: int, noun: str) -> str:
        """A key of ``NOUNS`` counted: ``نتيجتان``, ``3 نتائج``, ``11 نتيجة``."""
        return NOUNS[noun][arabic.plural(value)].format(n=self.number(value))

    def date(self, iso: str | None, precision: str | None) -> str:
        """A date in Arabic at its precision; empty for None and for text that is no ISO 8601 date."""
        moment = _moment(iso)
        if moment is None:
            return ""
        if precision == "second" and moment.tzinfo is not None:
            moment = _in_zone(moment, self.zone)
        skeleton = _SKELETONS.get(precision or "day", "yMMMMd")
        return self._digits(arabic.written(moment, skeleton))

    def age(self, iso: str | None, precision: str | None, now: datetime | None = None) -> str:
        """The age of a recent moment or day («قبل 3 ساعات», «أمس»); else its date as :meth:`date` has it."""
        moment = _moment(iso)
        if moment is None or precision not in ("second", "day"):
            return self.date(iso, precision)
        now = (now or datetime.now(UTC)).astimezone(self.zone)
        if precision == "second" and moment.tzinfo is not None:
            moment = _in_zone(moment, self.zone)
        told = _age(moment.replace(tzinfo=None), now.replace(tzinfo=None), exact=precision == "second")
        return self._digits(told) or self.date(iso, precision)

    def _digits(self, text: str) -> str:
        return text.translate(_ARABIC_DIGITS) if self.digits == "arabic" else text


def _moment(iso: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def _age(moment: datetime, now: datetime, *, exact: bool) -> str:
    """How long ago a moment was, or its day where it is not ``exact``; empty where the date says more."""
    passed = now - moment
    days = (now.date() - moment.date()).days
    if exact and timedelta(0) <= passed < timedelta(hours=12):
        return arabic.ago(passed, "hour" if passed >= HOUR else "minute")
    if days < 0 or passed > RECENT:
        return ""
    if days < 2:
        return YESTERDAY if days else TODAY
    return arabic.ago(timedelta(days=days), "day")


def _in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    try:
        return moment.astimezone(zone)
    except (OverflowError, ValueError):  # the first and last day of the calendar
        return moment


def machine_date(iso: str | None, precision: str | None) -> str:
    """The ``datetime`` attribute of a ``<time>``: the ISO date cut to its precision."""
    if not iso or _moment(iso) is None:
        return ""
    return iso[: _ISO_LENGTH.get(precision or "day", len(iso))]


_IN_NO_HOST = re.compile(r"[\s\"'<>\\^`{}|;,@*]")
"""Signs that stand in no host and port; a name and password before them are none of an article's either."""


def web_url(value: str) -> str:
    """The address if a page may link to it (http or https, with a host), else empty."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    sound = parts.scheme in ("http", "https") and parts.hostname and not _IN_NO_HOST.search(parts.netloc)
    return value if sound else ""


def host(value: str) -> str:
    """The host of an address that :func:`web_url` lets through, without ``www.``; else empty."""
    return (urlsplit(value).hostname or "").removeprefix("www.") if web_url(value) else ""


def also_name(other: AlsoAt, source: str) -> str:
    """A name for another publication of a text in ``source``: its source, its site, or its title."""
    site = other["source"] or host(other["url"])
    if site and site != source:
        return site
    return f"«{other['title']}»" if other["title"] else site or "مقال من غير عنوان"


def best_first(snippets: Sequence[str]) -> list[str]:
    """The snippets of a hit, the one with most marks first: a card shows two lines of them."""
    return sorted(snippets, key=lambda each: -each.count("<mark>"))


_DATE = re.compile(r"\d[\d/-]*\d")


def dates_apart(text: str) -> Markup:
    """Text with its dates in figures kept apart from the direction of the words around them."""
    parts = _DATE.sub(lambda found: f"\0{found[0]}\0", text.replace("\0", " ")).split("\0")
    apart = Markup('<bdi dir="ltr">{}</bdi>')
    return Markup("").join(apart.format(part) if at % 2 else escape(part) for at, part in enumerate(parts))


_OTHER_BRACKETS = re.compile("<(?!/?mark>)|(?<!<mark)(?<!</mark)>")


def marked(html: str) -> Markup:
    """HTML-safe text of the response as markup: any tag in it but ``<mark>`` becomes text."""
    return Markup(_OTHER_BRACKETS.sub(lambda found: escape(found[0]), html))  # noqa: S704 - no other bracket can open a tag now
