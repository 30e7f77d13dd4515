"""The reference engine: everything in dictionaries, each rule in its plainest form.

It is the oracle the other engines are compared with, and keeps nothing on disk. An index is known by its
folder's name and lives as long as the process.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from kashshaf.index.engines.adjacency import adjacent, occurrences
from kashshaf.index.engines.embedded import Embedded
from kashshaf.index.errors import BrokenIndexError, LockedError
from kashshaf.index.limits import deadline
from kashshaf.index.query import AllOf, AnyOf, AtLeast, Clause, Filters, Phrase, Search, Term
from kashshaf.index.ranking import idf, length_byte, norms, rounded
from kashshaf.index.records import Record, slots
from kashshaf.index.results import Group, Hit, Matches
from kashshaf.index.schema import FIELDS, Field, IndexName, require_facets, require_grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Self

Postings = dict[str, dict[str, list[int]]]
"""Term to document id to positions."""


class Snapshot:
    """The index after one commit: records and the postings made from them. Never changes."""

    def __init__(self, index: IndexName, records: Mapping[str, Record]) -> None:
        self.index = index
        self.records = dict(records)
        self.postings: dict[Field, Postings] = {field: {} for field in FIELDS[index]}
        self.lengths: dict[Field, dict[str, int]] = {field: {} for field in FIELDS[index]}
        for record in self.records.values():
            for field, terms in record.terms.items():
                places = slots(terms)
                self.lengths[field][record.id] = sum(map(len, places))
                for position, found in enumerate(places):
                    for term in found:
                        self.postings[field].setdefault(term, {}).setdefault(record.id, []).append(position)

    def positions(self, term: Term) -> dict[str, list[int]]:
        """Positions of a term by document."""
        return self.postings.get(Field(term.zone, term.level), {}).get(term.text, {})

    def bm25(self, clause: Term | Phrase) -> dict[str, float]:
        """BM25 of a term or a phrase in every document that has it."""
        terms = [clause] if isinstance(clause, Term) else clause.terms()
        every = [self.positions(term) for term in terms]
        lengths = self.lengths.get(Field(clause.zone, clause.level), {})
        documents = len(self.records)
        weight = sum(idf(documents, len(found)) for found in every)
        below = norms(sum(lengths.values()) / documents) if documents else ()
        both = set.intersection(*map(set, every))
        found = {id_: len(occurrences([at[id_] for at in every])) for id_ in both}
        return {id_: weight * n / (n + below[length_byte(lengths[id_])]) for id_, n in found.items() if n}


class MemoryReader:
    """See :class:`kashshaf.index.engine.Reader`."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def search(self, search: Search) -> Matches:
        if search.fold:
            require_grouped(self._snapshot.index, search.fold)
        scores = self._scores(search)
        ranked = self._folded(sorted(scores, key=self._order(search, scores)), search.fold)
        page = ranked[search.offset : search.offset + search.limit]
        return Matches(len(ranked), tuple(Hit(id_, scores[id_]) for id_ in page))

    def groups(self, search: Search, keyword: str, size: int) -> Mapping[str, Group]:
        require_grouped(self._snapshot.index, keyword)
        scores = self._scores(search)
        by_value = defaultdict(list)
        for id_ in sorted(scores, key=self._order(search, scores)):
            for value in self._snapshot.records[id_].keywords[keyword]:
                by_value[value].append(Hit(id_, scores[id_]))
        return {value: Group(len(hits), tuple(hits[:size])) for value, hits in by_value.items()}

    def having(self, clauses: Sequence[Clause], ids: Collection[str]) -> list[set[str]]:
        deadline.check()
        return [self._matching(clause) & set(ids) for clause in clauses]

    def facets(self, search: Search, sizes: Mapping[str, int]) -> Mapping[str, Mapping[str, int]]:
        deadline.check()
        require_facets(self._snapshot.index, sizes, search.fold)
        return {keyword: dict(self._counted(search, keyword)[:size]) for keyword, size in sizes.items()}

    def _counted(self, search: Search, keyword: str) -> list[tuple[str, int]]:
        """The values of a keyword with the totals of the search with each, commonest first."""
        counts = Counter[str]()
        for value in self.values(keyword):
            chosen = (*search.filters.keywords, (keyword, (value,)))
            counts[value] = self.search(
                replace(search, filters=replace(search.filters, keywords=chosen), limit=0)
            ).total
        return sorted(((+counts).items()), key=lambda row: (-row[1], row[0]))

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        return [len(self._snapshot.positions(term)) for term in terms]

    def count(self) -> int:
        return len(self._snapshot.records)

    def stored(self, ids: Iterable[str]) -> dict[str, bytes]:
        records = self._snapshot.records
        return {id_: records[id_].stored for id_ in ids if id_ in records}

    def scan(self) -> Iterator[bytes]:
        return (record.stored for record in self._snapshot.records.values())

    def values(self, keyword: str) -> Mapping[str, int]:
        return Counter(chain.from_iterable(r.keywords[keyword] for r in self._snapshot.records.values()))

    def check(self) -> None: ...

    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _folded(self, ranked: list[str], keyword: str) -> list[str]:
        """The first of those that share a value."""
        if not keyword:
            return ranked
        values = {id_: self._snapshot.records[id_].keywords[keyword] or (id_, "") for id_ in ranked}
        firsts = {value: id_ for id_, value in reversed([*values.items()])}
        return [id_ for id_ in ranked if firsts[values[id_]] == id_]

    def _scores(self, search: Search) -> dict[str, float]:
        """The rounded score of every match."""
        deadline.check()
        matching = {
            id_
            for id_ in self._matching(search.required) - self._matching(search.excluded)
            if passes(self._snapshot.records[id_], search.filters)
        }
        scores = dict.fromkeys(matching, 0.0)
        for weighted in search.scoring:
            for id_, score in self._snapshot.bm25(weighted.clause).items():
                if id_ in scores:
                    scores[id_] += weighted.weight * score
        return {id_: rounded(score) for id_, score in scores.items()}

    def _matching(self, clause: Clause) -> set[str]:
        match clause:
            case Term():
                return set(self._snapshot.positions(clause))
            case Phrase():
                return self._phrase(clause)
            case AnyOf():
                return set().union(*map(self._matching, clause.parts))
            case AllOf():
                return set(self._snapshot.records).intersection(*map(self._matching, clause.parts))
            case AtLeast():
                counts = Counter(chain.from_iterable(map(self._matching, clause.parts)))
                return {id_ for id_ in self._snapshot.records if counts[id_] >= clause.count}

    def _phrase(self, phrase: Phrase) -> set[str]:
        def positions(slot: tuple[str, ...], id_: str) -> list[int]:
            terms = (Term(phrase.zone, phrase.level, text) for text in slot)
            return [at for term in terms for at in self._snapshot.positions(term).get(id_, ())]

        return {
            id_ for id_ in self._snapshot.records if adjacent([positions(slot, id_) for slot in phrase.slots])
        }

    def _order(
        self, search: Search, scores: Mapping[str, float]
    ) -> Callable[[str], tuple[float, float, str]]:
        def start(id_: str, undated: float) -> float:
            span = self._snapshot.records[id_].span
            return span[0] if span else undated

        if search.order == "newest":
            return lambda id_: (0.0, -start(id_, float("-inf")), id_)
        if search.order == "oldest":
            return lambda id_: (0.0, start(id_, float("inf")), id_)
        if search.order == "likes":
            records = self._snapshot.records
            return lambda id_: (-records[id_].likes, -start(id_, float("-inf")), id_)
        return lambda id_: (-scores[id_], -start(id_, float("-inf")), id_)


