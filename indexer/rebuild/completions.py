"""Completions out of what a rebuild has counted: the commonest spelling of each, and its score."""

from __future__ import annotations

from collections import Counter, defaultdict
from heapq import nlargest
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.folded_words import FoldedWords
from kashshaf.analyzers.letters import ARTICLE, BEH, FEH, KAF, WAW
from kashshaf.analyzers.stopwords import is_stop_word
from kashshaf.index.completions.entry import Entry, folded_key
from kashshaf.index.completions.new_titles import SCORE
from kashshaf.indexer.rebuild.written import WrittenTexts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kashshaf.index.completions.entry import Kind
    from kashshaf.indexer.rebuild.written import Written

MOST_WORDS = 200_000
MOST_PHRASES = 150_000
MOST_NAMES = 50_000
MOST_TITLES = 150_000
"""Entries of a kind: with all, the file has some 70 MB."""
LEAST = 2
"""Articles that have a phrase, at the least, in one spelling; one more for each 20,000 articles.

Of what stands in running text alone, much is furniture; so a title must have it, too."""
ARTICLES_FOR_ONE_MORE = 20_000
_TOGETHER = 0.1
"""Least share of a pair among those with its first word first, or with its second word second."""
_WHOLE = 0.8
"""Share of a phrase's articles that have it as part of one longer phrase, from which on only that is kept."""
_JOINED = tuple(clitic + ARTICLE for clitic in (WAW, FEH, BEH, KAF))
_DOUBLED = 100
"""Score of twice as many articles."""
_BONUS: Mapping[Kind, int] = {"word": 0, "phrase": 250, "name": 250}
_FRESHNESS = 200
"""Score between the oldest title and the newest."""


class _Spelt(NamedTuple):
    """The commonest spelling of a folded text, and the articles that have it in any."""

    text: str
    articles: int


def entries(written: Written, dropped: Collection[str], articles: int) -> Iterator[Entry]:
    """The completions of a corpus; ``dropped`` articles are not in it."""
    folded = FoldedWords()
    words = _words(written.words, folded)
    kept = nlargest(MOST_WORDS, words.values(), key=lambda each: each.articles)
    yield from (_entry("word", each) for each in kept if not is_stop_word(each.text))
    least = LEAST + articles // ARTICLES_FOR_ONE_MORE
    titles = (title for title, _ in written.titles.values())
    phrases = _phrases(written.phrases, titles, least, folded)
    yield from (
        _entry("phrase", each) for each in nlargest(MOST_PHRASES, phrases, key=lambda each: each.articles)
    )
    names = nlargest(MOST_NAMES, (+written.names).items(), key=lambda row: row[1])
    yield from (_entry("name", _Spelt(name, count), keyword) for (keyword, name), count in names)
    yield from _titles(written.titles, dropped, folded)


def _words(counts: Mapping[str, int], folded: FoldedWords) -> dict[str, _Spelt]:
    """The words without those that are a commoner one with a conjunction before its article."""
    found = _spelt({word: count for word, count in counts.items() if word and not word[0].isdigit()}, folded)

    def is_joined(word: str, articles: int) -> bool:
        host = found.get(word[1:]) if word.startswith(_JOINED) else None
        return host is not None and host.articles > articles

    return {word: spelt for word, spelt in found.items() if not is_joined(word, spelt.articles)}


def _entry(kind: Kind, spelt: _Spelt, origin: str = "") -> Entry:
    return Entry(spelt.text, kind, _BONUS[kind] + round(_DOUBLED * log2(1 + spelt.articles)), origin)


def _spelt(counts: Mapping[str, int], folded: FoldedWords) -> dict[str, _Spelt]:
    """The spellings of texts by what they are when folded."""
    spellings: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for text, count in counts.items():
        if count > 0:
            spellings[folded_key(text, folded)].append((count, text))
    return {key: _Spelt(max(each)[1], sum(count for count, _ in each)) for key, each in spellings.items()}


def _phrases(
    counts: Mapping[str, int], titles: Iterable[str], least: int, folded: FoldedWords
) -> Iterator[_Spelt]:
    """The frequent phrases of titles whose words belong together, without parts of one longer phrase."""
    of = WrittenTexts().phrases
    of_titles = {phrase for title in titles for phrase in of(title)}
    neighbours = _Neighbours(counts)
    frequent = {
        text: count
        for text, count in counts.items()
        if count >= least and text in of_titles and neighbours.belong_together(text)
    }
    spelt = _spelt(frequent, folded)
    longer: dict[str, int] = defaultdict(int)
    for key, each in spelt.items():
        first, last = key.split(" ", 1)[1], key.rsplit(" ", 1)[0]
        for part in (first, last):
            longer[part] = max(longer[part], each.articles)
    yield from (each for key, each in spelt.items() if longer[key] < _WHOLE * each.articles)


class _Neighbours:
    """Pairs of words that stand side by side, and how often each word stands first or second in one."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._first: Counter[str] = Counter()
        self._second: Counter[str] = Counter()
        for text, count in counts.items():
            first, *others = text.split(" ")
            if len(others) == 1:
                self._first[first] += count
                self._second[others[0]] += count

    def belong_together(self, phrase: str) -> bool:
        """Tell whether one word of each pair in a phrase has the other beside it often."""
        return all(self._share(*pair) >= _TOGETHER for pair in pairwise(phrase.split(" ")))

    def _share(self, first: str, second: str) -> float:
        pairs = self._counts.get(f"{first} {second}", 0)
        return pairs / max(1, min(self._first[first], self._second[second]))


def _titles(
    titles: Mapping[str, tuple[str, str]], dropped: Collection[str], folded: FoldedWords
) -> Iterator[Entry]:
    """The newest titles, each of which is there once."""
    kept = ((date, article, title) for article, (title, date) in titles.items() if article not in dropped)
    newest = nlargest(MOST_TITLES, kept)
    seen: set[str] = set()
    for number, (_, article, title) in enumerate(newest):
        if (key := folded_key(title, folded)) not in seen:
            seen.add(key)
            yield Entry(title, "title", SCORE - round(_FRESHNESS * number / len(newest)), article)
