"""Addresses of searches: the same search on another page, without a filter, with fewer words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import url_for

from search_app.query.parameters import MAX_WINDOW, REPEATABLE, SearchRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

AROUND = 2
"""Page numbers shown on either side of the current one."""
MAX_FEWER = 3
QUOTES = str.maketrans(dict.fromkeys('"«»“”„', " "))
_SINGLE = {"from": "from_", "to": "to", "article": "article"}
FILTER_LABELS = {
    "from": "من",
    "to": "إلى",
    "source": "المصدر",
    "section": "القسم",
    "author": "الكاتب",
    "tag": "الوسم",
    "article": "في المقال",
    "fold": "المعاد نشره",
}
UNFOLDED = "كل نسخة على حدة"


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter and the search without it."""

    name: str
    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Something else to try: a sentence, what to look for (may be empty), and the search that does it."""

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


def parameters(request: SearchRequest, default_size: int) -> dict[str, str | list[str]]:
    """A request as URL parameters, without those at their defaults; the reverse of ``request.read``."""
    every: dict[str, str | list[str]] = {
        "q": request.text,
        "in": "" if request.target == "articles" else request.target,
        "from": request.from_,
        "to": request.to,
        **{name: list(getattr(request, name)) for name in REPEATABLE},
        "article": request.article,
        "sort": "" if request.sort == "relevance" else request.sort,
        "fold": "" if request.fold else "no",
        "page": "" if request.page == 1 else str(request.page),
        "size": "" if request.size == default_size else str(request.size),
    }
    return {name: value for name, value in every.items() if value}


def chips(request: SearchRequest, default_size: int, article_title: str = "") -> list[Chip]:
    """Every active filter; an article is called by its title where that is known."""
    return [
        Chip(name, FILTER_LABELS[name], _shown(name, value, article_title), search_url(without, default_size))
        for name, value, without in _removals(replace(request, page=1))
    ]


def _shown(name: str, value: str, article_title: str) -> str:
    return article_title or value if name == "article" else value


def _removals(request: SearchRequest) -> Iterator[tuple[str, str, SearchRequest]]:
    for name, attribute in _SINGLE.items():
        if value := getattr(request, attribute):
            yield name, value, _with(request, attribute, "")
    for name in REPEATABLE:
        values: tuple[str, ...] = getattr(request, name)
        for value in dict.fromkeys(values):
            rest = tuple(other for other in values if other != value)
            yield name, value, _with(request, name, rest)
    if not request.fold and request.target == "articles":
        yield "fold", UNFOLDED, _with(request, "fold", True)


def _with(request: SearchRequest, attribute: str, value: Any) -> SearchRequest:
    return replace(request, **{attribute: value})


def unfiltered(request: SearchRequest) -> SearchRequest:
    """The same words, everywhere."""
    return SearchRequest(text=request.text, target=request.target, sort=request.sort, size=request.size)


def advice(request: SearchRequest, default_size: int) -> list[Advice]:
    """What may help a search that found nothing, each with the search that does it."""
    tries = list(_tries(replace(request, page=1)))
    return [Advice(text, words, search_url(other, default_size)) for text, words, other in tries]


def _tries(request: SearchRequest) -> Iterator[tuple[str, str, SearchRequest]]:
    if unfiltered(request) != replace(request, fold=True):
        yield "ابحث من غير تصفية", "", unfiltered(request)
    unquoted = " ".join(request.text.translate(QUOTES).split())
    if unquoted and unquoted != " ".join(request.text.split()):
        yield "ابحث عن الكلمات من غير علامات التنصيص:", unquoted, replace(request, text=unquoted)
    for words in fewer_words(unquoted):
        yield "ابحث بكلمات أقل:", words, replace(request, text=words)
    if request.target == "articles":
        yield "ابحث في تعليقات القرّاء", "", replace(request, target="comments")
    else:
        yield "ابحث في المقالات", "", replace(request, target="articles", article="")


def fewer_words(text: str) -> list[str]:
    """The query less one word, at most ``MAX_FEWER`` ways, the last word left out first."""
    words = text.split()
    if len(words) < 2:
        return []
    shorter = [" ".join(words[:i] + words[i + 1 :]) for i in reversed(range(len(words)))]
    return list(dict.fromkeys(shorter))[:MAX_FEWER]


def last_page(total: int, size: int) -> int:
    """The last page that may be asked for."""
    return max(1, min(-(-total // size), MAX_WINDOW // size))


def pager(request: SearchRequest, total: int, default_size: int) -> Pager:
    """Previous, next and the numbers: first, last, and those around the current page."""
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
