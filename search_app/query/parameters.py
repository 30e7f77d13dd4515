"""A search request: its parameters, read and checked once for page, API and command line.

The table ``PARAMETERS`` is the contract; ``docs/api.md`` is checked against it by a test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args
from urllib.parse import unquote_to_bytes

from kashshaf.analyzers.letters import COMMA
from kashshaf.analyzers.orthography.normalize import western_digits
from kashshaf.index.dates.intervals import parse_bound
from kashshaf.index.errors import UsageError
from kashshaf.index.schema import FOLDED_NAMES, MONTH, YEAR
from kashshaf.search_app.query.filters import FILTERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kashshaf.index.settings import Settings

Target = Literal["articles", "comments"]
Sort = Literal["relevance", "newest", "oldest", "comments", "likes"]
Match = Literal["auto", "all", "any"]
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
MAX_WINDOW = 10_000
"""Results that can be paged through; for more every engine would keep hits that nobody reads."""
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
    "match": "auto (the default): what has all the words, then what has some; all; any (in one order)",
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
        page=number("page", given, 1, MAX_WINDOW),
        size=number("size", given, settings.page_size, MAX_SIZE),
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
        raise UsageError(f"there is no parameter {name[:MAX_VALUE]!r}; {listed}", name)
    if len(values) > (MAX_REPEATS if name in REPEATABLE else 1):
        raise UsageError(f"the parameter {name!r} stands {len(values)} times; that is too often", name)
    limit = MAX_TEXT if name in TEXTS else MAX_VALUE
    if any(len(value) > limit for value in values):
        raise UsageError(f"the parameter {name!r} is longer than {limit} characters; shorten it", name)


def _choice(name: str, value: str) -> str:
    among = CHOICES[name]
    if value and value not in among:
        raise UsageError(f"{name} cannot be {value!r}; it is one of {', '.join(among)}", name)
    return value or among[0]


def _flag(name: str, given: Mapping[str, Sequence[str]]) -> bool:
    (value,) = given.get(name, ("0",))
    if value not in FLAGS:
        raise UsageError(f"{name} cannot be {value!r}; it is one of {', '.join(FLAGS)}", name)
    return FLAGS[value]


def _facets(value: str) -> tuple[str, ...]:
    """The facets named in a list, each once."""
    names = tuple(dict.fromkeys(filter(None, map(str.strip, value.replace(COMMA, ",").split(",")))))
    for name in names:
        if name not in FACETS:
            raise UsageError(
                f"there is no facet {name!r}; facets is a list, parted by commas, of {', '.join(FACETS)}",
                "facets",
            )
    return names


def number(name: str, given: Mapping[str, Sequence[str]], default: int, high: int) -> int:
    """A number of a request, from 1 to ``high``; raises UsageError for what is none."""
    if name not in given:
        return default
    (value,) = given[name]
    plain = western_digits(value)
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10 and 1 <= int(plain) <= high):
        raise UsageError(f"{name} cannot be {value!r}; it is a number from 1 to {high}", name)
    return int(plain)


def _check(request: SearchRequest) -> None:
    first, last = (request.filters.get(name, ("",))[0] for name in ("from", "to"))
    start, end = parse_bound(first, "from"), parse_bound(last, "to")
    if start and end and start[0] > end[1]:
        raise UsageError(f"from ({first}) is after to ({last}); swap them", "from")
    if request.sort == "likes" and request.target == "articles":
        raise UsageError("sort cannot be likes for articles, which have none; add in=comments", "sort")
    if request.page * request.size > MAX_WINDOW:
        raise UsageError(
            f"page {request.page} of {request.size} lies beyond the first {MAX_WINDOW} results;"
            " narrow the search by a date, a section or another word",
            "page",
        )