def passes(record: Record, filters: Filters) -> bool:
    """True if a record is as the filters ask."""
    if any(not set(record.keywords[name]) & set(values) for name, values in filters.keywords):
        return False
    if any(set(record.keywords[name]) & set(values) for name, values in filters.without):
        return False
    if filters.start is None and filters.end is None:
        return True
    if record.span is None:
        return False
    first, last = record.span
    return (filters.start is None or last >= filters.start) and (filters.end is None or first <= filters.end)


class MemoryWriter:
    """See :class:`kashshaf.index.engine.Writer`."""

    def __init__(self, engine: MemoryEngine, folder: Path, snapshot: Snapshot) -> None:
        self._engine = engine
        self._folder = folder
        self._index = snapshot.index
        self._records = dict(snapshot.records)

    def put(self, record: Record) -> None:
        self._records[record.id] = record

    def remove(self, ids: Iterable[str]) -> None:
        for id_ in ids:
            self._records.pop(id_, None)

    def commit(self) -> None:
        self._engine.indexes[self._folder] = Snapshot(self._index, self._records)

    def close(self) -> None:
        self._engine.writing.discard(self._folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


class MemoryEngine(Embedded):
    """See :class:`kashshaf.index.engine.Engine`."""

    name = "memory"
    version = "1"
    capacity = None
    locks = frozenset[str]()

    def __init__(self) -> None:
        self.indexes: dict[Path, Snapshot] = {}
        self.writing: set[Path] = set()

    def create(self, folder: Path, index: IndexName) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.indexes[folder] = Snapshot(index, {})

    def copy(self, folder: Path, to: Path, index: IndexName) -> None:
        self.create(to, index)
        self.indexes[to] = self._snapshot(folder)

    def drop(self, folder: Path) -> None:
        super().drop(folder)
        self.indexes.pop(folder, None)

    def writer(self, folder: Path, index: IndexName) -> MemoryWriter:
        del index  # known since it was created
        if folder in self.writing:
            raise LockedError("the index is being written to; try again when that is done")
        snapshot = self._snapshot(folder)
        self.writing.add(folder)
        return MemoryWriter(self, folder, snapshot)

    def reader(self, folder: Path, index: IndexName) -> MemoryReader:
        del index
        return MemoryReader(self._snapshot(folder))

    def _snapshot(self, folder: Path) -> Snapshot:
        if folder not in self.indexes:
            raise BrokenIndexError(f"there is no index in {folder}; build one with: kashshaf reindex SOURCE")
        return self.indexes[folder]


ENGINE = MemoryEngine()
