"""Rereading of a request: by other words where those typed find nothing, or with others to suggest."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.index.completions.entry import folded_key
from kashshaf.index.query import Search
from kashshaf.search_app.query.filters import filters
from kashshaf.search_app.query.language.reader import parse_now
from kashshaf.search_app.query.language.tree import Query, Word
from kashshaf.search_app.query.parser import read
from kashshaf.search_app.query.plan import every_word, plan
from kashshaf.search_app.query.rewrites.corpus_words import CorpusWords
from kashshaf.search_app.query.rewrites.proposals import propose
from kashshaf.search_app.query.rewrites.typed_text import replaced, typed_words
from kashshaf.search_app.query.synonyms.synonyms import NO_SYNONYMS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from kashshaf.index.completions.entry_file import EntryFile
    from kashshaf.index.query import Clause
    from kashshaf.index.store.snapshot import Snapshot
    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.query.parsed_query import ParsedQuery
    from kashshaf.search_app.query.synonyms.synonyms import Synonyms


MOST_WORDS = 5
"""Words of a query that is reread: a longer one seldom fails by a slip, and each word costs milliseconds."""
MOST_ALIKE = 50
"""Words with one beginning that are looked through for the spelling of one of them."""


class Rereading(NamedTuple):
    """The request to answer; what was typed where that is another; a text that finds more, to suggest."""

    request: SearchRequest
    corrected_from: str | None = None
    suggestion: str | None = None


def reread(
    snapshot: Snapshot, request: SearchRequest, zone: tzinfo, synonyms: Synonyms = NO_SYNONYMS
) -> Rereading:
    """The request with its likeliest rewrite, if there is one that finds clearly more.

    A slip of the keyboard and Latin letters are answered as meant; a misspelling where nothing matches fully,
    else the right spelling is suggested.
    """
    if not request.correct or not snapshot.words or _is_literal(parse_now(request.text, zone)):
        return Rereading(request)
    counter = _Counter(snapshot, request, zone, synonyms)
    corpus = CorpusWords(snapshot.words, snapshot.analyzer.lexicon)
    found = propose(request.text, corpus, counter.holding)
    if not found:
        return Rereading(request)
    text = _as_written(found[0].text, request.text, snapshot.completions)
    if found[0].kind == "spelling" and counter.matching(request.text):
        return Rereading(request, suggestion=text)
    return Rereading(replace(request, text=text), corrected_from=request.text)


def _is_literal(query: Query) -> bool:
    """Tell a query that is more than a few words: with quotes, operators, fields or dates, or long."""
    if query.filters or query.dates or len(query.parts) > MOST_WORDS:
        return True
    return not all(isinstance(node, Word) for node in query.parts)


def _as_written(text: str, typed: str, known: EntryFile | None) -> str:
    """A rewritten text with each word that was not ``typed`` as the articles mostly spell it: «المدرسة»."""
    kept = {word.folded for word in typed_words(typed)}
    changes = [
        (word.start, word.end, spelled)
        for word in typed_words(text)
        if known and word.folded not in kept and (spelled := _spelling(word.folded, known))
    ]
    return replaced(text, changes)


def _spelling(folded: str, known: EntryFile) -> str:
    """The commonest spelling of a folded word, empty where it is not among the likeliest that begin so."""
    entries = islice(known.starting("word", folded), MOST_ALIKE)
    return next((entry.text for entry in entries if folded_key(entry.text) == folded), "")


class _Counter:
    """Counts documents that the filters of a request let through."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest, zone: tzinfo, synonyms: Synonyms) -> None:
        self._synonyms = synonyms
        self._analyzer = snapshot.analyzer
        self._zone = zone
        self._index = request.target
        self._reader = snapshot.reader(request.target)
        self._filters = filters(request.filters, request.target, zone)

    def holding(self, words: Sequence[str]) -> int:
        """Documents that hold all of some words."""
        return self._count(every_word(self._read(Query(tuple(map(Word, words)))), self._index))

    def matching(self, text: str) -> int:
        """Full matches of a query."""
        asked = self._read(parse_now(text, self._zone))
        return self._count(plan(asked, self._reader, self._index).full)

    def _read(self, query: Query) -> ParsedQuery:
        return self._synonyms.beside(read(query, self._analyzer), self._analyzer, self._reader)

    def _count(self, required: Clause) -> int:
        return self._reader.search(Search(required, filters=self._filters, limit=0)).total
