"""Words, phrases, names and titles of articles as they are written, counted: completions are made of them."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.analyzer import MEMO_SIZE
from kashshaf.analyzers.arabic import written
from kashshaf.analyzers.memo import Memo
from kashshaf.analyzers.stopwords import is_stop_word
from kashshaf.analyzers.tokenize import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.documents import Article

SIZES = (2, 3)
"""Words of a phrase."""
OPENING = 300
"""Characters of running text whose phrases are counted, as those of the title are."""
LONGEST_TITLE = 200
LONGEST_NAME = 60
KEYWORDS = ("author", "tag", "source", "section")
BREAK = ""
"""In the place of signs and stop words, over which no phrase goes."""
_LEAST = 2


class Written(NamedTuple):
    """Articles that have each word, phrase and name (with its keyword); titles with their dates, by id."""

    words: Counter[str]
    phrases: Counter[str]
    names: Counter[tuple[str, str]]
    titles: dict[str, tuple[str, str]]


def nothing() -> Written:
    """Counts of no article."""
    return Written(Counter(), Counter(), Counter(), {})


def add(to: Written, more: Written) -> Written:
    """Counts with others added; a later title takes the place of an earlier one."""
    to.words.update(more.words)
    to.phrases.update(more.phrases)
    to.names.update(more.names)
    to.titles.update(more.titles)
    return to


def subtract(from_: Written, fewer: Written) -> None:
    """Take counts away. Titles stay: they have been replaced."""
    from_.words.subtract(fewer.words)
    from_.phrases.subtract(fewer.phrases)
    from_.names.subtract(fewer.names)


class WrittenTexts:
    """Counts articles; remembers the words of pieces of text."""

    def __init__(self) -> None:
        self._words = _WrittenWords(MEMO_SIZE)

    def note(self, article: Article, found: Written) -> None:
        """Add an article to counts."""
        running = [article.lead, *(section.text for section in article.sections)]
        pieces = set(chain.from_iterable(map(str.split, (article.kicker, article.title, *running))))
        found.words.update(set(chain.from_iterable(map(self._words.__getitem__, pieces))))
        opening = next(filter(None, running), "")[:OPENING].rpartition(" ")[0]
        found.phrases.update({*self.phrases(article.title), *self.phrases(opening)})
        found.names.update(names(article))
        title = " ".join(article.title.split())
        if 0 < len(title) <= LONGEST_TITLE:
            found.titles[article.id] = title, article.date or ""

    def phrases(self, text: str) -> Iterator[str]:
        """Two and three words with nothing but space between, no stop word among them and no number first."""
        run = list(chain.from_iterable(map(self._words.__getitem__, text.split())))
        for size in SIZES:
            for first in range(len(run) - size + 1):
                some = run[first : first + size]
                if BREAK not in some and not some[0][0].isdigit():
                    yield " ".join(some)


class _WrittenWords(Memo[tuple[str, ...]]):
    """The words in a piece of text as they are written, marks off, with breaks at signs and stop words."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = self.find(piece)
        return self.keep(piece, tuple(_with_breaks(piece))) if found is None else found


def _with_breaks(piece: str) -> Iterator[str]:
    before = 0
    for surface, start, end, kind in words(piece):
        if start > before:
            yield BREAK
        before = end
        word = written(surface, kind)[0]
        yield BREAK if len(word) < _LEAST or is_stop_word(word) else word
    if before < len(piece):
        yield BREAK


def names(article: Article) -> Iterator[tuple[str, str]]:
    """The names that an article is filed under, each with its keyword."""
    values = (article.author, *article.tags, article.source, article.section)
    keywords = ("author", *["tag"] * len(article.tags), "source", "section")
    for keyword, value in islice(zip(keywords, values, strict=True), 100):
        name = " ".join(value.split())
        if 1 < len(name) <= LONGEST_NAME:
            yield keyword, name
