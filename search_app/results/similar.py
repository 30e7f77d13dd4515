"""Articles like one article: found by the words that tell most about it, on any engine."""

from __future__ import annotations

import math
from collections import Counter
from heapq import nlargest
from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import STEM
from kashshaf.index.errors import NotFoundError
from kashshaf.index.query import AtLeast, Filters, Search, Term, Weighted
from kashshaf.index.ranking import idf
from kashshaf.index.schema import STORY, TEXT, TITLE
from kashshaf.index.stored_documents import load_article
from kashshaf.search_app.query.language.tree import Query
from kashshaf.search_app.query.parameters import SearchRequest
from kashshaf.search_app.results.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.index.documents import Article
    from kashshaf.index.engine import Reader
    from kashshaf.index.store.snapshot import Snapshot
    from kashshaf.search_app.results.shapes import ArticleHit

NO_ARTICLE = "there is no article with the id {!r}"
MOST_SHOWN = 10
READ = 20_000
"""Characters of an article that are read: the first words of a book say what it is about."""
IN_TITLE = 3
"""Times that a word in the title counts: it was chosen to say what the article is about."""
CANDIDATES = 200
"""Words, the most frequent in the article, whose documents are counted: each is a look-up."""
TELLING = 25
"""Words that are asked for, the most telling: each is read in all the documents that have it."""
SHARED = 5
"""Of so many telling words a similar article has one at least, and never fewer than two."""


def similar(snapshot: Snapshot, article_id: str, zone: tzinfo) -> list[ArticleHit]:
    """The articles most like one, at most ``MOST_SHOWN``, without it and its re-publications.

    Raises NotFoundError where there is no such article.
    """
    stored = snapshot.articles.stored([article_id]).get(article_id)
    if stored is None:
        raise NotFoundError(NO_ARTICLE.format(article_id))
    article, _, story, _ = load_article(stored)
    words = telling(article, snapshot.analyzer, snapshot.articles)
    if not words:
        return []
    without = (("id", (article_id,)), *(((STORY, (story,)),) if story else ()))
    fold = STORY if snapshot.state.stories else ""
    search = Search(
        _sharing(words), (*_weighted(words),), Filters(without=without), limit=MOST_SHOWN, fold=fold
    )
    return Answer(snapshot, SearchRequest(), Query(), zone).listed(snapshot.articles.search(search).hits)


def telling(article: Article, analyzer: Analyzer, reader: Reader) -> dict[str, float]:
    """The stems that tell most about an article, the first the most, each with its weight from 0 to 1.

    The weight is (1 + ln f) · idf, for a stem that stands f times in the article, as in any tf·idf, over the
    greatest. A stem that no other document has cannot bring one.
    """
    times = _times(article, analyzer)
    candidates = [word for word, _ in times.most_common(CANDIDATES)]
    frequencies = reader.frequencies([Term(TEXT, STEM, word) for word in candidates])
    documents = reader.count()
    weights = {
        word: (1 + math.log(times[word])) * idf(documents, min(found, documents))
        for word, found in zip(candidates, frequencies, strict=True)
        if found > 1
    }
    best = nlargest(TELLING, weights, key=lambda word: (weights[word], word))
    return {word: weights[word] / weights[best[0]] for word in best}


def _times(article: Article, analyzer: Analyzer) -> Counter[str]:
    """The stems of an article with the times they stand in it."""
    body = [part for section in article.sections for part in (section.heading, section.text)]
    text = "\n".join((article.kicker, article.lead, *body))[:READ]
    stems = analyzer.terms(STEM)
    pieces = [*text.split(), *(article.title[:READ].split() * IN_TITLE)]
    return Counter(stem for piece in pieces for stem in stems[piece])


def _sharing(words: Mapping[str, float]) -> AtLeast:
    terms = tuple(Term(TEXT, STEM, word) for word in words)
    return AtLeast(min(len(terms), max(2, -(-len(terms) // SHARED))), terms)


def _weighted(words: Mapping[str, float]) -> Iterator[Weighted]:
    for word, weight in words.items():
        yield Weighted(Term(TEXT, STEM, word), weight)
        yield Weighted(Term(TITLE, STEM, word), weight / 2)
