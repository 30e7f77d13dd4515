"""Numbers, counted nouns, dates and addresses in Arabic, by the rules of CLDR."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from analyzers import letters

if TYPE_CHECKING:
    from index.settings import Settings
    from search_app.results.shapes import AlsoAt

ARABIC = Locale("ar")
NOUNS: dict[str, dict[str, str]] = {
    "result": {
        "zero": "لا نتائج",
        "one": "نتيجة واحدة",
        "two": "نتيجتان",
        "few": "{n} نتائج",
        "many": "{n} نتيجة",
        "other": "{n} نتيجة",
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

_SKELETONS = {"second": "yMMMMd", "day": "yMMMMd", "month": "yMMMM", "year": "y"}
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
        system = "arab" if self.digits == "arabic" else "latn"
        return self._digits(format_decimal(value, locale=ARABIC, numbering_system=system))

    def count(self, value: int, noun: str) -> str:
        """A key of ``NOUNS`` counted: ``نتيجتان``, ``3 نتائج``, ``11 نتيجة``."""
        return NOUNS[noun][ARABIC.plural_form(value)].format(n=self.number(value))

    def date(self, iso: str | None, precision: str | None) -> str:
        """A date in Arabic at its precision; empty for None and for text that is no ISO 8601 date."""
        moment = _moment(iso)
        if moment is None:
            return ""
        if precision == "second" and moment.tzinfo is not None:
            moment = _in_zone(moment, self.zone)
        skeleton = _SKELETONS.get(precision or "day", "yMMMMd")
        return self._digits(format_skeleton(skeleton, moment.replace(tzinfo=None), locale=ARABIC))

    def _digits(self, text: str) -> str:
        return text.translate(_ARABIC_DIGITS) if self.digits == "arabic" else text


def _moment(iso: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(iso) if iso else None
    except ValueError:
        return None


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


def web_url(value: str) -> str:
    """The address if a page may link to it (http or https, with a host), else empty."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    return value if parts.scheme in ("http", "https") and parts.hostname else ""


def host(value: str) -> str:
    """The host of an address that :func:`web_url` lets through, without ``www.``; else empty."""
    return (urlsplit(value).hostname or "").removeprefix("www.") if web_url(value) else ""


def also_name(other: AlsoAt, source: str) -> str:
    """A name for another publication of a text in ``source``: its source, its site, or its title."""
    site = other["source"] or host(other["url"])
    if site and site != source:
        return site
    return f"«{other['title']}»" if other["title"] else site or "مقال من غير عنوان"


_OTHER_BRACKETS = re.compile("<(?!/?mark>)|(?<!<mark)(?<!</mark)>")


def marked(html: str) -> Markup:
    """HTML-safe text of the response as markup: any tag in it but ``<mark>`` becomes text."""
    return Markup(_OTHER_BRACKETS.sub(lambda found: escape(found[0]), html))  # noqa: S704 - no other bracket can open a tag now
