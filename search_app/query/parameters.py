"""A search request: its parameters, read and checked once for page, API and command line.

The table ``PARAMETERS`` is the contract; ``docs/api.md`` is checked against it by a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from analyzers.normalize import western_digits
from index.dates.intervals import parse_bound
from index.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.settings import Settings

Target = Literal["articles", "comments"]
Sort = Literal["relevance", "newest", "oldest", "comments"]
TARGETS: tuple[Target, ...] = get_args(Target)
SORTS: tuple[Sort, ...] = get_args(Sort)
Match = Literal["auto", "all", "any"]
MATCHES: tuple[Match, ...] = get_args(Match)

MAX_TEXT = 1_000
"""Characters of a query; a page-long paste is a mistake, and every word of it would cost time."""
MAX_SIZE = 100
MAX_WINDOW = 10_000
"""Results that can be paged through: beyond it every engine must keep more hits than anybody reads."""
MAX_VALUE = 300
"""Characters of any other parameter."""
MAX_REPEATS = 20
TEXTS = ("q", "text")
"""Parameters that hold what people wrote: a query, or a text to analyse, which may be any query."""

PARAMETERS: dict[str, str] = {
    "q": "the words to look for; empty lists the newest",
    "in": "articles (the default) or comments",
    "from": "only what is dated on or after this: 2016, 2016-05, 2016-05-24 or 24/05/2016",
    "to": "only what is dated on or before this, in the same forms",
    "source": "only from this source; may repeat",
    "section": "only from this section; may repeat",
    "author": "only by this author (of the article, or of the comment with in=comments); may repeat",
    "tag": "only with this tag; may repeat",
    "article": "only this article, or only the comments on it, by its id",
    "sort": "relevance (the default), newest, oldest, or comments (most matching comments first)",
    "match": "auto (the default): full matches, then partial ones; all: full ones; any: one ranking of both",
    "page": "the page of results, from 1",
    "size": "results on a page, 1 to 100",
    "fold": "yes (the default): articles with one text are one result; no: each is one",
}
REPEATABLE = ("source", "section", "author", "tag")


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A checked request. ``from_`` and ``to`` are as typed; empty means no bound."""

    text: str = ""
    target: Target = "articles"
    from_: str = ""
    to: str = ""
    source: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    article: str = ""
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10
    fold: bool = True
    match: Match = "auto"


def read(parameters: Mapping[str, Sequence[str]], settings: Settings) -> SearchRequest:
    """A request from parameters as a URL carries them; raises UsageError that names the one at fault."""
    only(parameters, tuple(PARAMETERS))
    parameters = {name: [clean(value) for value in values] for name, values in parameters.items()}
    one = {name: values[0] for name, values in parameters.items() if values and name not in REPEATABLE}
    many = {name: tuple(value for value in parameters.get(name, ()) if value) for name in REPEATABLE}
    request = SearchRequest(
        text=one.get("q", ""),
        target=cast("Target", _choice("in", one.get("in") or "articles", TARGETS)),
        from_=one.get("from", "").strip(),
        to=one.get("to", "").strip(),
        article=one.get("article", ""),
        sort=cast("Sort", _choice("sort", one.get("sort") or "relevance", SORTS)),
        match=cast("Match", _choice("match", one.get("match") or "auto", MATCHES)),
        page=_number("page", one.get("page") or "1", 1, MAX_WINDOW),
        size=_number("size", one.get("size") or str(settings.page_size), 1, MAX_SIZE),
        fold=_choice("fold", one.get("fold") or "yes", ("yes", "no")) == "yes",
        **many,
    )
    _check(request)
    return request


def only(parameters: Mapping[str, Sequence[str]], known: tuple[str, ...]) -> None:
    """Raise UsageError that names the first parameter not ``known``, standing too often, or too long."""
    for name, values in parameters.items():
        _check_name(name, values, known)


def clean(value: str) -> str:
    """Without NUL and lone surrogates: they are no text, and no store or page can carry them."""
    return value.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")


def _check_name(name: str, values: Sequence[str], known: tuple[str, ...]) -> None:
    if name not in known:
        listed = f"the parameters are {', '.join(known)}" if known else "none may stand here"
        raise UsageError(f"there is no parameter {name[:MAX_VALUE]!r}; {listed}", name)
    if len(values) > (MAX_REPEATS if name in REPEATABLE else 1):
        raise UsageError(f"the parameter {name!r} stands {len(values)} times; that is too often", name)
    limit = MAX_TEXT if name in TEXTS else MAX_VALUE
    if any(len(value) > limit for value in values):
        raise UsageError(f"the parameter {name!r} is longer than {limit} characters; shorten it", name)


def _choice(name: str, value: str, among: tuple[str, ...]) -> str:
    if value not in among:
        raise UsageError(f"{name} cannot be {value!r}; it is one of {', '.join(among)}", name)
    return value


def _number(name: str, value: str, low: int, high: int) -> int:
    plain = western_digits(value)
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10 and low <= int(plain) <= high):
        raise UsageError(f"{name} cannot be {value!r}; it is a number from {low} to {high}", name)
    return int(plain)


def _check(request: SearchRequest) -> None:
    start = parse_bound(request.from_, "from")
    end = parse_bound(request.to, "to")
    if start and end and start[0] > end[1]:
        raise UsageError(f"from ({request.from_}) is after to ({request.to}); swap them", "from")
    if request.page * request.size > MAX_WINDOW:
        raise UsageError(
            f"page {request.page} of {request.size} lies beyond the first {MAX_WINDOW} results;"
            " narrow the search by a date, a section or another word",
            "page",
        )
