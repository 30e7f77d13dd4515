"""The judges of text: what has to hold of any text that a part of the product is given."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from html import unescape
from itertools import pairwise
from urllib.parse import parse_qs

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.index.dates.fields import parse_field
from kashshaf.index.dates.intervals import parse_bound, span
from kashshaf.index.dates.parser import When, is_age, looks_like_date, parse_date, why_not
from kashshaf.index.dates.within import find_date
from kashshaf.index.settings import Settings
from kashshaf.search_app.query import parameters
from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.parser import read
from kashshaf.search_app.query.request_values import MAX_WINDOW
from kashshaf.search_app.results.marks.highlight import Marker
from kashshaf.search_app.results.marks.snippets import snippets

NOON = datetime(2024, 3, 24, 12, tzinfo=UTC)
_TAG = re.compile("</?mark>")


@cache
def _analyzer() -> Analyzer:
    """One for all cases: its tables take seconds to load."""
    return Analyzer()


def query(text: str) -> None:
    """Any text is a query, and its canonical form is read as the same one."""
    asked = parse(text, NOON.date())
    shown = canonical(asked)
    again = parse(shown, NOON.date())
    assert again == asked
    assert canonical(again) == shown
    read(asked, _analyzer())


def request(text: str) -> None:
    """The query string of a URL: read as a request whose values are text that can be stored, or refused."""
    given = parse_qs(text, keep_blank_values=True, errors="surrogateescape", max_num_fields=200)
    asked = parameters.read(given, Settings())
    asked.text.encode()
    assert asked.page * asked.size <= MAX_WINDOW
    assert all(value.strip() for values in asked.filters.values() for value in values)


def dates(text: str) -> None:
    """The date that a text states lies in the calendar; one that is read in a line stands in it."""
    for when in (parse_date(text, NOON, UTC), parse_field(text, NOON, UTC)):
        _lies_in_the_calendar(when)
    if is_age(text):
        assert parse_date(text, NOON, UTC) or why_not(text)
    looks_like_date(text)
    why_not(text)
    find_date(text)


def _lies_in_the_calendar(when: When | None) -> None:
    """One is read again as it was written, where it has a time of day and thus all its parts."""
    if when is not None:
        first, last = span(when.iso, when.precision, UTC)
        assert first <= last
        again = parse_date(when.iso, NOON, UTC)
        assert when.precision != "second" or (again is not None and again.iso == when.iso)


def bounds(text: str) -> None:
    """The days of a bound, the first of which is not after the last; anything else is refused."""
    if days := parse_bound(text, "from"):
        assert days[0] <= days[1]


def tokens(text: str) -> None:
    """The tokens of a text, in order, each where it says it stands."""
    found = list(_analyzer().tokens(text))
    for token in found:
        assert 0 <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.surface
    for one, following in pairwise(found):
        assert one.position <= following.position <= one.position + 1
        assert one.start <= following.start


def highlighter(text: str) -> None:
    """The marks of a query, the first line, in a text, the others; its HTML has no other tags than theirs."""
    asked, _, body = text.partition("\n")
    marker = Marker(read(parse(asked, NOON.date()), _analyzer()), _analyzer())
    at = 0
    for mark in marker.marks(body):
        assert at <= mark.start < mark.end <= len(body)
        at = mark.end
    assert _bare(marker.mark_up(body)) == body
    for passage in snippets(body.split("\n"), marker, 3):
        assert _bare(passage).strip("…") in body


def _bare(html: str) -> str:
    """The text of HTML that has marks alone, opened and closed by turns."""
    tags = _TAG.findall(html)
    assert tags == ["<mark>", "</mark>"] * (len(tags) // 2)
    escaped = _TAG.sub("", html)
    assert not set(escaped) & set("<>\"'")
    return unescape(escaped)
