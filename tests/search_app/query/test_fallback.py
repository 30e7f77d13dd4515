"""Queries that cannot be answered as they stand."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.index.engine import open_engine
from kashshaf.search_app.query.fallback import MAX_WORDS, Fitted, fitted
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.parser import read
from tests.index.contract.bench import Bench, record
from tests.search_app.query.language.typed import TODAY

if TYPE_CHECKING:
    from pathlib import Path

ANALYZER = Analyzer()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    made = Bench(open_engine("memory"), tmp_path / "comments")
    made.put(record("r1", "كتاب نادر"), record("r2", "كتاب غريب"))
    return made


def fit(typed: str, bench: Bench) -> Fitted:
    with bench.reader() as reader:
        return fitted(read(parse(typed, TODAY), ANALYZER), reader, "comments")


def surfaces(found: Fitted) -> list[str]:
    return [token.surface for token in found.query.words]


def test_a_query_that_can_be_answered_stays_as_it_is(bench: Bench) -> None:
    assert fit('كتاب "كتاب نادر"', bench) == Fitted(read(parse('كتاب "كتاب نادر"', TODAY), ANALYZER), ())


def test_a_sentence_that_is_nowhere_is_read_as_words(bench: Bench) -> None:
    found = fit('كتاب "نادر غريب كتاب نفط" "كتاب نادر"', bench)
    assert found.notes == ("unquoted",)
    assert surfaces(found) == ["كتاب", "نادر", "غريب", "كتاب", "نفط"]
    assert [each.typed() for each in found.query.quoted] == ['"كتاب نادر"']


def test_a_name_that_is_nowhere_stays_quoted(bench: Bench) -> None:
    assert fit('"نادر غريب كتاب"', bench) == Fitted(read(parse('"نادر غريب كتاب"', TODAY), ANALYZER), ())


def test_words_of_such_a_phrase_stand_beside_no_other(bench: Bench) -> None:
    words = fit('كتاب "نادر غريب كتاب كتاب" "غريب نادر غريب نادر"', bench).query.words
    assert [token.position for token in words] == [0, 2, 3, 4, 5, 7, 8, 9, 10]
    assert all(one.end < other.start for one, other in pairwise(words))


def test_letters_that_are_nowhere_are_still_asked_for(bench: Bench) -> None:
    found = fit('="نادر غريب كتاب كتاب"', bench)
    assert (found.notes, len(found.query.quoted)) == ((), 1)


def test_a_query_of_too_many_words_is_cut_to_the_rarest(bench: Bench) -> None:
    unknown = " ".join(f"ظظظ{'ء' * number}" for number in range(1, MAX_WORDS))
    found = fit(f"كتاب {unknown} من نادر", bench)
    assert found.notes == ("cut",)
    assert len(found.query.words) == MAX_WORDS
    assert (surfaces(found)[0], surfaces(found)[-1]) == ("كتاب", "نادر")
    assert "من" not in surfaces(found)


def test_phrases_that_fit_are_kept_whole(bench: Bench) -> None:
    many = "كتاب نادر " * (MAX_WORDS // 2)
    bench.put(record("long", many))
    found = fit(f'"كتاب نادر" "{many}"', bench)
    assert found.notes == ("cut",)
    assert [each.typed() for each in found.query.quoted] == ['"كتاب نادر"']
    assert len(found.query.words) == MAX_WORDS - 2


def test_as_many_words_as_may_be_are_not_cut(bench: Bench) -> None:
    assert fit("كتاب " * MAX_WORDS, bench).notes == ()
