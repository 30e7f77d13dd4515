"""Folded searches on Tantivy: totals with very many shared values, deep pages, ties; phrases that rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.engine import open_engine
from kashshaf.index.engines.tantivy.folding import totals
from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.query import Search, Weighted
from tests.index.contract.bench import Bench, article, phrase, record, scored, term

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.records import Record
    from kashshaf.index.results import Matches
    from kashshaf.index.schema import IndexName

EXCEEDED = "Aborting aggregation because bucket limit was exceeded. Limit: 65000, Current: 70337"


def by_both(
    folder: Path, records: list[Record], *searches: Search, index: IndexName = "articles"
) -> list[Matches]:
    """The answers of Tantivy, which must be those of the reference."""
    found = []
    for engine in ("tantivy", "memory"):
        bench = Bench(open_engine(engine), folder / engine, index)
        bench.put(*records)
        with bench.reader() as reader:
            found.append([reader.search(search) for search in searches])
    tantivy, memory = found
    assert tantivy == memory
    return tantivy


def folded(offset: int = 0, limit: int = 10) -> Search:
    return Search(term("a"), scored("a"), fold="story", offset=offset, limit=limit)


def told(count: int, stories: int) -> list[Record]:
    """Articles that all tie, each of one of so many stories."""
    return [article(f"d{place:04}", "a b", story=f"s{place % stories}") for place in range(count)]


def test_totals_are_exact_where_more_values_are_shared_than_tantivy_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def exceeded(*_: object) -> None:
        asked.append(1)
        raise ValueError(EXCEEDED)

    monkeypatch.setattr(totals, "_folded_at_once", exceeded)
    (found,) = by_both(tmp_path, told(30, 7), folded())
    assert found.total == 7
    assert asked


def test_another_error_of_tantivy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(open_engine("tantivy"), tmp_path / "articles", "articles")
    bench.put(*told(3, 3))

    def fails(*_: object) -> None:
        raise ValueError("the file ends too soon")

    monkeypatch.setattr(totals, "_folded_at_once", fails)
    with bench.reader() as reader, pytest.raises(BrokenIndexError, match="damaged"):
        reader.search(folded())


def test_pages_are_exact_where_copies_tie(tmp_path: Path) -> None:
    """Of copies of one date the first by id counts, on the first page and on those after it."""
    pages = [folded(offset, 4) for offset in (0, 4, 16, 19, 20, 99)]
    found = by_both(tmp_path, list(reversed(told(90, 20))), *pages)
    assert [len(each.hits) for each in found] == [4, 4, 4, 1, 0, 0]
    assert {each.total for each in found} == {20}


def test_a_page_is_found_behind_very_many_copies(tmp_path: Path) -> None:
    copies = [article(f"c{place:04}", "a a a", story="one") for place in range(300)]
    others = [article(f"o{place:04}", "a z z z z") for place in range(30)]
    (found,) = by_both(tmp_path, copies + others, folded(20, 5))
    assert found.total == 31
    assert [hit.id for hit in found.hits] == ["o0019", "o0020", "o0021", "o0022", "o0023"]


def test_phrases_rank_the_same_before_and_after_words(tmp_path: Path) -> None:
    """What stands last is read by itself, where a match is; what stands before words, beside them."""
    records = [
        record(name, text)
        for name, text in {"1": "a b c", "2": "a c b", "3": "b c a b", "4": "c c", "5": "a b a b"}.items()
    ]
    pair, other = Weighted(phrase("a", "b"), 0.5), Weighted(phrase("b", "c"), 2.0)
    ways = [(*scored("a", "c"), pair, other), (pair, *scored("a", "c"), other), (pair, other), (other,)]
    found = by_both(tmp_path, records, *(Search(term("a"), scoring) for scoring in ways), index="comments")
    assert [hit.id for hit in found[0].hits] != [hit.id for hit in found[3].hits]
    assert {frozenset(hit.id for hit in each.hits) for each in found} == {frozenset("1235")}
