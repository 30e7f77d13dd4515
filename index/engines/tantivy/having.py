"""The clauses that documents match, told by one query: each adds a bit of its own to the score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.limits import deadline

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tantivy import Searcher

    from kashshaf.index.engines.tantivy.documents import Documents
    from kashshaf.index.engines.tantivy.query_builder import QueryBuilder
    from kashshaf.index.query import Clause

BITS = 20
"""Clauses of one query: Tantivy adds scores in single precision, exact up to 24 bits."""


def having(
    searcher: Searcher,
    asking: QueryBuilder,
    documents: Documents,
    clauses: Sequence[Clause],
    ids: Collection[str],
) -> list[set[str]]:
    """The ids of the documents that match each clause."""
    found: list[set[str]] = [set() for _ in clauses]
    for start in range(0, len(clauses), BITS) if ids else ():
        deadline.check()
        query = asking.told_apart(clauses[start : start + BITS], [*ids])
        for score, address in searcher.search(query, len(ids), count=False).hits:
            id_ = documents.id(address)
            for at, those in enumerate(found[start : start + BITS]):
                if int(score) >> at & 1:
                    those.add(id_)
    return found
