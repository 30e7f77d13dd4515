"""Searches to try instead: after one that found nothing, and of words that may stand far apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kashshaf.search_app.query.language.reader import parse_now
from kashshaf.search_app.query.language.tree import Word
from kashshaf.search_app.results.order.nearness import FEW
from kashshaf.search_app.web.links import BY_DATE, elsewhere, search_url, unfiltered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo

    from kashshaf.search_app.query.parameters import SearchRequest

MAX_FEWER = 3
"""Words that are left out, one at a time."""
QUOTES = str.maketrans(dict.fromkeys('"«»“”„', " "))


@dataclass(frozen=True, slots=True)
class Advice:
    """Something else to try: a sentence, other words (may be empty), the search for them, and its total."""

    text: str
    words: str
    url: str
    total: int


def advice(request: SearchRequest, default_size: int, total: Callable[[SearchRequest], int]) -> list[Advice]:
    """Searches near ``request`` that find something; ``total`` counts what one finds."""
    found = []
    for text, words, other in _tries(replace(request, page=1, correct=False, facets=())):
        if many := total(replace(other, size=1)):
            url = search_url(replace(other, correct=request.correct), default_size)
            found.append(Advice(text, words, url, many))
    return found


def nearness(
    request: SearchRequest, found: int, default_size: int, total: Callable[[SearchRequest], int], zone: tzinfo
) -> Advice | None:
    """From a search by date that ``found`` so many: to results with all its words, near each other or not.

    Where the words may stand far apart, the first results need not be about them. None where the other search
    has the same results, or none.
    """
    if request.sort not in BY_DATE or request.match == "any" or request.target == "comments":
        return None
    if request.match != "near" and not are_few_words(request.text, zone):
        return None
    other = replace(request, match="all" if request.match == "near" else "near", page=1, facets=())
    many = total(replace(other, size=1, correct=False))
    return Advice("", "", search_url(other, default_size), many) if many not in (0, found) else None


def are_few_words(text: str, zone: tzinfo) -> bool:
    """Tell a text of a few loose words from one with operators, fields or dates."""
    query = parse_now(text, zone)
    loose = all(isinstance(node, Word) for node in query.parts)
    return loose and not query.filters and not query.dates and len(query.parts) in FEW


def _tries(request: SearchRequest) -> Iterator[tuple[str, str, SearchRequest]]:
    if request.match == "all":
        yield "اكتفِ ببعض الكلمات", "", replace(request, match="auto")
    if request.filters:
        yield "ابحث من غير تصفية", "", replace(unfiltered(request), correct=False)
    unquoted = " ".join(request.text.translate(QUOTES).split())
    if unquoted and unquoted != " ".join(request.text.split()):
        yield "ابحث عن الكلمات من غير علامات التنصيص:", unquoted, replace(request, text=unquoted)
    for words in fewer_words(unquoted):
        yield "ابحث بكلمات أقل:", words, replace(request, text=words)
    where = "ابحث في تعليقات القرّاء" if request.target == "articles" else "ابحث في المقالات"
    yield where, "", replace(elsewhere(request), sort="relevance")


def fewer_words(text: str) -> list[str]:
    """The query less one word, at most ``MAX_FEWER`` ways, the last word left out first."""
    words = text.split()
    if len(words) < 2:
        return []
    shorter = [" ".join(words[:i] + words[i + 1 :]) for i in reversed(range(len(words)))]
    return list(dict.fromkeys(shorter))[:MAX_FEWER]
