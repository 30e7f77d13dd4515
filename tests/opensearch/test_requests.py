"""Requests that a page costs: each is a way to the cluster and back, one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.engines.opensearch.connection import Connection
from kashshaf.index.settings import READER, WRITER, in_use, use
from kashshaf.index.store.generations import Store
from kashshaf.index.store.snapshot import Snapshot
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.live.writer import LiveWriter
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.search_app.query.parameters import read
from kashshaf.search_app.results.service import SearchService
from tests.conftest import SAMPLES, SAVED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.query.parameters import SearchRequest


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The path of each request from now on."""
    paths: list[str] = []
    sent = Connection._sent

    def noted(self: Connection, method: str, path: str, *rest: object) -> object:
        paths.append(path)
        return sent(self, method, path, *rest)  # type: ignore[arg-type] # the rest as it was given

    monkeypatch.setattr(Connection, "_sent", noted)
    return paths


@pytest.fixture
def service(cluster: Settings, tmp_path: Path) -> Iterator[SearchService]:
    pins = tmp_path / "pins.toml"
    pins.write_text(
        '[[pin]]\nquery = "الماء"\narticles = ["u-c19692bebd5d71c9", "sindyan-2025-0902"]\n', encoding="utf-8"
    )
    settings = use(replace(cluster, index=tmp_path / "index", engine="opensearch", pins=pins))
    rebuild(settings, [SAMPLES], Options(SAVED, UTC), silent)
    service = SearchService(settings)
    yield service
    service.close()


WORDS = "words: their frequencies in both indexes"
CARRY = "the matches of the words that carry the query, too few to leave others aside"
HITS = "the page of full matches and that of partial ones, with what is stored, facets, other indexes"
BESIDE = "words that hits lack, re-publications, comments of each article"
NEAR = "the words of other spellings, their frequencies"
REREAD = "documents that hold the words in another spelling"
FACETS = "facets of the partial matches, where none is full"
COUNTED = "year,type"
ORDERS = (("1", "relevance"), ("2", "relevance"), ("1", "comments"), ("2", "comments"))
NEW = [
    ("مدرسة", "", [WORDS, HITS, BESIDE]),
    ("القمح", COUNTED, [WORDS, HITS, BESIDE]),
    ("وزارة التربية", COUNTED, [WORDS, CARRY, HITS, BESIDE]),
    ("وزارة التربية والتعليم تعلن نتائج الاختبارات", "", [WORDS, CARRY, HITS, BESIDE]),
    ("نتائج مباراة الهلال", "", [WORDS, CARRY, HITS, BESIDE]),
    ("نتائج مباراة الهلال", COUNTED, [WORDS, CARRY, HITS, BESIDE, FACETS]),
    ('"مجلس الوزراء" النفط', "", [WORDS, HITS]),
    ("زغقفث", "", [WORDS, HITS]),
    ("المدرصة", "", [WORDS, HITS, NEAR, REREAD, HITS, BESIDE]),
    ("", COUNTED, [HITS]),
]


@pytest.mark.parametrize(("text", "facets", "reasons"), NEW)
def test_a_page_of_new_words_costs_a_request_for_each_reason(
    service: SearchService, asked: list[str], text: str, facets: str, reasons: list[str]
) -> None:
    """What does not hang on another answer is asked with it; what a first search opens is open by then."""
    assert service.overview()["articles"] > 0
    asked.clear()
    request = read({"q": [text], "facets": [facets]} if facets else {"q": [text]}, in_use())
    first = service.search(request)
    assert len(asked) == len(reasons)
    asked.clear()
    assert service.search(request)["hits"] == first["hits"]
    assert len(asked) == reasons.count(FACETS)


FIRST = "the articles that an editor put first; the comments that order a page"
LATER = [
    ("نتائج مباراة الهلال", {"page": "2"}, [WORDS, CARRY, HITS, BESIDE]),
    ("المدرسة", {"sort": "comments"}, [WORDS, FIRST, HITS, BESIDE]),
    ("الماء", {"facets": COUNTED}, [WORDS, FIRST, HITS, BESIDE]),
    ("الماء", {"page": "2"}, [WORDS, FIRST, HITS, BESIDE]),
]


@pytest.mark.parametrize(("text", "parameters", "reasons"), LATER)
def test_pages_whose_order_hangs_on_answers(
    service: SearchService, asked: list[str], text: str, parameters: dict[str, str], reasons: list[str]
) -> None:
    assert service.overview()["articles"] > 0
    asked.clear()
    service.search(asked_for(text, **parameters))
    assert len(asked) == len(reasons)


def asked_for(text: str, **parameters: str) -> SearchRequest:
    return read({"q": [text], **{name: [value] for name, value in parameters.items()}}, in_use())


def test_the_same_page_as_without_a_rehearsal(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [asked_for(text, page=page, sort=sort) for text, *_ in NEW for page, sort in ORDERS]
    asked += [asked_for("الماء", facets=COUNTED, page=page, size="3") for page in "12"]
    foreseen = [service.search(request) for request in asked]
    monkeypatch.setattr(Snapshot, "rehearse", lambda *_: None)
    plain = SearchService(in_use())
    for request, found in zip(asked, foreseen, strict=True):
        one_by_one = plain.search(request)
        assert (one_by_one["total"], one_by_one["total_partial"]) == (found["total"], found["total_partial"])
        assert (one_by_one["hits"], one_by_one["facets"]) == (found["hits"], found["facets"])
    plain.close()


def test_telling_costs_a_commit_seven_requests_and_asking_one(
    cluster: Settings, tmp_path: Path, asked: list[str]
) -> None:
    writer = replace(cluster, index=tmp_path / "writer", engine="opensearch", opensearch_role=WRITER)
    reader = replace(writer, index=tmp_path / "reader", opensearch_role=READER)
    rebuild(use(writer), [SAMPLES], Options(SAVED, UTC), silent)
    LiveWriter(writer).remove_article("d-2010-0411")
    asked.clear()
    LiveWriter(writer).remove_article("d-2011-0530")
    told = [path for path in asked if "-meta" in path]
    assert len(told) == 7  # the claim: 2; the notice, what lacks, pieces, the new notice, what is old
    Store(use(reader).index).follow()
    asked.clear()
    Store(reader.index).follow()
    assert len(asked) == 1
