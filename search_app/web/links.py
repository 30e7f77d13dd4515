"""URLs of searches: another page, without a filter, with fewer words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import url_for

from search_app.query.filters import FILTERS
from search_app.query.parameters import CHOICES, MAX_WINDOW, PARAMETERS, SearchRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_app.results.shapes import Response

AROUND = 2
"""Page numbers shown on either side of the current one."""
MAX_FEWER = 3
QUOTES = str.maketrans(dict.fromkeys('"«»“”„', " "))
CHOICE_LABELS: dict[str, tuple[str, dict[str, str]]] = {
    "in": ("ابحث في", {"articles": "المقالات", "comments": "تعليقات القرّاء"}),
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
    "match": ("كلمات البحث", {"auto": "كلها ثم بعضها", "all": "كلها", "any": "أيّ منها"}),
    "fold": ("المعاد نشره", {"yes": "مرة واحدة", "no": "كل نسخة على حدة"}),
    "correct": ("الإملاء", {"yes": "يُصحَّح إن لم توجد نتائج", "no": "كما كُتب"}),
}
"""The label of each parameter of ``CHOICES``, and of each of its values."""


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter and the search without it."""

    name: str
    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Something else to try: a sentence, other words (may be empty), and the search for them."""

    text: str
    words: str
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
    return url_for("pages.search", **parameters(request, default_size))  # type: ignore[arg-type]


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


def chips(request: SearchRequest, default_size: int, article_title: str = "") -> list[Chip]:
    """Every active filter; an article is called by its title where that is known."""
    return [
        Chip(name, label, value, search_url(without, default_size))
        for name, label, value, without in _removals(replace(request, page=1), article_title)
    ]


def _removals(request: SearchRequest, article_title: str) -> Iterator[tuple[str, str, str, SearchRequest]]:
    """Parameter, label and value of each chip, and the request without it."""
    for each in FILTERS:
        for value in dict.fromkeys(request.filters.get(each.parameter, ())):
            shown = article_title or value if each.keyword == "article" else value
            yield each.parameter, each.label, shown, _without(request, each.parameter, value)
    if request.match != "auto":
        label, values = CHOICE_LABELS["match"]
        yield "match", label, values[request.match], replace(request, match="auto")
    if not request.fold and request.target == "articles":
        label, values = CHOICE_LABELS["fold"]
        yield "fold", label, values["no"], replace(request, fold=True)
    if not request.correct:
        label, values = CHOICE_LABELS["correct"]
        yield "correct", label, values["no"], replace(request, correct=True)


def _without(request: SearchRequest, name: str, value: str | None = None) -> SearchRequest:
    """The request without a value of a filter; None: without all of them."""
    rest = () if value is None else tuple(other for other in request.filters[name] if other != value)
    filters = {**request.filters, name: rest}
    return replace(request, filters={name: values for name, values in filters.items() if values})


def unfiltered(request: SearchRequest) -> SearchRequest:
    """The first page of the same words, everywhere."""
    return replace(request, filters={}, match="auto", fold=True, correct=True, page=1)


def rereadings(request: SearchRequest, response: Response, default_size: int) -> dict[str, str]:
    """Addresses of ``literal``, what was typed to the letter, and ``suggested``; empty where not offered."""
    typed, suggestion = response["query"]["corrected_from"], response["suggestion"]
    texts = {"literal": (typed, False), "suggested": (suggestion, True)}
    return {
        name: search_url(replace(request, text=text, correct=correct, page=1), default_size) if text else ""
        for name, (text, correct) in texts.items()
    }


def advice(request: SearchRequest, default_size: int) -> list[Advice]:
    """Things to try after a search that found nothing, each with the search that does it."""
    tries = list(_tries(replace(request, page=1)))
    return [Advice(text, words, search_url(other, default_size)) for text, words, other in tries]


def _tries(request: SearchRequest) -> Iterator[tuple[str, str, SearchRequest]]:
    if request.match == "all":
        yield "اكتفِ ببعض الكلمات", "", replace(request, match="auto")
    if request.filters:
        yield "ابحث من غير تصفية", "", unfiltered(request)
    unquoted = " ".join(request.text.translate(QUOTES).split())
    if unquoted and unquoted != " ".join(request.text.split()):
        yield "ابحث عن الكلمات من غير علامات التنصيص:", unquoted, replace(request, text=unquoted)
    for words in fewer_words(unquoted):
        yield "ابحث بكلمات أقل:", words, replace(request, text=words)
    if request.target == "articles":
        yield "ابحث في تعليقات القرّاء", "", replace(request, target="comments")
    else:
        yield "ابحث في المقالات", "", replace(_without(request, "article"), target="articles")


def fewer_words(text: str) -> list[str]:
    """The query less one word, at most ``MAX_FEWER`` ways, the last word left out first."""
    words = text.split()
    if len(words) < 2:
        return []
    shorter = [" ".join(words[:i] + words[i + 1 :]) for i in reversed(range(len(words)))]
    return list(dict.fromkeys(shorter))[:MAX_FEWER]


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
