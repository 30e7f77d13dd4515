"""Work that goes on while nodes fail, and a count of every word on each copy afterwards."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kashshaf.index.engines.opensearch.connection import connection
from kashshaf.index.engines.opensearch.place import read_name
from kashshaf.index.records import RecordBuilder, slots
from kashshaf.index.schema import INDEXES, field_name
from kashshaf.index.settings import in_use, use
from kashshaf.index.store.article_writer import stored_articles
from kashshaf.index.store.snapshot import Snapshot
from kashshaf.search_app.query.parameters import read
from kashshaf.search_app.results.service import SearchService
from tests.kashshaf.site import Row, Site, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Self

    from kashshaf.index.schema import IndexName
    from kashshaf.index.settings import Settings
    from kashshaf.search_app.results.shapes import Response

WORDS = ("مدرسة", "قرية", "نفط", "خليج", "وزارة", "تربية", "مباراة", "هلال", "قمح", "زيتون", "موسم", "جسر")
SEARCHERS = 3
AT_ONCE = 500
"""Words that are counted by one request."""
Words = Counter[tuple[str, str]]
"""The documents that have a word in a field, by both."""


def articles(first: int, number: int) -> list[Row]:
    """Articles of some words each, with two comments."""
    return [_article(each) for each in range(first, first + number)]


def _article(number: int) -> Row:
    words = [WORDS[(number * step + step) % len(WORDS)] for step in (1, 3, 5, 7)]
    said = [("a", " ".join(words[:2])), ("b", f"{words[3]} {number}")]
    return row(f"n{number}", f"{words[0]} {words[1]} {number}", *said, body=" ".join(words))


class ClusterSite(Site):
    """A site whose index a cluster keeps, in three parts with a copy of each."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        super().__init__(folder)
        self.settings = replace(settings, index=self.settings.index, engine="opensearch")
        use(self.settings)

    def build_without_copies(self, *rows: Row) -> None:
        """Build an index of which a node that is lost takes a part away."""
        self.settings = use(replace(self.settings, opensearch_replicas=0))
        self.build(*rows)


def asked(service: SearchService, text: str, **parameters: str) -> Response:
    """The answer of a service to a search."""
    named = {name: [value] for name, value in parameters.items()}
    return service.search(read({"q": [text], **named}, in_use()))


class Load:
    """Searchers and a writer at work until the block ends; what failed, and what was acknowledged by then."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.failed: list[Exception] = []
        self.acknowledged: list[str] = []
        self.searches = 0
        self.slowest = 0.0
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._search) for _ in range(SEARCHERS)]
        self._threads.append(threading.Thread(target=self._write))
        self._service = SearchService(site.settings)

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        self._service.close()

    def _search(self) -> None:
        for number in count():
            words = WORDS[number % len(WORDS)], WORDS[(number // 3) % len(WORDS)]
            self._do(partial(asked, self._service, " ".join(words), facets="year"))
            self.searches += 1
            if self._over.wait(0.05):
                return

    def _write(self) -> None:
        for number in count():
            rows = articles(10_000 + 5 * number, 5)
            path = self.site.write(f"{number}.jsonl", *rows)
            if self._do(partial(self.site.index, path)):
                self.acknowledged += [each["id"] for each in rows]
            if self._over.wait(0.2):
                return

    def _do(self, work: Callable[[], object]) -> bool:
        started = time.monotonic()
        try:
            work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
            self.failed.append(error)
            return False
        finally:
            self.slowest = max(self.slowest, time.monotonic() - started)
        return True


def names(site: Site) -> dict[IndexName, str]:
    """The names on the cluster of the indexes that serve."""
    generation = site.store.current()
    return {index: read_name(generation.index_folder(index)) for index in INDEXES}


def copies(name: str) -> list[dict[str, str]]:
    """The copies of the parts of an index: of which part, on which node, in which state."""
    rows: Any = connection().get(f"/_cat/shards/{name}?h=shard,prirep,state,node,id&format=json")
    return [*rows]


def written(site: Site) -> dict[IndexName, Words]:
    """Every word of every article that is stored, as it must have been written."""
    found: dict[IndexName, Words] = {index: Counter() for index in INDEXES}
    with closing(Snapshot(site.store.current())) as snapshot:
        recorder = RecordBuilder(snapshot.analyzer, UTC)
        for article in stored_articles(snapshot.articles, snapshot.comments):
            records = recorder.record(article)
            for index, some in zip(INDEXES, ([records.article], records.comments), strict=True):
                for record in some:
                    found[index].update(_words(record.terms))
    return found


def _words(terms: Any) -> Iterator[tuple[str, str]]:
    for field, text in terms.items():
        yield from {(field_name(field), word) for slot in slots(text) for word in slot}


def every_copy(name: str, words: Words) -> list[Words]:
    """Count words in each copy of each part, and return the sums of the copies: first ones, second ones."""
    by_part: dict[str, list[Words]] = {}
    for copy in copies(name):
        by_part.setdefault(copy["shard"], []).append(_counted(name, copy, [*words]))
    return [sum(each, Words()) for each in zip(*by_part.values(), strict=True)]


def _counted(name: str, copy: dict[str, str], words: list[tuple[str, str]]) -> Words:
    where = f"preference=_shards:{copy['shard']}%7C_only_nodes:{copy['id']}"
    found = Words()
    for at in range(0, len(words), AT_ONCE):
        some = words[at : at + AT_ONCE]
        filters = [{"term": {field: word}} for field, word in some]
        asked = {"size": 0, "aggs": {"words": {"filters": {"filters": filters}}}}
        told = connection().post(f"/{quote(name)}/_search?{where}", asked)["aggregations"]["words"]["buckets"]
        found.update({word: bucket["doc_count"] for word, bucket in zip(some, told, strict=True)})
    return +found


@contextmanager
def standing_still() -> Iterator[None]:
    """Let no copy move to another node until the block ends, as they do at any time once a node came back."""
    setting = "cluster.routing.rebalance.enable"
    connection().put("/_cluster/settings", {"transient": {setting: "none"}})
    try:
        moving = "/_cluster/health?wait_for_no_relocating_shards=true&wait_for_status=green&timeout=60s"
        assert not connection().get(moving)["timed_out"]
        yield
    finally:
        connection().put("/_cluster/settings", {"transient": {setting: None}})


def require_every_word(site: Site) -> None:
    """Fail unless each copy of each part has every word of what is stored in as many documents."""
    with standing_still():
        for index, words in written(site).items():
            assert words, index
            for found in every_copy(names(site)[index], words):
                assert found == words, index


def wait_until(holds: Callable[[], bool], seconds: float) -> float:
    """Wait until something holds; return the seconds that it took, or fail."""
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < seconds, f"not within {seconds} s"
        time.sleep(0.2)
    return time.monotonic() - started
