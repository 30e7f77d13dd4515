"""The trips of a page to the engine: counted, since each walks through postings, or asks a cluster."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from kashshaf.index.store.snapshot import Snapshot
from kashshaf.search_app.query.parameters import read
from kashshaf.search_app.results.service import SearchService
from tests.kashshaf.site import Site, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

METHODS = ("search", "groups", "having", "facets", "stored", "frequencies")
TRIPS = {
    "الجسر": {"articles.search": 1, "articles.stored": 1, "comments.groups": 1, "comments.stored": 1},
    "الجسر الجديد": {"articles.search": 2, "articles.stored": 1, "comments.groups": 2, "comments.stored": 1},
}
"""By query those of a page that full matches fill; partial ones are counted by another search."""
FREQUENCIES = 3
"""Trips for the frequencies of words at most, in each index."""


class Trips(Counter[str]):
    """Counts the calls of readers by index and method."""

    def of(self, reader: Any, index: str) -> None:
        """Count those of a reader."""
        for method in METHODS:
            setattr(reader, method, self._counted(getattr(reader, method), f"{index}.{method}"))

    def _counted(self, call: Callable[..., object], name: str) -> Callable[..., object]:
        def counted(*given: Any) -> object:
            self[name] += 1
            return call(*given)

        return counted


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> Trips:
    """Trips of every snapshot that is opened from now on."""
    trips = Trips()
    opened = Snapshot.__init__

    def opening(snapshot: Snapshot, *given: Any) -> None:
        opened(snapshot, *given)
        trips.of(snapshot.articles, "articles")
        trips.of(snapshot.comments, "comments")

    monkeypatch.setattr(Snapshot, "__init__", opening)
    return trips


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("trips"), request.param)
    said = [(f"c{place}", "الجسر الجديد جميل") for place in range(3)]
    site.build(*(row(f"n{place}", f"الجسر الجديد خبر {place}", *said) for place in range(15)))
    return site


@pytest.fixture
def service(site: Site, trips: Trips) -> Iterator[SearchService]:
    service = SearchService(site.settings)
    service.search(read({"q": ["كلمة"]}, site.settings))
    trips.clear()
    yield service
    service.close()


@pytest.mark.parametrize("text", TRIPS)
def test_a_page_takes_few_trips(service: SearchService, site: Site, trips: Trips, text: str) -> None:
    response = service.search(read({"q": [text]}, site.settings))
    assert response["total"] == 15
    assert all(hit["match"] == "full" for hit in response["hits"])
    asked = {name: trips.pop(name) for name in list(trips) if name.endswith("frequencies")}
    assert max(asked.values()) <= FREQUENCIES
    assert trips == TRIPS[text]
