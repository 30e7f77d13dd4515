"""The moment a page was saved, as its tool wrote into it: the base of the page's relative ages."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from dateutil import parser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from kashshaf.indexer.sources.html.tree import Element

_COMMENTS = (
    re.compile(r"\bsaved date:\s{0,9}([^\n]{10,60})", re.IGNORECASE),  # SingleFile
    re.compile(r"\bARCHIVED ON ([^\n]{10,40}?) AND RETRIEVED", re.IGNORECASE),  # the Wayback Machine
    re.compile(r"\bHTTrack Website Copier[^\n,]{0,60},\s?([^\n]{10,40})", re.IGNORECASE),
)
_META_NAMES = ("date.captured", "dc.date.captured", "dcterms.datecaptured", "savepage-date", "archived-date")
"""The second is Dublin Core's way to name it, the fourth is what Save Page WE writes."""
_MOST_COMMENTS, _LONGEST_COMMENT = 500, 1_000
_MOST_METAS = 200
_ZONE_NAME = re.compile(r"\s*\([^)]*\)?\s*$")
_GMT_OFFSET = re.compile(r"\b(?:GMT|UTC)(?=[+-]\d)", re.IGNORECASE)


def captured(text: str, root: Element, zone: tzinfo) -> datetime | None:
    """The moment the page was saved, in ``zone`` if it names none; None where nobody noted it."""
    for stated in (*_in_comments(text), *_in_metas(root)):
        when = _moment(stated, zone)
        if when is not None:
            return when
    return None


def _in_comments(text: str) -> Iterator[str]:
    """Moments stated in the page's remarks, the first of which count."""
    for part in islice(_comments(text), _MOST_COMMENTS):
        for form in _COMMENTS:
            if found := form.search(part):
                yield found[1]


def _comments(text: str) -> Iterator[str]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        if end < 0:
            return
        yield text[start : min(end, start + _LONGEST_COMMENT)]
        start = text.find("<!--", end)


def _in_metas(root: Element) -> Iterator[str]:
    for meta in islice(root.iter("meta"), _MOST_METAS):
        if (meta.get("name") or "").lower() in _META_NAMES and (stated := meta.get("content")):
            yield stated[:_LONGEST_COMMENT]


def _moment(stated: str, zone: tzinfo) -> datetime | None:
    """The moment in a text of a machine, also JavaScript's «Fri Jan 20 2023 10:00:00 GMT+0300 (Baghdad)»."""
    plain = _GMT_OFFSET.sub("", _ZONE_NAME.sub("", stated)).rstrip(" .]")
    try:
        when = parser.parse(plain)
    except (ValueError, OverflowError, parser.UnknownTimezoneWarning):
        return None
    return when if when.tzinfo else when.replace(tzinfo=zone)
