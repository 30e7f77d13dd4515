"""A search request: its parameters, read and checked once for page, API and command line.

The table ``PARAMETERS`` is the contract; ``docs/api.md`` is checked against it by a test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import unquote_to_bytes

from kashshaf.analyzers.letters import COMMA
from kashshaf.analyzers.orthography.normalize import western_digits
from kashshaf.index.dates.intervals import parse_bound
from kashshaf.index.errors import UsageError
from kashshaf.index.schema import FOLDED_NAMES, MONTH, YEAR
from kashshaf.search_app.query.filters import FILTERS
from kashshaf.search_app.query.request_values import MAX_WINDOW, Match, Sort, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kashshaf.index.settings import Settings

CHOICES: dict[str, tuple[str, ...]] = {
    "in": get_args(Target),
    "sort": get_args(Sort),
    "match": get_args(Match),
    "fold": ("yes", "no"),
    "correct": ("yes", "no"),
}
"""Parameters that have one of a few values; the first is the default."""

FLAGS = {"1": True, "0": False, "yes": True, "no": False}
"""The values of a parameter that is on or off, and not a choice that the form offers."""

_BYTES = re.compile("(?:%[89A-F][0-9A-F])+", re.IGNORECASE)
MAX_TEXT = 1_000
"""Characters of a query; a page-long paste is a mistake, and every word of it would cost time."""
MAX_SIZE = 100
NUMBERS = {"page": MAX_WINDOW, "size": MAX_SIZE}
"""Parameters that are numbers from 1 on, with the greatest."""
MAX_VALUE = 300
"""Characters of any other parameter."""
MAX_REPEATS = 20
TEXTS = ("q", "text")
"""Parameters that hold what people wrote: a query, or a text to analyse, which may be any query."""

TYPE = "type"
"""The facet that counts articles and comments."""
FACETS = (*FOLDED_NAMES, YEAR, MONTH, TYPE)

PARAMETERS: dict[str, str] = {
    "q": "the words to look for; empty lists the newest",
    "in": "articles (the default) or comments",
    **{each.parameter: each.meaning for each in FILTERS},
    "sort": "relevance (the default), newest, oldest, comments (most matching comments first), or with"
    " in=comments likes (most liked first)",
    "match": "auto (the default): what has all the words, then what has some; all; any (in one"
    " order); near: all, and the few words of a search near each other: in title or opening, or side by side",
    "page": "the page of results, from 1",
    "size": "results on a page, 1 to 100",
    "facets": f"what to count the matches by, parted by commas: {', '.join(FACETS)}",
    "fold": "yes (the default): articles with one text are one result; no: each is one",
    "correct": "yes (the default): a misspelt query that finds nothing is put right; no: as typed",
    "explain": "1: each hit says why it is there; 0 (the default): none does",
}
REPEATABLE = tuple(each.parameter for each in FILTERS if each.repeats)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A checked request. ``filters``: values by parameter of ``FILTERS``, as typed, none of them empty.

    ``facets``: names of ``FACETS``, each once. ``passages``: hits show the words found in them. ``why``: they
    say in a sentence why they are there; with ``explain`` they also tell it part by part.
    """

    text: str = ""
    target: Target = "articles"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    match: Match = "auto"
    page: int = 1
    size: int = 10
    fold: bool = True
    correct: bool = True
    facets: tuple[str, ...] = ()
    passages: bool = True
    explain: bool = False
    why: bool = False


def read(parameters: Mapping[str, Sequence[str]], settings: Settings) -> SearchRequest:
    """A request from parameters as a URL carries them; raises UsageError that names the one at fault."""
    check_names(parameters, tuple(PARAMETERS))
    given = {name: [clean(value) for value in values] for name, values in parameters.items() if any(values)}
    chosen: dict[str, Any] = {name: _choice(name, given.get(name, [""])[0]) for name in CHOICES}
    request = SearchRequest(
        text=given.get("q", [""])[0],
        target=chosen["in"],
        filters=_filters(given),
        sort=chosen["sort"],
        match=chosen["match"],
        page=number("page", given, 1, NUMBERS["page"]),
        size=number("size", given, settings.page_size, NUMBERS["size"]),
        fold=chosen["fold"] == "yes",
        correct=chosen["correct"] == "yes",
        facets=_facets(given.get("facets", [""])[0]),
        explain=_flag("explain", given),
    )
    _check(request)
    return request


