"""The time of day in a date: «07:08 صباحاً», «الساعة 10 مساء», «18:56 بتوقيت غرينتش», «22:30 +0300»."""

from __future__ import annotations

import re
from datetime import UTC, time, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.index.dates.words import rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

_HALF_OF = dict(rows("halves"))
_PLACES = dict(rows("zones"))


def _any(words: Iterable[str]) -> str:
    """Return a pattern of one of the folded words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_HALF = _any(_HALF_OF)
_PLAIN_HALF = _any(word for word in _HALF_OF if len(word) > 1)
_HOUR, _BY = fold_text("الساعة"), fold_text("بتوقيت")
_ZONE = (
    r"(?:\s?\(?(?P<zone>(?:gmt|utc?|z)(?!\w)(?:\s?(?P<offset>[+-]\d{1,2})(?::?(?P<past>[0-5]\d))?(?!\d))?"
    r"|(?P<east>[+-](?:0\d|1[0-4])):?(?P<minutes>00|15|30|45)(?![\d/.-])"
    rf"|{_BY} (?P<place>{_any(_PLACES)})(?!\w))\)?)?"
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
"""Forms: with minutes; with a point for the colon; after «الساعة»; with a half of the day.

The last two want «صباحا» and its like in full: a lone «م» after a number is an era.
"""


def take(folded: str) -> tuple[time | None, str]:
    """Return the first time of day in a folded text (None for none), and the text without it.

    Raises ValueError for a time that cannot be.
    """
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
    """Return the hour of 24 from one of 12 with its half of the day; an hour past 12 may have one too."""
    if half is None:
        return hour
    if _HALF_OF[half] == "morning":
        if hour > 12:
            raise ValueError(f"there is no hour {hour} in the morning")
        return hour % 12
    if hour >= 12:
        return 0 if _HALF_OF[half] == "night" and hour == 12 else hour
    early = _HALF_OF[half] == "noon" and hour >= 10  # «11:30 ظهرا» is before noon
    late = _HALF_OF[half] == "night" and hour <= 5  # «2:30 ليلا» is after midnight
    return hour if early or late else hour + 12


def _zone(found: re.Match[str]) -> tzinfo | None:
    if found["place"]:
        return ZoneInfo(_PLACES[found["place"]])
    if offset := found["offset"] or found["east"]:
        hours, minutes = int(offset), int(found["past"] or found["minutes"] or 0)
        return timezone(timedelta(hours=hours, minutes=-minutes if offset.startswith("-") else minutes))
    return UTC if found["zone"] else None
