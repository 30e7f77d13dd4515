"""Completions out of what a rebuild has counted: the commonest spelling of each, and its score."""

from __future__ import annotations

from collections import defaultdict
from heapq import nlargest
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.folded_words import FoldedWords
from kashshaf.analyzers.letters import ARTICLE, BEH, FEH, KAF, WAW
from kashshaf.analyzers.stopwords import is_stop_word
from kashshaf.index.completions.entry import Entry, folded_key
from kashshaf.index.completions.entry_file import EntryFile
from kashshaf.index.completions.new_titles import SCORE
from kashshaf.indexer.rebuild.counting.collected import Collected
from kashshaf.indexer.rebuild.counting.written import PieceWords, pairs, triples, unbroken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from kashshaf.index.completions.entry import Kind

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
REMEMBERED = 1 << 17
"""Words in each half of a memo: phrases and titles share most of theirs."""
_DOUBLED = 100
"""Score of twice as many articles."""
_BONUS: Mapping[Kind, int] = {"word": 0, "phrase": 250, "name": 250}
_FRESHNESS = 200
"""Score between the oldest title and the newest."""


class _Spelt(NamedTuple):
    """The commonest spelling of a folded text, and the articles that have it in any."""

    text: str
    articles: int


class WriteCompletions:
    """The task of writing the completions of a corpus to a file; can be pickled.

    ``dropped`` articles are not in it; ``articles``: how many are.
    """

    def __init__(self, path: Path, dropped: Collection[str], articles: int) -> None:
        self._path = path
        self._dropped = dropped
        self._articles = articles

    def __call__(self, collected: Path) -> int:
        """Write those of what was collected and put aside; gives their number."""
        words = FoldedWords(REMEMBERED)
        found = [*entries(Collected.load(collected), self._dropped, self._articles, words)]
        EntryFile.of(found, words).save(self._path)
        return len(found)


def entries(
    collected: Collected, dropped: Collection[str], articles: int, folded: FoldedWords
) -> Iterator[Entry]:
    """The completions of a corpus; ``dropped`` articles are not in it."""
    yield from _words(collected.words, folded)
    least = LEAST + articles // ARTICLES_FOR_ONE_MORE
    frequent = nlargest(MOST_PHRASES, _phrases(collected, least, folded), key=lambda each: each.articles)
    yield from (_entry("phrase", each) for each in frequent)
    names = nlargest(MOST_NAMES, (+collected.names).items(), key=lambda row: row[1])
    yield from (_entry("name", _Spelt(name, count), keyword) for (keyword, name), count in names)
    yield from _titles(collected.titles(), dropped, folded)


def _words(counts: Mapping[str, int], folded: FoldedWords) -> Iterator[Entry]:
    """The commonest words without those that are a commoner one with a conjunction before its article."""
    found = _spelt(counts, (word for word in counts if word and not word[0].isdigit()), folded)

    def is_joined(word: str, articles: int) -> bool:
        host = found.get(word[1:]) if word.startswith(_JOINED) else None
        return host is not None and host.articles > articles

    own = (spelt for word, spelt in found.items() if not is_joined(word, spelt.articles))
    kept = nlargest(MOST_WORDS, own, key=lambda each: each.articles)
    yield from (_entry("word", each) for each in kept if not is_stop_word(each.text))


def _entry(kind: Kind, spelt: _Spelt, origin: str = "") -> Entry:
    return Entry(spelt.text, kind, _BONUS[kind] + round(_DOUBLED * log2(1 + spelt.articles)), origin)


def _spelt(counts: Mapping[str, int], texts: Iterable[str], folded: FoldedWords) -> dict[str, _Spelt]:
    """The spellings of some of the texts that were counted, by what they are when folded."""
    found: dict[str, _Spelt] = {}
    for text in texts:
        count = counts[text]
        if count > 0:
            key = folded_key(text, folded)
            known = found.get(key, _Spelt(text, 0))
            commonest = max((counts[known.text], known.text), (count, text))[1]
            found[key] = _Spelt(commonest, known.articles + count)
    return found


def _phrases(collected: Collected, least: int, folded: FoldedWords) -> Iterator[_Spelt]:
    """The frequent phrases of titles whose words belong together, without parts of one longer phrase."""
    counts = collected.counts(_phrases_of(title for _, title, _ in collected.titles()))
    enough = {text: count for text, count in counts.items() if count >= least}
    neighbours = _Neighbours(
        counts, collected.neighbours([*{word for text in enough for word in text.split(" ")}])
    )
    frequent = {text: count for text, count in enough.items() if neighbours.belong_together(text)}
    spelt = _spelt(frequent, frequent, folded)
    longer: dict[str, int] = defaultdict(int)
    for key, each in spelt.items():
        first, last = key.split(" ", 1)[1], key.rsplit(" ", 1)[0]
        for part in (first, last):
            longer[part] = max(longer[part], each.articles)
    yield from (each for key, each in spelt.items() if longer[key] < _WHOLE * each.articles)


def _phrases_of(titles: Iterable[str]) -> set[str]:
    written = PieceWords().written
    runs = [run for title in titles for run in unbroken(written(title))]
    return {*pairs(runs), *triples(runs)}


class _Neighbours(NamedTuple):
    """Pairs of words that stand side by side, and how often each word stands first and second in one."""

    pairs: Mapping[str, int]
    words: Mapping[str, tuple[int, int]]

    def belong_together(self, phrase: str) -> bool:
        """Tell whether one word of each pair in a phrase has the other beside it often."""
        return all(self._share(*pair) >= _TOGETHER for pair in pairwise(phrase.split(" ")))

    def _share(self, first: str, second: str) -> float:
        pairs = self.pairs.get(f"{first} {second}", 0)
        return pairs / max(1, min(self.words[first][0], self.words[second][1]))


def _titles(
    titles: Iterable[tuple[str, str, str]], dropped: Collection[str], folded: FoldedWords
) -> Iterator[Entry]:
    """The newest titles, each of which is there once."""
    kept = ((date, article, title) for article, title, date in titles if article not in dropped)
    newest = nlargest(MOST_TITLES, kept)
    seen: set[str] = set()
    for number, (_, article, title) in enumerate(newest):
        if (key := folded_key(title, folded)) not in seen:
            seen.add(key)
            yield Entry(title, "title", SCORE - round(_FRESHNESS * number / len(newest)), article)
