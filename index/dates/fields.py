"""Dates as fields and lines have them: with a label, in seconds since 1970, without dashes.

«نُشر في 24 مايو 2016», «تاريخ النشر: … آخر تحديث: …», ``1464118200``, ``20160524``. The words of labels stand
in ``data/date_labels.tsv``; what a colon ends is a label too. Of two dates the one of the last change is not
meant. Whatever else stands beside a date leaves it unread, as in :mod:`kashshaf.index.dates.parser`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.index.dates.parser import When, looks_like_date, parse_date
from kashshaf.index.dates.words import LONGEST, by_role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

_EPOCH = re.compile(r"(?:@|/date\()?(\d{9,10}|\d{13}|\d{16})(?:\.\d{1,9})?(?:(?:[+-]\d{4})?\)/)?")
"""Seconds since 1970, from 1973 on; thousandths and millionths of a second, from 2001 on.

Also as GNU writes them, ``@1464118200``, and .NET, ``/Date(1464118200000+0300)/``: its offset is a hint.
"""
_NAMED_ZONE = re.compile(r"(?<=gmt[+-]\d{4}) ?\([^()]*\)")
"""The name of its zone that JavaScript puts behind the offset."""
_SECONDS_DIGITS = 10
_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
_COMPACT = re.compile(
    r"((?:1[3-9]|20|21)\d\d)(\d\d)(\d\d)"
    r"(?:[t ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d{1,9})?(z|[+-]\d\d:?\d\d)?)?"
)
"""The basic form of ISO 8601, with a time of day or without."""
_PUBLISHED, _UPDATED = by_role("date_labels", "published"), by_role("date_labels", "updated")
_FILLERS, _CLOCK = by_role("date_labels", "filler"), by_role("date_labels", "clock")
_LABELS = _PUBLISHED | _UPDATED | _FILLERS | _CLOCK
_SIGNS = " .:,;|()[]-–—،؛«»\"'"
_COLON = re.compile(r"([^\d:]{2,60}):(.+)", re.DOTALL)
_COLON_WORDS = 4
"""Most words that a colon makes a label."""


def parse_field(text: str, base: datetime, zone: tzinfo) -> When | None:
    """Read a date as :func:`kashshaf.index.dates.parser.parse_date`, and the forms that only a field has.

    A number of seconds is universal time. None for any other text.
    """
    if len(text) > LONGEST:
        return None
    plain = fold_text(text).strip()
    if epoch := _EPOCH.fullmatch(plain):
        return _since_1970(epoch[1])
    written = _dashed(plain) or _NAMED_ZONE.sub("", plain)
    return parse_date(written, base, zone) or parse_date(without_label(text), base, zone)


def without_label(text: str) -> str:
    """The date in a text of labels and dates, that of a change only where no other stands there.

    Empty where a part of it is no date.
    """
    parts = list(_parts(text)) if len(text) <= LONGEST else []
    if not parts or not all(looks_like_date(part.text) for part in parts):
        return ""
    return next((part for part in parts if not part.is_change), parts[0]).text


def names_change(text: str) -> bool:
    """Tell whether a text has a word for a change: «آخر تحديث»."""
    return any(_folded(word) in _UPDATED for word in text.split())


def is_label(text: str) -> bool:
    """Tell whether the whole of a text is words of labels."""
    words = text.split()
    return bool(words) and all(_folded(word) in _LABELS for word in words)


def without_labels(text: str) -> str:
    """The words of a text without labels, figures and signs at its ends: of «3- كتب سالم:», «سالم»."""
    words = text.split()
    while words and _says_nothing(words[0]):
        del words[0]
    while words and _says_nothing(words[-1]):
        del words[-1]
    return " ".join(words).strip(_SIGNS)


def _says_nothing(word: str) -> bool:
    folded = _folded(word)
    return folded in _LABELS or not any(map(str.isalpha, folded))


def _since_1970(digits: str) -> When | None:
    seconds = int(digits) / 10 ** max(0, len(digits) - _SECONDS_DIGITS)
    moment = _SINCE + timedelta(seconds=int(seconds))
    return When(moment.isoformat(timespec="seconds"), "second")


def _dashed(plain: str) -> str:
    """The usual form of a date in the basic one; empty for any other."""
    found = _COMPACT.fullmatch(plain)
    if not found:
        return ""
    year, month, day, hour, minute, second, zone = found.groups()
    clock = f"T{hour}:{minute}:{second or '00'}{(zone or '').upper()}" if hour else ""
    return f"{year}-{month}-{day}{clock}"


@dataclass(slots=True)
class _Part:
    """A date with its label. ``is_change``: the label names the last change of the text."""

    is_change: bool = False
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        words = self.words
        while words and _folded(words[-1]) in _FILLERS | {""}:
            words = words[:-1]
        return " ".join(words)


def _parts(text: str) -> Iterator[_Part]:
    """The dates between labels, in order."""
    part = _Part()
    for word in _after_colon(text).split():
        folded = _folded(word)
        if folded in _PUBLISHED | _UPDATED:
            if part.words:
                yield part
                part = _Part()
            part.is_change = part.is_change or folded in _UPDATED
        elif folded not in _CLOCK and (part.words or folded not in _FILLERS):
            part.words.append(word)
    if part.words:
        yield part


def _after_colon(text: str) -> str:
    """A text without the few words that a colon makes its label; words of labels stay."""
    found = _COLON.fullmatch(text.strip())
    label = [_folded(word) for word in found[1].split()] if found else []
    known = not (_PUBLISHED | _UPDATED).isdisjoint(label)
    return text if not found or known or len(label) > _COLON_WORDS else found[2]


def _folded(word: str) -> str:
    return fold_text(word).strip(_SIGNS)
