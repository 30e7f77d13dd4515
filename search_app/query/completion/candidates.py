"""Completions to choose from, best first: those that begin as typed, then those that have it inside."""

from __future__ import annotations

from collections.abc import Callable
from heapq import merge, nlargest
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from kashshaf.analyzers.letters import ALEF_MAKSURA, YEH
from kashshaf.analyzers.stopwords import is_stop_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kashshaf.index.completions.entry import Entry
    from kashshaf.index.completions.entry import Kind as EntryKind
    from kashshaf.index.completions.entry_file import EntryFile
    from kashshaf.index.completions.new_titles import NewTitles
    from kashshaf.index.store.word_trie import WordTrie
    from kashshaf.search_app.query.completion.typed_beginning import Beginning

Queries = Callable[[str], list[str]]
"""Frequent queries that begin as a text does, likeliest first."""
Kind = Literal["word", "title", "name", "phrase", "query"]

MAX_WORDS = 4_000
"""Words with one beginning that are compared where an index has no completions of its own."""
MOST_BEFORE = 6
"""Words of a text whose last one is completed by itself: a longer one is a title, or none."""
MOST_CONTINUED = 6
"""Words that are tried after those typed, the commonest with the beginning."""
LEAST_INSIDE = 2
"""Letters of a word that is looked for inside of completions."""
_SHORT: tuple[EntryKind, ...] = ("word", "phrase", "name")


class Candidate(NamedTuple):
    """A text that could be offered.

    ``origin``: the article of a title, the keyword of a name, the typed word that a completed one follows.
    """

    text: str
    kind: Kind
    origin: str = ""


class Sources(NamedTuple):
    """Sources of completions in an index; ``queries`` gives frequent queries that begin as typed."""

    entries: EntryFile | None
    new_titles: NewTitles
    words: WordTrie | None
    queries: Queries


def short(typed: Beginning, sources: Sources) -> Iterator[Candidate]:
    """Everything but titles."""
    yield from (Candidate(text, "query") for text in sources.queries(typed.text))
    yield from _starting(typed, sources, _SHORT)
    yield from _inside(typed, sources, ("phrase", "name"))
    yield from _last_word(typed, sources)


def titles(typed: Beginning, sources: Sources) -> Iterator[Candidate]:
    """Titles, new ones first."""
    new = sources.new_titles
    keys = _keys(typed)
    yield from _candidates(chain.from_iterable(map(new.starting, keys)))
    yield from _starting(typed, sources, ("title",))
    if len(typed.bare) >= LEAST_INSIDE:
        yield from _candidates(new.inside(typed.bare))
    yield from _inside(typed, sources, ("title",))


def _starting(typed: Beginning, sources: Sources, kinds: Iterable[EntryKind]) -> Iterator[Candidate]:
    if sources.entries is None:
        return
    for key in _keys(typed):
        yield from _candidates(_by_score([sources.entries.starting(kind, key) for kind in kinds]))


def _inside(typed: Beginning, sources: Sources, kinds: Iterable[EntryKind]) -> Iterator[Candidate]:
    if sources.entries is None or len(typed.bare) < LEAST_INSIDE:
        return
    yield from _candidates(_by_score(sources.entries.inside(kind, typed.bare) for kind in kinds))


def _last_word(typed: Beginning, sources: Sources) -> Iterator[Candidate]:
    """The text with its last word completed, where others stand before it or nothing else is known."""
    if not typed.word or typed.length > MOST_BEFORE or not (typed.start or sources.entries is None):
        return
    head = typed.text[: typed.start]
    if sources.entries is None:
        found: Iterable[str] = _folded_words(typed.word, sources.words)
    else:
        found = (each.text for each in islice(sources.entries.starting("word", typed.word), MOST_CONTINUED))
    yield from (Candidate(head + word, "word", typed.before) for word in found)


def _folded_words(prefix: str, words: WordTrie | None) -> list[str]:
    """The commonest words of an index without completions, folded."""
    if words is None:
        return []
    some = list(islice(words.words(prefix), MAX_WORDS))
    if len(some) == MAX_WORDS:
        some = [word for word in words.frequent if word.startswith(prefix)]
    return nlargest(8, (word for word in some if word != prefix and not _stops(word)), key=words.count)


def _stops(word: str) -> bool:
    return is_stop_word(word) or (word.endswith(YEH) and is_stop_word(word[:-1] + ALEF_MAKSURA))


def _keys(typed: Beginning) -> list[str]:
    return list(dict.fromkeys((typed.folded, typed.bare)))


def _by_score(found: Iterable[Iterator[Entry]]) -> Iterator[Entry]:
    return merge(*found, key=lambda entry: -entry.score)


def _candidates(entries: Iterable[Entry]) -> Iterator[Candidate]:
    return (Candidate(entry.text, entry.kind, entry.origin) for entry in entries)
