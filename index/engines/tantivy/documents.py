"""The stored documents: loaded once for a page, since ranking needs the ids and the page the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.engines.tantivy.folding.repeats import Repeats
from kashshaf.index.engines.tantivy.folding.totals import Total, total
from kashshaf.index.engines.tantivy.query_builder import both
from kashshaf.index.engines.tantivy.schema import ID, STORED, combination_name, number, parted
from kashshaf.index.schema import keyword_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tantivy import DocAddress, Document, Query, Searcher

    from kashshaf.index.engines.tantivy.query_builder import QueryBuilder
    from kashshaf.index.query import Search

KEPT = 1_000
KEPT_BYTES = 32 << 20
"""Documents, and their bytes, that are remembered at most: those of the last pages."""
KEPT_FACETS = 100
"""Searches whose facets are remembered."""
TOGETHER = 1_000
"""Ids asked for by one query."""
PAGE = 20_000
"""Documents found at once by a walk over all."""


class Documents:
    """The stored documents of one snapshot. Safe to share between threads."""

    def __init__(self, searcher: Searcher, asking: QueryBuilder) -> None:
        self._searcher = searcher
        self._asking = asking
        self._known: dict[str, bytes] = {}
        self._ids: dict[tuple[int, int], str] = {}
        self._bytes = 0
        self._combinations: dict[str, dict[int, tuple[str, ...]]] = {}
        self._repeats: tuple[object, Repeats] | None = None
        self.facets: dict[object, dict[str, dict[str, int]]] = {}
        """Counts by keyword and value, by the search: the same on all its pages."""
        self._totals: dict[object, Total] = {}

    def combinations(self, keyword: str) -> Mapping[int, tuple[str, ...]]:
        """The values of a keyword that documents have together, by the number of their combination."""
        if keyword not in self._combinations:
            found = self._searcher.terms_with_prefix(combination_name(keyword), "")
            self._combinations[keyword] = {number(text): parted(text) for text, _ in found}
        return self._combinations[keyword]

    def repeats(self, matching: Query, search: Search) -> Repeats:
        """The matches of a search that may be folded; the last ones are remembered."""
        asked = search.required, search.excluded, search.filters, search.fold
        known = self._repeats
        if known is None or known[0] != asked:
            query = both(matching, self._asking.grouped(search.fold))
            known = self._repeats = asked, Repeats(self._searcher, query, search.fold)
        return known[1]

    def total(self, matching: Query, search: Search, matches: int | None = None) -> Total:
        """The total of a search; those of the last ones are remembered, since all pages of one share it.

        ``matches``: how many match, where that is known.
        """
        asked = search.required, search.excluded, search.filters, search.fold
        known = self._totals.get(asked)
        if known is None:
            if len(self._totals) >= KEPT:
                self._totals = {}
            found = total(self._searcher, self._asking, matching, search.fold, matches)
            known = self._totals[asked] = found
        return known

    def load(self, address: DocAddress) -> Document:
        """The document at an address."""
        found = self._searcher.doc(address)
        self._remember(found)
        return found

    def id(self, address: DocAddress) -> str:
        """The id of the document at an address."""
        place = address.segment_ord, address.doc
        known = self._ids.get(place)
        if known is None:
            known = str(self.load(address).get_first(ID))
            if known in self._known:  # so this is bounded as those are
                self._ids[place] = known
        return known

    def id_alone(self, address: DocAddress) -> str:
        """The id of the document at an address, of which nothing is remembered."""
        return str(self._searcher.doc(address).get_first(ID))

    def value(self, keyword: str, address: DocAddress) -> str:
        """The value of a keyword that is stored, of the document at an address."""
        return str(self.load(address).get_first(keyword_name(keyword)))

    def stored(self, ids: Iterable[str]) -> dict[str, bytes]:
        """The stored bytes of those of ``ids`` that are there, in their order."""
        wanted = list(dict.fromkeys(ids))
        found = {id_: known for id_ in wanted if (known := self._known.get(id_)) is not None}
        missing = [id_ for id_ in wanted if id_ not in found]
        for start in range(0, len(missing), TOGETHER):
            some = missing[start : start + TOGETHER]
            hits = self._searcher.search(self._asking.having("id", some), len(some), count=False).hits
            for loaded in (self.load(address) for _, address in hits):
                found[str(loaded.get_first(ID))] = _stored(loaded)
        return {id_: found[id_] for id_ in wanted if id_ in found}

    def scan(self) -> Iterator[bytes]:
        """The stored bytes of every document, in the order of the files."""
        everything = self._asking.everything()
        for offset in range(0, self._searcher.num_docs, PAGE):
            for _, address in self._searcher.search(everything, PAGE, count=False, offset=offset).hits:
                yield _stored(self._searcher.doc(address))

    def _remember(self, found: Document) -> None:
        stored = _stored(found)
        if len(self._known) >= KEPT or self._bytes + len(stored) > KEPT_BYTES:
            self._known, self._ids, self._bytes = {}, {}, 0
        self._known[str(found.get_first(ID))] = stored
        self._bytes += len(stored)


def _stored(found: Document) -> bytes:
    stored: bytes = found.get_first(STORED) or b""
    return stored
