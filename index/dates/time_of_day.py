"""The time of day in a date: «07:08 صباحاً», «الساعة 10 مساء», «12:30 ظ», «18:56 بتوقيت غرينتش»."""

from __future__ import annotations

import re
from datetime import UTC, time, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from analyzers.folding import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

_MORNING = ("صباحا", "ص", "فجرا", "ضحى", "قبل الظهر", "بعد منتصف الليل", "صباح", "am", "a.m.", "a.m")
_EVENING = ("مساء", "مساءا", "م", "عصرا", "بعد الظهر", "مغربا", "pm", "p.m.", "p.m")
_NOON = ("ظهرا", "ظ")
_NIGHT = ("ليلا",)
_ZONES = {
    "غرينتش": "UTC", "جرينتش": "UTC", "غرينيتش": "UTC", "العالمي": "UTC",
    "مكة المكرمة": "Asia/Riyadh", "مكة": "Asia/Riyadh", "السعودية": "Asia/Riyadh", "الرياض": "Asia/Riyadh",
    "القاهرة": "Africa/Cairo", "مصر": "Africa/Cairo", "بيروت": "Asia/Beirut", "لبنان": "Asia/Beirut",
    "دمشق": "Asia/Damascus", "سوريا": "Asia/Damascus", "بغداد": "Asia/Baghdad", "العراق": "Asia/Baghdad",
    "عمان": "Asia/Amman", "الأردن": "Asia/Amman", "القدس": "Asia/Jerusalem", "فلسطين": "Asia/Hebron",
    "أبوظبي": "Asia/Dubai", "أبو ظبي": "Asia/Dubai", "الإمارات": "Asia/Dubai", "دبي": "Asia/Dubai",
    "مسقط": "Asia/Muscat", "سلطنة عمان": "Asia/Muscat",
    "الدوحة": "Asia/Qatar", "قطر": "Asia/Qatar", "الكويت": "Asia/Kuwait", "صنعاء": "Asia/Aden",
    "اليمن": "Asia/Aden", "الخرطوم": "Africa/Khartoum", "السودان": "Africa/Khartoum",
    "طرابلس": "Africa/Tripoli", "ليبيا": "Africa/Tripoli", "تونس": "Africa/Tunis",
    "الجزائر": "Africa/Algiers", "المغرب": "Africa/Casablanca", "الرباط": "Africa/Casablanca",
}  # fmt: skip
"""Whose time «بتوقيت» names -> IANA zone. «عمان» alone is Jordan's capital."""


def _any(words: Iterable[str]) -> str:
    """A pattern of one of the words, longest first; a space in them may be any."""
    return "|".join(re.escape(word) for word in sorted(map(fold_text, words), key=len, reverse=True))


_HALF = _any((*_MORNING, *_EVENING, *_NOON, *_NIGHT))
_PLAIN_HALF = _any(word for word in (*_MORNING, *_EVENING, *_NOON, *_NIGHT) if len(word) > 1)
_HOUR = _any(("الساعة",))
_BY = _any(("بتوقيت",))
_ZONE = (
    r"(?:\s?\(?(?P<zone>(?:gmt|utc)(?!\w)(?:\s?(?P<offset>[+-]\d{1,2})(?::?(?P<past>[0-5]\d))?(?!\d))?"
    rf"|{_BY} (?P<place>{_any(_ZONES)})(?!\w))\)?)?"
)
_CLOCKS = (
    re.compile(
        r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?![\d:])"
        rf"(?:\s?(?P<half>{_HALF})(?!\w))?{_ZONE}"
    ),
    re.compile(
        rf"(?<![\d.:])(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})(?P<second>)\s?(?P<half>{_PLAIN_HALF})(?!\w){_ZONE}"
    ),
    re.compile(
        rf"(?<!\w){_HOUR}\s?(?P<hour>\d{{1,2}})(?![\d/.:-])(?P<minute>)(?P<second>)"
        rf"(?:\s?(?P<half>{_HALF})(?!\w))?{_ZONE}"
    ),
    re.compile(
        rf"(?<![\d/.:-])(?P<hour>\d{{1,2}})(?P<minute>)(?P<second>)\s?(?P<half>{_PLAIN_HALF})(?!\w){_ZONE}"
    ),
)
"""With minutes; with a point for the colon; an hour that is called one; an hour with its half of the day.

The last two want «صباحا» and its like in full: a lone «م» after a number is an era.
"""
_MORNINGS, _NOONS, _NIGHTS = (frozenset(map(fold_text, words)) for words in (_MORNING, _NOON, _NIGHT))
_PLACES = {fold_text(name): zone for name, zone in _ZONES.items()}


def take(folded: str) -> tuple[time | None, str]:
    """The first time of day in the text, and the text without it. ValueError for one that cannot be."""
    found = next((found for clock in _CLOCKS if (found := clock.search(folded))), None)
    if not found:
        return None, folded
    hour = _hour(int(found["hour"]), found["half"])
    rest = f"{folded[: found.start()]} {folded[found.end() :]}"
    try:
        return time(hour, int(found["minute"] or 0), int(found["second"] or 0), tzinfo=_zone(found)), rest
    except ValueError as error:
        raise ValueError(f"there is no such time of day as {found[0].strip()}") from error


def _hour(hour: int, half: str | None) -> int:
    """The hour of 24, from one of 12 and its half of the day; an hour past 12 may have its half beside it."""
    if half is None:
        return hour
    if half in _MORNINGS:
        if hour > 12:
            raise ValueError(f"there is no hour {hour} in the morning")
        return hour % 12
    if hour >= 12:
        return 0 if half in _NIGHTS and hour == 12 else hour
    early = half in _NOONS and hour >= 10  # «11:30 ظهرا» is before noon
    late = half in _NIGHTS and hour <= 5  # «2:30 ليلا» is after midnight
    return hour if early or late else hour + 12


def _zone(found: re.Match[str]) -> tzinfo | None:
    if found["place"]:
        return ZoneInfo(_PLACES[found["place"]])
    if found["offset"]:
        hours, minutes = int(found["offset"]), int(found["past"] or 0)
        return timezone(timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes))
    return UTC if found["zone"] else None
