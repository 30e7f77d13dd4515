"""Clauses told apart by the documents that match them, on every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.query import EVERYTHING, NOTHING, AllOf, AnyOf
from tests.index.contract.bench import Bench, record, term

if TYPE_CHECKING:
    from kashshaf.index.query import Clause


def test_each_clause_has_the_documents_that_match_it(bench: Bench) -> None:
    bench.put(record("1", "a b"), record("2", "b"), record("3", "c"), record("4", "a b"))
    clauses: list[Clause] = [
        term("a"),
        AllOf((term("a"), term("b"))),
        AnyOf((term("a"), term("c"))),
        term("z"),
        EVERYTHING,
        NOTHING,
    ]
    with bench.reader() as reader:
        assert reader.having(clauses, ["3", "1", "2", "9"]) == [
            {"1"}, {"1"}, {"1", "3"}, set(), {"1", "2", "3"}, set(),
        ]  # fmt: skip
        assert reader.having(clauses[:1], []) == [set()]
        assert reader.having([], ["1"]) == []


def test_there_may_be_many_clauses(bench: Bench) -> None:
    words = [f"w{number}" for number in range(70)]
    bench.put(*(record(str(number), " ".join(words[number:])) for number in range(70)))
    with bench.reader() as reader:
        found = reader.having([term(word) for word in words], ["0", "30", "60", "69"])
    assert [sorted(map(int, those)) for those in found] == [
        [each for each in (0, 30, 60, 69) if each <= number] for number in range(70)
    ]


def test_removed_documents_match_nothing(bench: Bench) -> None:
    bench.put(record("1", "a"), record("2", "a"), record("3", "a"))
    bench.put(record("2", "b"))
    with bench.reader() as reader:
        assert reader.having([term("a"), term("b")], ["1", "2"]) == [{"1"}, {"2"}]
