"""A rehearsal: work that notes what it would ask of the readers of a snapshot, and gets no true answer.

Where each question costs a way to a cluster and back, those that do not hang on each other's answers go
together; the work itself, done afterwards, finds them answered.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kashshaf.index.query import Ask
from kashshaf.index.ranking import FEW_MATCHES
from kashshaf.index.results import Group, Hit, Matches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Self

    from kashshaf.index.engine import Engine, Reader
    from kashshaf.index.query import Clause, Search, Term

ONE = Group(1, ())
NO_HIT = Hit("", 0.0)
NEAR = 100
"""Hits down to which a page is asked for with all before it."""


class Notes:
    """A reader that notes what it is asked and does not know, and answers so that the most is asked.

    Each word is in enough documents to carry a query. The first page finds one match and no hit, so that
    all of its partial ones are asked for; a later page finds none, and is asked for with those before it,
    since where the partial ones begin is not known. One far down is full. Of words whose frequencies are
    unknown hangs what is looked for: that is not noted before they are there.
    """

    def __init__(self, engine: Engine, reader: Reader) -> None:
        self._engine = engine
        self._reader = reader
        self._waits = False
        self.asked: list[tuple[Reader, Ask]] = []

    def search(self, search: Search) -> Matches:
        end, first = search.offset + search.limit, not search.offset
        full = Matches(end, (NO_HIT,) * search.limit)
        if search.limit and end <= NEAR:
            search, full = replace(search, offset=0, limit=end), Matches(0, ())
        found: Matches = self._known(Ask("search", (search,)), Matches(1, ()) if first else full)
        return found

    def groups(self, search: Search, keyword: str, size: int) -> Mapping[str, Group]:
        found: Mapping[str, Group] = self._known(Ask("groups", (search, keyword, size)), {"": ONE})
        return found

    def having(self, clauses: Sequence[Clause], ids: Collection[str]) -> list[set[str]]:
        ask = Ask("having", (tuple(clauses), tuple(ids)))
        found: list[set[str]] = self._known(ask, [set[str]() for _ in clauses])
        return found

    def facets(self, search: Search, sizes: Mapping[str, int]) -> Mapping[str, Mapping[str, int]]:
        ask = Ask("facets", (search, tuple(sizes.items())))
        found: Mapping[str, Mapping[str, int]] = self._known(ask, {keyword: {} for keyword in sizes})
        return found

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        found: list[int] = self._known(Ask("frequencies", (tuple(terms),)), [FEW_MATCHES for _ in terms])
        return found

    def count(self) -> int:
        return self._reader.count()

    def stored(self, ids: Iterable[str]) -> dict[str, bytes]:
        return self._reader.stored(ids)

    def scan(self) -> Iterator[bytes]:
        return self._reader.scan()

    def values(self, keyword: str) -> Mapping[str, int]:
        return self._reader.values(keyword)

    def check(self) -> None:
        self._reader.check()

    def close(self) -> None:
        """The reader stays open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _known(self, ask: Ask, otherwise: Any) -> Any:
        known = self._engine.foreseen(self._reader, ask)
        if known is not None:
            return known
        if ask.method == "frequencies":
            self._waits = True
        if ask.method == "frequencies" or not self._waits:
            self.asked.append((self._reader, ask))
        return otherwise


def every_question(*notes: Notes) -> list[tuple[Reader, Any]]:
    """The questions of several readers, each once."""
    return [*dict.fromkeys(question for each in notes for question in each.asked)]
