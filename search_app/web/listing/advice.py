"""Things to try after a search that found nothing: only such as find something."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kashshaf.search_app.web.links import search_url, unfiltered, without

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    if request.target == "articles":
        yield "ابحث في تعليقات القرّاء", "", replace(request, target="comments", sort="relevance")
    else:
        elsewhere = without(request, "article")
        yield "ابحث في المقالات", "", replace(elsewhere, target="articles", sort="relevance")


def fewer_words(text: str) -> list[str]:
    """The query less one word, at most ``MAX_FEWER`` ways, the last word left out first."""
    words = text.split()
    if len(words) < 2:
        return []
    shorter = [" ".join(words[:i] + words[i + 1 :]) for i in reversed(range(len(words)))]
    return list(dict.fromkeys(shorter))[:MAX_FEWER]
