"""A reader: one snapshot of an index."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tantivy import Query

from kashshaf.index.engines.frequencies import Frequencies
from kashshaf.index.engines.tantivy.checksums import check_files
from kashshaf.index.engines.tantivy.documents import Documents
from kashshaf.index.engines.tantivy.errors import translated
from kashshaf.index.engines.tantivy.facets import facets
from kashshaf.index.engines.tantivy.having import having
from kashshaf.index.engines.tantivy.query_builder import QueryBuilder
from kashshaf.index.engines.tantivy.top_hits import TopHits
from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.limits import deadline
from kashshaf.index.results import Group
from kashshaf.index.schema import FIELDS, field_name, keyword_name, require_facets, require_grouped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Self

    from tantivy import Index, Searcher

    from kashshaf.index.query import Clause, Search, Term
    from kashshaf.index.results import Matches
    from kashshaf.index.schema import IndexName


class TantivyReader:
    """See :class:`kashshaf.index.engine.Reader`."""

    def __init__(self, opened: Index, folder: Path, index: IndexName) -> None:
        self._folder = folder
        self._index: IndexName = index
        self._names: dict[tuple[str, str], str] = {field: field_name(field) for field in FIELDS[index]}
        self._asking = QueryBuilder(opened.schema, index)
        self._open: tuple[Searcher, Documents] | None = None
        searcher = opened.searcher()
        self._open = searcher, Documents(searcher, self._asking)
        self._count: int = searcher.num_docs
        self._frequencies = Frequencies(self._counted)

    def search(self, search: Search) -> Matches:
        deadline.check()
        if search.fold:
            require_grouped(self._index, search.fold)
        with self._reading() as (searcher, documents):
            return TopHits(searcher, self._asking, documents, search).page()

    def groups(self, search: Search, keyword: str, size: int) -> Mapping[str, Group]:
        deadline.check()
        require_grouped(self._index, keyword)
        with self._reading() as (searcher, documents):
            if size:
                return TopHits(searcher, self._asking, documents, search).groups(keyword, size)
            matching = self._asking.matching(search)
            return {value: Group(count, ()) for value, count in self._values(searcher, keyword, matching)}

    def having(self, clauses: Sequence[Clause], ids: Collection[str]) -> list[set[str]]:
        deadline.check()
        with self._reading() as (searcher, documents):
            return having(searcher, self._asking, documents, clauses, ids)

    def facets(self, search: Search, sizes: Mapping[str, int]) -> Mapping[str, Mapping[str, int]]:
        deadline.check()
        require_facets(self._index, sizes, search.fold)
        with self._reading() as (searcher, documents):
            return facets(searcher, self._asking, documents, search, sizes)

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        return self._frequencies.of(terms)

    def count(self) -> int:
        return self._count

    def stored(self, ids: Iterable[str]) -> dict[str, bytes]:
        with self._reading() as (_, documents):
            return documents.stored(ids)

    def scan(self) -> Iterator[bytes]:
        with self._reading() as (_, documents):
            yield from documents.scan()

    def values(self, keyword: str) -> Mapping[str, int]:
        with self._reading() as (searcher, _):
            return dict(self._values(searcher, keyword, Query.all_query()))

    def check(self) -> None:
        with self._reading() as (_, documents):
            check_files(self._folder)
            for _ in documents.scan():
                pass

    def close(self) -> None:
        self._open = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[tuple[Searcher, Documents]]:
        opened = self._open
        if opened is None:
            raise BrokenIndexError("the index is closed")
        with translated("read"):
            yield opened

    def _counted(self, terms: Sequence[Term]) -> list[int]:
        """The documents that have each term; none of a field that the index lacks."""
        with self._reading() as (searcher, _):
            names = [self._names.get((term.zone, term.level)) for term in terms]
            return [
                searcher.doc_freq(name, term.text) if name else 0
                for name, term in zip(names, terms, strict=True)
            ]

    def _values(self, searcher: Searcher, keyword: str, matching: Query) -> Iterator[tuple[str, int]]:
        """The values of a keyword with their documents among those that match; removed ones do not count."""
        found = searcher.terms_with_prefix(keyword_name(keyword), "", matching)
        return ((value, count) for value, count in found if count)
