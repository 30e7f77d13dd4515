"""A search ends at the deadline of the work that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import TimeLimitError
from kashshaf.index.limits.deadline import time_limit
from kashshaf.index.query import AnyOf, Search
from kashshaf.index.schema import YEAR
from tests.index.clock import Clock
from tests.index.contract.bench import phrase, record, scored, term

if TYPE_CHECKING:
    from collections.abc import Callable

    from kashshaf.index.engine import Reader
    from tests.index.contract.bench import Bench

ASKED = Search(AnyOf((term("a"), phrase("a", "b"))), scored("a"))
TRIPS: dict[str, Callable[[Reader], object]] = {
    "search": lambda reader: reader.search(ASKED),
    "total": lambda reader: reader.search(Search(ASKED.required, limit=0)),
    "groups": lambda reader: reader.groups(ASKED, "article", 3),
    "having": lambda reader: reader.having([ASKED.required], ["1"]),
    "facets": lambda reader: reader.facets(ASKED, {YEAR: 5}),
}


@pytest.mark.parametrize("trip", TRIPS)
def test_a_search_ends_at_its_deadline(bench: Bench, trip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.put(record("1", "a b"), record("2", "a"))
    with bench.reader() as reader:
        clock = Clock.of(monkeypatch)
        with time_limit(1):
            whole = TRIPS[trip](reader)
            clock.work = 2
            with pytest.raises(TimeLimitError):
                TRIPS[trip](reader)
            assert whole
        assert reader.search(ASKED).total == 2


def test_the_documents_of_hits_are_brought_still(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.put(record("1", "a b"))
    with bench.reader() as reader:
        clock = Clock.of(monkeypatch)
        with time_limit(1):
            clock.work = 2
            assert reader.stored(["1"]) == {"1": b"stored 1"}
            assert reader.count() == 1
