"""How often words are attested in a corpus: the first pass of a rebuild, from which stems are proved."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from analyzers.arabic import Analyzer
from analyzers.letters import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.documents import Article
    from indexer.progress import Step

ARABIC = re.compile(f"[{LETTERS}]+")
MOST = 2_000_000
"""Distinct words counted at a time: beyond it those seen once so far are dropped; most are misspellings."""


def count_words(articles: Iterable[Article], step: Step) -> Counter[str]:
    """In how many documents each folded word occurs; comments count once an author and article."""
    analyzer = Analyzer()
    counts: Counter[str] = Counter()
    for article in articles:
        for texts in _documents(article):
            words = {word for text in texts for token in analyzer.tokens(text) for word in token.forms.folded}
            counts.update(word for word in words if ARABIC.fullmatch(word))
        if len(counts) > MOST:
            counts = Counter({word: count for word, count in counts.items() if count > 1})
        step()
    return counts


def _documents(article: Article) -> Iterator[list[str]]:
    """The article itself, and what each author says below it."""
    parts = [text for section in article.sections for text in (section.heading, section.text)]
    yield [article.kicker, article.title, article.lead, *parts]
    by_author: dict[str, list[str]] = {}
    for comment in article.comments:
        by_author.setdefault(comment.author, []).append(comment.text)
    yield from by_author.values()
