"""Marks by stem vectors: the same words as without."""

from __future__ import annotations

import gzip
import os
from itertools import islice
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf.analyzers import stem_vectors
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.parser import read
from kashshaf.search_app.results.marks import by_hash, highlight
from kashshaf.search_app.results.marks.highlight import Marker
from tests.analyzers.vectors import ANALYZER, vector
from tests.conftest import ROOT, SAMPLES
from tests.search_app.query.language.typed import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SHARED = ROOT.parent / "shared" / "data"
CORPUS, QUERIES = (SHARED / "eval" / "news_headline" / name for name in ("corpus.jsonl.gz", "queries.jsonl"))
TYPED = (
    "المدارس",
    "في المدينة",
    "وزير التعليم",
    "عبدالله",
    "ثلاثة ملايين",
    "2016",
    '"مجلس الوزراء"',
    "=مدرسة",
    "من",
    "جذر:كتب",
    "المكتبة جذر:علم",
    "جذر:قول 2016",
    'جذر:درس "مجلس الوزراء"',
    "محمد بن سلمان",
)


def sample_texts() -> list[str]:
    return [file.read_text("utf-8", "replace") for file in sorted((SAMPLES / "page_text").glob("*.txt"))]


def marker(query: str) -> Marker:
    return Marker(read(parse(query, TODAY), ANALYZER), ANALYZER)


def check(texts: Sequence[str], queries: Sequence[str]) -> int:
    """Compare the marks of all lines, and count them."""
    marks = 0
    known = [(text, vector(text)) for text in texts]
    for query in queries:
        plain, quick = marker(query), marker(query)
        for text, its in known:
            quick.knows([text], its)
            for line in text.split("\n"):
                found = quick.marks(line)
                assert found == plain.marks(line) == plain._read(line), (query, line)
                marks += len(found)
    return marks


def test_the_samples_are_marked_the_same() -> None:
    assert check(sample_texts(), TYPED)


def test_news_are_marked_the_same() -> None:
    """Of 60 articles and queries; with ``KASHSHAF_TEST_ALL`` of 2,000 and 200, which takes nine minutes."""
    if not CORPUS.exists():
        pytest.skip("needs the news of ../shared/data/eval, which are not part of the project")
    articles, queries = (2_000, 200) if "KASHSHAF_TEST_ALL" in os.environ else (60, 60)
    texts = [f"{row['title']}\n{row['text']}" for row in islice(rows(CORPUS), articles)]
    lines = QUERIES.read_bytes().splitlines()[:queries]
    assert check(texts, [*TYPED, *(orjson.loads(line)["text"] for line in lines)])


def rows(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file) as lines:
        yield from map(orjson.loads, lines)


def test_pieces_of_any_length_are_not_remembered() -> None:
    kept = by_hash._remembered.cache_info().currsize
    assert by_hash.only_word("مدرسة" + "!" * 1_000) == (0, 5)
    assert by_hash._remembered.cache_info().currsize == kept


def test_a_vector_of_another_text_is_not_used() -> None:
    quick = marker("مدرسة")
    quick.knows(["المدرسة قريبة"], vector("كلمة واحدة أكثر"))
    assert [mark.start for mark in quick.marks("المدرسة قريبة")] == [0]


def test_nor_is_one_of_a_text_that_is_too_long_for_any(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "المدرسة قريبة " * 10
    monkeypatch.setattr(stem_vectors, "LONGEST", 5)
    monkeypatch.setattr(highlight, "LONGEST", 28)
    quick = marker("مدرسة")
    quick.knows([text], vector(text))
    assert [mark.start for mark in quick.marks(text[:28])] == [0, 14]