def _filters(given: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    values = {
        each.parameter: tuple(filter(None, map(str.strip, given.get(each.parameter, ())))) for each in FILTERS
    }
    return {name: found for name, found in values.items() if found}


def check_names(parameters: Mapping[str, Sequence[str]], known: tuple[str, ...]) -> None:
    """Raise UsageError that names the first parameter not ``known``, standing too often, or too long."""
    for name, values in parameters.items():
        _check_name(name, values, known)


def clean(value: str) -> str:
    """Text without NUL and lone surrogates, which no store or page can carry.

    Escaped bytes that are left in it are no UTF-8: a form of an older site sent them, in windows-1256.
    """
    value = _BYTES.sub(lambda found: _from_old_form(found[0]), value)
    return value.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")


def _from_old_form(escaped: str) -> str:
    """Bytes in windows-1256 as text; such as are UTF-8 were meant to stand there as they are."""
    raw = unquote_to_bytes(escaped)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("windows-1256")
    return escaped


def _check_name(name: str, values: Sequence[str], known: tuple[str, ...]) -> None:
    if name not in known:
        listed = f"the parameters are {', '.join(known)}" if known else "none may stand here"
        kind = "unknown" if known else "none-taken"
        said = f"there is no parameter {name[:MAX_VALUE]!r}; {listed}"
        raise UsageError(said, name, kind, known=", ".join(known))
    most = MAX_REPEATS if name in REPEATABLE else 1
    if len(values) > most:
        said = f"the parameter {name!r} stands {len(values)} times; that is too often"
        raise UsageError(said, name, "repeated", times=len(values), most=most)
    limit = MAX_TEXT if name in TEXTS else MAX_VALUE
    if any(len(value) > limit for value in values):
        said = f"the parameter {name!r} is longer than {limit} characters; shorten it"
        raise UsageError(said, name, "too-long", limit=limit)


def _choice(name: str, value: str) -> str:
    among = CHOICES[name]
    if value and value not in among:
        raise _no_choice(name, value, among)
    return value or among[0]


def _no_choice(name: str, value: str, among: Iterable[str]) -> UsageError:
    listed = ", ".join(among)
    said = f"{name} cannot be {value!r}; it is one of {listed}"
    return UsageError(said, name, "choice", given=value, among=listed)


def _flag(name: str, given: Mapping[str, Sequence[str]]) -> bool:
    (value,) = given.get(name, ("0",))
    if value not in FLAGS:
        raise _no_choice(name, value, FLAGS)
    return FLAGS[value]


def _facets(value: str) -> tuple[str, ...]:
    """The facets named in a list, each once."""
    names = tuple(dict.fromkeys(filter(None, map(str.strip, value.replace(COMMA, ",").split(",")))))
    for name in names:
        if name not in FACETS:
            listed = ", ".join(FACETS)
            said = f"there is no facet {name!r}; facets is a list, parted by commas, of {listed}"
            raise UsageError(said, "facets", "facet", given=name, among=listed)
    return names


def number(name: str, given: Mapping[str, Sequence[str]], default: int, high: int) -> int:
    """A number of a request, from 1 to ``high``; raises UsageError for what is none."""
    if name not in given:
        return default
    (value,) = given[name]
    plain = western_digits(value)
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10 and 1 <= int(plain) <= high):
        said = f"{name} cannot be {value!r}; it is a number from 1 to {high}"
        raise UsageError(said, name, "number", given=value, high=high)
    return int(plain)


def _check(request: SearchRequest) -> None:
    first, last = (request.filters.get(name, ("",))[0] for name in ("from", "to"))
    start, end = parse_bound(first, "from"), parse_bound(last, "to")
    if start and end and start[0] > end[1]:
        said = f"from ({first}) is after to ({last}); swap them"
        raise UsageError(said, "from", "swapped", first=first, last=last)
    if request.sort == "likes" and request.target == "articles":
        said = "sort cannot be likes for articles, which have none; add in=comments"
        raise UsageError(said, "sort", "no-likes")
    if request.page * request.size > MAX_WINDOW:
        raise UsageError(
            f"page {request.page} of {request.size} lies beyond the first {MAX_WINDOW} results;"
            " narrow the search by a date, a section or another word",
            "page",
            "too-far",
            page=request.page,
            size=request.size,
            window=MAX_WINDOW,
        )
