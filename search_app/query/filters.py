"""The filters of a search: one table for requests, links, page, command line and engine.

A new filter is a row here and one in ``docs/api.md``; a new keyword is one of ``index/schema.py`` too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kashshaf.index.dates.intervals import day_span, parse_bound
from kashshaf.index.names import folded_name
from kashshaf.index.query import Filters
from kashshaf.index.schema import FOLDED_NAMES
from kashshaf.search_app.query.language.tree import DateRange, Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import tzinfo

    from kashshaf.index.schema import IndexName

DATE_HINT = "اكتب التاريخ هكذا: 2016 أو 2016-05 أو 2016-05-24 أو 24/05/2016، أو بالهجري: 1433 أو 1433-09."

NO_QUERY = Query()


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter by a keyword of the index or, where ``keyword`` is empty, a bound of dates.

    ``meaning`` is told to programmers; readers see ``label``, in an empty field ``placeholder``, and after a
    mistake ``hint``. ``repeats``: any of several values may stand.
    """

    parameter: str
    meaning: str
    label: str
    keyword: str = ""
    repeats: bool = False
    placeholder: str = ""
    hint: str = ""


FILTERS = (
    Filter(
        "from",
        "only what is dated on or after this: 2016, 2016-05, 2016-05-24, 24/05/2016, or Hijri: 1433, 1433-09",
        "من تاريخ",
        placeholder="2016-05",
        hint=DATE_HINT,
    ),
    Filter(
        "to",
        "only what is dated on or before this, in the same forms",
        "إلى تاريخ",
        placeholder="2016-05",
        hint=DATE_HINT,
    ),
    Filter("source", "only from this source; may repeat", "المصدر", "source", True, "كل المصادر"),
    Filter("section", "only from this section; may repeat", "القسم", "section", True, "كل الأقسام"),
    Filter(
        "author",
        "only by this author (of the article, or of the comment with in=comments); may repeat",
        "الكاتب",
        "author",
        repeats=True,
    ),
    Filter("tag", "only with this tag; may repeat", "الوسم", "tag", repeats=True),
    Filter("article", "only this article, or only the comments on it, by its id", "في المقال", "article"),
)


def filters(
    values: Mapping[str, tuple[str, ...]],
    index: IndexName,
    zone: tzinfo,
    query: Query = NO_QUERY,
) -> Filters:
    """The engine's filters for the values of a request, by parameter, and for those of its query: all hold.

    UsageError for a date that is none.
    """
    first, last = (parse_bound("".join(values.get(name, ())), name) for name in ("from", "to"))
    dates = query.dates or DateRange(None, None)
    starts = [day for day in (first and first[0], dates.first) if day]
    ends = [day for day in (last and last[1], dates.last) if day]
    return Filters(
        (*_keywords(values, index), *_typed(query, excluded=False)),
        tuple(_typed(query, excluded=True)),
        start=day_span(max(starts), max(starts), zone)[0] if starts else None,
        end=day_span(min(ends), min(ends), zone)[1] if ends else None,
    )


def _typed(query: Query, *, excluded: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The keywords of a query (``مصدر:``), or those that it excludes."""
    for each in query.filters:
        if each.excluded == excluded:
            yield _names(each.keyword, each.values)


def _keywords(
    values: Mapping[str, tuple[str, ...]], index: IndexName
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each keyword with the values to let through: ids as they are, names whatever their hamzas."""
    for each in FILTERS:
        wanted = values.get(each.parameter, ()) if each.keyword else ()
        if wanted and each.keyword == "article":
            yield "article" if index == "comments" else "id", wanted
        elif wanted:
            yield _names(each.keyword, wanted)


def _names(keyword: str, values: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    return FOLDED_NAMES[keyword], tuple(dict.fromkeys(map(folded_name, values)))


def of_articles(ids: Sequence[str]) -> Filters:
    """The comments of some articles."""
    return Filters((("article", tuple(ids)),))
