"""Marks by stem vectors: the same words as without."""

from __future__ import annotations

import gzip
from itertools import islice
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.encoded_terms import TermEncoder
from kashshaf.analyzers.stem_vectors import StemVectors
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.parser import read
from kashshaf.search_app.results.marks.highlight import Marker
from tests.conftest import ROOT, SAMPLES
from tests.search_app.query.language.typed import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

ANALYZER = Analyzer()
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
)


def sample_texts() -> list[str]:
    return [file.read_text("utf-8", "replace") for file in sorted((SAMPLES / "page_text").glob("*.txt"))]


def marker(query: str) -> Marker:
    return Marker(read(parse(query, TODAY), ANALYZER), ANALYZER)


def check(texts: Sequence[str], queries: Sequence[str]) -> int:
    """Compare the marks of all lines, and count them."""
    vectors, marks = StemVectors(TermEncoder(ANALYZER)), 0
    known = [(text, vectors.of(text)) for text in texts]
    for query in queries:
        plain, quick = marker(query), marker(query)
        for text, vector in known:
            quick.knows([text], vector)
            for line in text.split("\n"):
                found = quick.marks(line)
                assert found == plain.marks(line) == plain._read(line), (query, line)
                marks += len(found)
    return marks


def test_the_samples_are_marked_the_same() -> None:
    assert check(sample_texts(), TYPED)


def test_news_are_marked_the_same() -> None:
    if not CORPUS.exists():
        pytest.skip("needs the news of ../shared/data/eval, which are not part of the project")
    texts = [f"{row['title']}\n{row['text']}" for row in islice(rows(CORPUS), 60)]
    lines = QUERIES.read_bytes().splitlines()[:60]
    assert check(texts, [orjson.loads(line)["text"] for line in lines])


def rows(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file) as lines:
        yield from map(orjson.loads, lines)


def test_a_vector_of_another_text_is_not_used() -> None:
    quick = marker("مدرسة")
    quick.knows(["المدرسة قريبة"], StemVectors(TermEncoder(ANALYZER)).of("كلمة واحدة أكثر"))
    assert [mark.start for mark in quick.marks("المدرسة قريبة")] == [0]
