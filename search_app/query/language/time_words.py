"""Words of time at the edge of a query, taken as a range of dates: «قصف الفلوجة الشهر الماضي».

They are taken conservatively, since a text may speak of «صيف 2016» years later. They restrict the search only

- at the end of the query or at its beginning («اليوم»: at its end), exclusions aside, outside quotes,
  brackets and operators,
- beside at most ``_MOST_OTHERS`` other parts, in no question («متى …», «في أي عام …»),
- when the days are neither in the future nor before there were news sites,
- when no ``من:`` or ``إلى:`` states the dates.

A year alone («كأس العالم 2018») is a word; it needs «سنة», a season, a month or «هـ».
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.analyzers.tokenize import surfaces
from kashshaf.search_app.query.language.periods import days_of
from kashshaf.search_app.query.language.plain import asks
from kashshaf.search_app.query.language.tree import DateRange, Not, Word

if TYPE_CHECKING:
    from datetime import date

    from kashshaf.search_app.query.language.tree import Node, Query

_LONGEST = 6
"""Words: «في شهر كانون الثاني سنة 2016»."""
_MOST_OTHERS = 5
_EARLIEST_YEAR = 1990
_TODAY = fold_text("اليوم")


def take_time(parts: tuple[Node, ...], today: date) -> tuple[tuple[Node, ...], DateRange | None]:
    """The parts without the words of time at an edge, and the days these name; else the parts as they are."""
    sought = tuple(part for part in parts if not isinstance(part, Not))
    if asks(_words(sought)):
        return parts, None
    for start, end in _edges(len(sought)):
        found = _range(sought[start:end], today, is_first=start == 0 and end < len(sought))
        if found:
            taken = {*map(id, sought[start:end])}
            return tuple(part for part in parts if id(part) not in taken), found
    return parts, None


def literally(query: Query) -> Query:
    """The query that looks for its words of time like for any others, in place of restricting the dates."""
    surface = query.dates.surface if query.dates else ""
    return replace(query, parts=(*query.parts, *map(Word, surfaces(surface))), dates=None)


def _edges(count: int) -> list[tuple[int, int]]:
    """The stretches at the end of so many parts, then those at the beginning; in each the longest first."""
    lengths = range(min(_LONGEST, count), max(0, count - _MOST_OTHERS - 1), -1)
    return [(count - length, count) for length in lengths] + [(0, length) for length in lengths]


def _range(stretch: tuple[Node, ...], today: date, *, is_first: bool) -> DateRange | None:
    words = _words(stretch)
    if len(words) < len(stretch) or (is_first and fold_text(words[-1]) == _TODAY):
        return None
    days = days_of(" ".join(words), today)
    if not days or days[0] > today or days[0].year < _EARLIEST_YEAR:
        return None
    return DateRange(*days, surface=" ".join(words))


def _words(parts: tuple[Node, ...]) -> list[str]:
    """The words before the first part that is none."""
    words: list[str] = []
    for part in parts:
        if not isinstance(part, Word):
            break
        words.append(part.text)
    return words
