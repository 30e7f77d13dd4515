"""How often words are attested in a corpus: the first pass of a rebuild, from which stems are proved."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from analyzers.arabic import MEMO_SIZE, written
from analyzers.letters import LETTERS
from analyzers.memo import Memo
from analyzers.tokenize import kind_of, surfaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.documents import Article
    from indexer.progress import Step

ARABIC = re.compile(f"[{LETTERS}]+")
MOST = 2_000_000
"""Distinct words counted at a time: beyond it those seen once so far are dropped; most are misspellings."""


def count_words(articles: Iterable[Article], step: Step) -> Counter[str]:
    """In how many documents each folded word occurs; comments count once an author and article."""
    folded = _Folded()
    counts: Counter[str] = Counter()
    for article in articles:
        for texts in _documents(article):
            pieces = set(chain.from_iterable(map(str.split, texts)))
            counts.update(set(chain.from_iterable(map(folded.__getitem__, pieces))))
        if len(counts) > MOST:
            counts = Counter({word: count for word, count in counts.items() if count > 1})
        step()
    return counts


class _Folded(Memo[tuple[str, ...]]):
    """The folded Arabic words in a piece of text without spaces. Nothing is stemmed before all is counted."""

    def __init__(self) -> None:
        super().__init__(MEMO_SIZE)

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = self.find(piece)
        if found is None:
            folded = (written(surface, kind_of(surface))[1] for surface in surfaces(piece))
            found = self.keep(piece, tuple(filter(ARABIC.fullmatch, folded)))
        return found


def _documents(article: Article) -> Iterator[list[str]]:
    """The article itself, and what each author says below it."""
    parts = [text for section in article.sections for text in (section.heading, section.text)]
    yield [article.kicker, article.title, article.lead, *parts]
    by_author: dict[str, list[str]] = {}
    for comment in article.comments:
        by_author.setdefault(comment.author, []).append(comment.text)
    yield from by_author.values()
