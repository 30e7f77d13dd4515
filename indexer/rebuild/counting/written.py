"""Words, phrases, names and titles of articles as they are written: completions are made of them."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import orjson

from kashshaf.analyzers.arabic import PLAIN, cut, written
from kashshaf.analyzers.memo import Memo
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.analyzers.stopwords import is_stop_word
from kashshaf.analyzers.tokenize import EDGES, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kashshaf.index.documents import Article
    from kashshaf.indexer.rebuild.counting.phrases import Phrases

OPENING = 300
"""Characters of running text whose phrases are counted, as those of the title are."""
LONGEST_TITLE = 200
LONGEST_NAME = 60
BREAK = ""
"""In the place of signs and stop words, over which no phrase goes."""
REMEMBERED = 1 << 14
"""Pieces of text in each half of a memo, for titles: a vocabulary has the others."""
_LEAST = 2


class Written(NamedTuple):
    """Articles that have each word and name (with its keyword), and of each article its phrases and title.

    ``phrases``: of some articles each; ``titles`` are lines of JSON: id, title and date.
    """

    words: Counter[str]
    names: Counter[tuple[str, str]]
    phrases: list[Phrases]
    titles: list[bytes]


def nothing() -> Written:
    """Counts of no article."""
    return Written(Counter(), Counter(), [], [])


class Words(NamedTuple):
    """The words in some text: folded; and as written, marks off, breaks at signs and stop words."""

    folded: tuple[str, ...]
    written: tuple[str, ...]


_BROKEN = (BREAK,)
_WORDLESS = Words((), _BROKEN)


class PieceWords(Memo[Words]):
    """The words in pieces of text without spaces. Nothing is stemmed, so no lexicon is needed."""

    def __init__(self) -> None:
        super().__init__(REMEMBERED)

    def __missing__(self, piece: str) -> Words:
        found = self.find(piece)
        if found is None:
            bare = piece.strip(EDGES)
            found = self.keep(piece, _read(piece) if bare == piece else self._between(piece, bare))
        return found

    def _between(self, piece: str, bare: str) -> Words:
        """The words of what stands between signs."""
        if not bare:
            return _WORDLESS
        inside = self[bare]
        before = () if piece.startswith(bare) else _BROKEN
        after = () if piece.endswith(bare) else _BROKEN
        return Words(inside.folded, (*before, *inside.written, *after))

    def written(self, text: str) -> Iterator[str]:
        """The words of a text as they are written, and breaks, in order."""
        return written_words(map(self.__getitem__, text.split()))


def folded_words(pieces: Iterable[Words]) -> Iterator[str]:
    """The folded words of pieces, one after the other."""
    return chain.from_iterable(map(itemgetter(0), pieces))


def written_words(pieces: Iterable[Words]) -> Iterator[str]:
    """The words of pieces as they are written, and breaks, one after the other."""
    return chain.from_iterable(map(itemgetter(1), pieces))


def _read(piece: str) -> Words:
    if PLAIN.fullmatch(piece):  # most words: nothing in them has to be looked at more closely
        word = cut(piece)
        bare = fold_letters(word)
        one = (word,)  # for both, as often
        return Words(one if bare == word else (bare,), one if _or_break(word) else _BROKEN)
    folded, as_written = [], []
    before = 0
    for surface, start, end, kind in words(piece):
        if start > before:
            as_written.append(BREAK)
        before = end
        exact, bare = written(surface, kind)
        folded.append(bare)
        as_written.append(_or_break(exact))
    if before < len(piece):
        as_written.append(BREAK)
    return Words(tuple(folded), tuple(as_written))


def _or_break(word: str) -> str:
    return BREAK if len(word) < _LEAST or is_stop_word(word) else word


def note(article: Article, found: Written) -> None:
    """Add names and title of an article to what was found."""
    found.names.update(names(article))
    title = _title(article)
    if 0 < len(title) <= LONGEST_TITLE:
        found.titles.append(orjson.dumps((article.id, title, article.date or "")) + b"\n")


def headlines(article: Article) -> list[str]:
    """The title and the opening of the running text: where phrases are counted."""
    running = (article.lead, *(section.text for section in article.sections))
    return [_title(article), next(filter(None, running), "")[:OPENING].rpartition(" ")[0]]


def _title(article: Article) -> str:
    return " ".join(article.title.split())


def unbroken(words: Iterable[str]) -> list[list[str]]:
    """The words that stand with nothing but space between, no stop word among them."""
    text = " ".join([word or "\n" for word in words])
    return [run.split() for run in text.split("\n") if not run.isspace()]


def pairs(runs: Iterable[list[str]]) -> Iterator[str]:
    """Two words side by side, no number first."""
    for run in runs:
        yield from [f"{one} {two}" for one, two in pairwise(run) if not one[0].isdigit()]


def triples(runs: Iterable[list[str]]) -> Iterator[str]:
    """Three words side by side, no number first."""
    for run in runs:
        beside = zip(run, run[1:], run[2:], strict=False)
        yield from [f"{one} {two} {three}" for one, two, three in beside if not one[0].isdigit()]


def names(article: Article) -> Iterator[tuple[str, str]]:
    """The names that an article is filed under, each with its keyword."""
    values = (article.author, *article.tags, article.source, article.section)
    keywords = ("author", *["tag"] * len(article.tags), "source", "section")
    for keyword, value in islice(zip(keywords, values, strict=True), 100):
        name = " ".join(value.split())
        if 1 < len(name) <= LONGEST_NAME:
            yield keyword, name
