"""URLs of searches: another page, without a filter, other words; and the state of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import g, url_for

from kashshaf.search_app.query.filters import FILTERS
from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.reader import parse_now
from kashshaf.search_app.query.parameters import CHOICES, PARAMETERS, SearchRequest
from kashshaf.search_app.query.request_values import MAX_WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from kashshaf.search_app.query.language.shown import Period
    from kashshaf.search_app.query.request_values import Match, Sort, Target
    from kashshaf.search_app.results.shapes import Response

SAFE = "!$'()*,/:;?@"
"""Characters that may stand in a query string as they are (RFC 3986), beside letters and digits."""
AROUND = 2
"""Page numbers shown on either side of the current one."""
MAX_BACK = 1_500
"""Characters of the state that leads from an article back to its results; a longer one is left out."""
CHOICE_LABELS: dict[str, tuple[str, dict[str, str]]] = {
    "in": ("ابحث في", {"articles": "المقالات", "comments": "التعليقات"}),
    "sort": (
        "الترتيب",
        {
            "relevance": "الأوثق صلة",
            "newest": "الأحدث أولاً",
            "oldest": "الأقدم أولاً",
            "comments": "الأكثر تعليقات مطابقة",
            "likes": "الأكثر إعجاباً",
        },
    ),
    "match": (
        "كلمات البحث",
        {"auto": "كلها ثم بعضها", "all": "كلها", "any": "أيّ منها", "near": "كلها متقاربة"},
    ),
    "fold": ("المعاد نشره", {"yes": "مرة واحدة", "no": "كل نسخة على حدة"}),
    "correct": ("الإملاء", {"yes": "يُصحَّح إن لم توجد نتائج", "no": "كما كُتب"}),
}
"""The label of each parameter of ``CHOICES``, and of each of its values."""
SORTS: dict[Target, tuple[Sort, ...]] = {
    "articles": ("relevance", "newest", "oldest", "comments"),
    "comments": ("relevance", "newest", "oldest", "likes"),
}
"""The orders offered, by what is searched."""
BY_DATE = ("newest", "oldest")
SHARED = set(SORTS["articles"]) & set(SORTS["comments"])


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter and the search without it."""

    name: str
    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Tab:
    """Articles or comments: the label, how many the search has there (None: not counted), and its address."""

    label: str
    count: int | None
    current: bool
    url: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Numbers with their addresses (None where numbers are left out); empty addresses at the ends."""

    current: int
    pages: list[tuple[int, str] | None]
    previous: str
    next: str


def search_url(request: SearchRequest, default_size: int) -> str:
    """The shortest address of a search: parameters at their defaults are left out."""
    query = urlencode(parameters(request, default_size), doseq=True, safe=SAFE)
    return f"{_search_path()}?{query}" if query else _search_path()


def _search_path() -> str:
    """The path of the search, looked up once for a page that has dozens of links to it."""
    if "search_path" not in g:
        g.search_path = url_for("pages.search")
    return str(g.search_path)


def parameters(request: SearchRequest, default_size: int) -> dict[str, list[str]]:
    """A request as URL parameters, without those at their defaults; the reverse of ``parameters.read``."""
    every = {
        "q": [request.text] if request.text else [],
        **{name: list(values) for name, values in request.filters.items()},
        **{name: [value] for name, value in choices(request).items() if value != CHOICES[name][0]},
        "page": [str(request.page)] if request.page > 1 else [],
        "size": [str(request.size)] if request.size != default_size else [],
    }
    return {name: every[name] for name in PARAMETERS if every.get(name)}


def choices(request: SearchRequest) -> dict[str, str]:
    """The value that a request has of each parameter of ``CHOICES``."""
    fold, correct = ("yes" if asked else "no" for asked in (request.fold, request.correct))
    named = {"in": request.target, "sort": request.sort, "match": request.match}
    return {**named, "fold": fold, "correct": correct}


def offered(request: SearchRequest, name: str) -> dict[str, str]:
    """The values of a parameter that make a difference, with their labels; in comments all words are near."""
    labels = CHOICE_LABELS[name][1]
    return {each: labels[each] for each in labels if each != "near" or request.target == "articles"}


def chips(request: SearchRequest, default_size: int, article_title: str = "") -> list[Chip]:
    """Every active filter; an article is called by its title where that is known."""
    return [
        Chip(name, label, value, search_url(other, default_size))
        for name, label, value, other in _removals(replace(request, page=1), article_title)
    ]


def period_chip(
    request: SearchRequest, period: Period | None, zone: tzinfo, default_size: int
) -> Chip | None:
    """The dates that the text itself asks for, and the search for the text without them."""
    if period is None:
        return None
    rest = canonical(replace(parse_now(request.text, zone), dates=None))
    return Chip(
        "period", "الزمن", period["text"], search_url(replace(request, text=rest, page=1), default_size)
    )


def _removals(request: SearchRequest, article_title: str) -> Iterator[tuple[str, str, str, SearchRequest]]:
    """Parameter, label and value of each chip, and the request without it."""
    first, last = (request.filters.get(name, ()) for name in ("from", "to"))
    alone = () if first != last or not first else ("from", "to")
    if alone:
        yield "from", "التاريخ", first[0], without(without(request, "from"), "to")
    for each in FILTERS:
        for value in dict.fromkeys(
            () if each.parameter in alone else request.filters.get(each.parameter, ())
        ):
            shown = article_title or value if each.keyword == "article" else value
            yield each.parameter, each.label, shown, without(request, each.parameter, value)
    if request.match != "auto":
        label, values = CHOICE_LABELS["match"]
        yield "match", label, values[request.match], replace(request, match="auto")
    if not request.fold and request.target == "articles":
        label, values = CHOICE_LABELS["fold"]
        yield "fold", label, values["no"], replace(request, fold=True)
    if not request.correct:
        label, values = CHOICE_LABELS["correct"]
        yield "correct", label, values["no"], replace(request, correct=True)


def without(request: SearchRequest, name: str, value: str | None = None) -> SearchRequest:
    """A request without a value of a filter; None: without all of them."""
    rest = () if value is None else tuple(other for other in request.filters[name] if other != value)
    filters = {**request.filters, name: rest}
    return replace(request, filters={name: values for name, values in filters.items() if values})


def within(request: SearchRequest, name: str, value: str, default_size: int) -> str:
    """The address of the first page of a search that lets through one value of a filter alone."""
    other = replace(request, filters={**request.filters, name: (value,)}, page=1)
    return search_url(other, default_size)


def unfiltered(request: SearchRequest) -> SearchRequest:
    """The first page of the same words, everywhere."""
    return replace(request, filters={}, match="auto", fold=True, correct=True, page=1)


def tabs(request: SearchRequest, counts: Mapping[str, int], default_size: int) -> list[Tab]:
    """The same search among articles and among comments; orders that the other has not are given up."""
    found = []
    for target, label in CHOICE_LABELS["in"][1].items():
        other = request if target == request.target else elsewhere(request)
        url = search_url(replace(other, page=1), default_size)
        found.append(Tab(label, counts.get(target), target == request.target, url))
    return found


def elsewhere(request: SearchRequest) -> SearchRequest:
    """The request among comments for one among articles, and the other way round."""
    sort: Sort = request.sort if request.sort in SHARED else "relevance"
    if request.target == "articles":
        loose: Match = "auto" if request.match == "near" else request.match
        return replace(request, target="comments", sort=sort, match=loose)
    return replace(without(request, "article"), target="articles", sort=sort)


def sorts(request: SearchRequest, default_size: int, *, few_words: bool) -> list[tuple[str, bool, str]]:
    """Label, "is current" and address of each order that there is for what is searched.

    By date nothing sinks for having its words far apart, so a search of ``few_words`` asks that they be near.
    """
    labels = CHOICE_LABELS["sort"][1]
    loose: Match = "auto" if request.match == "near" else request.match
    near: Match = "near" if few_words and loose == "auto" else loose
    other = replace(request, page=1)
    return [
        (
            labels[value],
            value == request.sort,
            search_url(replace(other, sort=value, match=near if value in BY_DATE else loose), default_size),
        )
        for value in SORTS[request.target]
    ]


def back_state(request: SearchRequest, default_size: int) -> str:
    """The filters, order and page of a search, to be sent along to an article; empty where there are none."""
    state = {name: values for name, values in parameters(request, default_size).items() if name != "q"}
    written = urlencode(state, doseq=True)
    return written if len(written) <= MAX_BACK else ""


def rereadings(request: SearchRequest, response: Response, default_size: int) -> dict[str, str]:
    """Addresses of ``literal``, what was typed to the letter, and ``suggested``; empty where not offered."""
    typed, suggestion = response["query"]["corrected_from"], response["suggestion"]
    texts = {"literal": (typed, False), "suggested": (suggestion, True)}
    return {
        name: search_url(replace(request, text=text, correct=correct, page=1), default_size) if text else ""
        for name, (text, correct) in texts.items()
    }


def last_page(total: int, size: int) -> int:
    """The last page within ``MAX_WINDOW``."""
    return max(1, min(-(-total // size), MAX_WINDOW // size))


def pager(request: SearchRequest, total: int, default_size: int) -> Pager:
    """Links to the previous and the next page, the first, the last, and those around the current one."""
    last = last_page(total, request.size)

    def url(page: int) -> str:
        return search_url(replace(request, page=page), default_size) if 1 <= page <= last else ""

    near = range(request.page - AROUND, request.page + AROUND + 1)
    shown = sorted({1, last, *(page for page in near if 1 <= page <= last)})
    pages: list[tuple[int, str] | None] = []
    for before, page in zip([0, *shown], shown, strict=False):
        if page > before + 1:
            pages.append(None)
        pages.append((page, url(page)))
    return Pager(request.page, pages, url(request.page - 1), url(request.page + 1))
