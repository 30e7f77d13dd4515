"""``/metrics`` for Prometheus: the counts of all workers, and the state of the index as it is asked for.

The counts of each worker lie in files of a folder that all of them share; one that is replaced leaves its own
there, so that no counter goes back.
"""

from __future__ import annotations

import contextlib
import hmac
import time
from ipaddress import ip_address
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, make_wsgi_app
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from kashshaf.index.errors import IndexingError
from kashshaf.search_app.serving.forwarded import PEER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from prometheus_client.metrics_core import Metric

    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.serving.request_log import Done

ROUTES = (
    ("/api/v1/search", "api_search"),
    ("/api/v1/suggest", "api_suggest"),
    ("/api/", "api_other"),
    ("/search", "page_search"),
    ("/articles/", "page_article"),
    ("/static/", "file"),
    ("/embed", "file"),
    ("/desk", "desk"),
    ("/healthz", "health"),
    ("/readyz", "health"),
    ("/metrics", "metrics"),
)
"""Labels by the beginning of the path, which are few whatever is asked for."""
OTHER = "other"
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds: an answer from memory takes less than the first, a time limit ends a search before the last."""
REFUSED = (429, 503)
CLOSED = (
    b"Metrics are for this machine; elsewhere with: Authorization: Bearer, and the setting metrics_token.\n"
)


class Metrics:
    """The counts of requests and searches; ``folder`` is where the workers keep theirs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.registry = registry = CollectorRegistry()
        self._requests = Counter(
            "kashshaf_requests", "Requests answered", ("route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "kashshaf_request_seconds",
            "Seconds from the head of a request to its answer",
            ("route",),
            registry=registry,
            buckets=BUCKETS,
        )
        self._searches = Counter("kashshaf_searches", "Searches answered", registry=registry)
        self._empty = Counter(
            "kashshaf_searches_without_result", "Searches that found nothing", registry=registry
        )
        self._remembered = Counter(
            "kashshaf_answers_remembered", "Answers that had been given before", registry=registry
        )
        self._refused = Counter(
            "kashshaf_refused", "Requests refused: 429 too many, 503 busy", ("status",), registry=registry
        )
        self._workers = Gauge(
            "kashshaf_workers", "Workers that run", registry=registry, multiprocess_mode="livesum"
        )

    def begin(self) -> None:
        """Count a worker that begins to answer."""
        self._workers.set(1)

    def end(self, pid: int) -> None:
        """Count a worker no longer."""
        mark_process_dead(pid, str(self._folder))  # type: ignore[no-untyped-call]

    def __call__(self, done: Done) -> None:
        """Count a request that was answered."""
        route, status = route_of(done.environ.get("PATH_INFO", "")), done.status
        self._requests.labels(route, status).inc()
        self._seconds.labels(route).observe(done.seconds)
        if status in REFUSED:
            self._refused.labels(status).inc()
        if done.facts.remembered:
            self._remembered.inc()
        if done.facts.matches is not None:
            self._searches.inc()
            self._empty.inc(done.facts.matches == 0)

    def application(self, service: SearchService, token: str) -> WSGIApplication:
        """The WSGI application of ``/metrics``."""
        registry = CollectorRegistry()
        MultiProcessCollector(registry, str(self._folder))  # type: ignore[no-untyped-call]
        registry.register(_IndexState(service))
        return _Guarded(make_wsgi_app(registry), token)


def route_of(path: str) -> str:
    """The label of a path."""
    return next((label for beginning, label in ROUTES if path.startswith(beginning)), OTHER)


class _IndexState:
    """The index, as of the moment it is asked for; without one there is nothing to tell but that."""

    def __init__(self, service: SearchService) -> None:
        self._service = service

    def collect(self) -> Iterator[Metric]:
        """Yield the counts of documents, the age of the last commit and the generation."""
        found = None
        with contextlib.suppress(IndexingError):
            found = self._service.index_state()
        yield GaugeMetricFamily("kashshaf_index_open", "1 where an index is open", value=found is not None)
        if found is None:
            return
        documents = GaugeMetricFamily("kashshaf_documents", "Documents of the index", labels=("kind",))
        documents.add_metric(["article"], found.articles)
        documents.add_metric(["comment"], found.comments)
        yield documents
        age = max(0.0, time.time() - found.committed.timestamp())
        yield GaugeMetricFamily("kashshaf_index_age_seconds", "Seconds since the last commit", value=age)
        generation = {"generation": found.generation, "engine": found.engine}
        yield InfoMetricFamily("kashshaf_index", "The generation that serves", value=generation)


class _Guarded:
    """The metrics for who brings ``token``; without one for this machine, with no proxy between."""

    def __init__(self, application: WSGIApplication, token: str) -> None:
        self._application = application
        self._token = token

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._may_read(environ):
            return self._application(environ, start_response)
        start_response(
            "403 Forbidden",
            [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(CLOSED)))],
        )
        return [CLOSED]

    def _may_read(self, environ: WSGIEnvironment) -> bool:
        if self._token:
            given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
            return hmac.compare_digest(given, f"Bearer {self._token}".encode())
        peer = environ.get(PEER, "")
        return bool(peer) and ip_address(peer).is_loopback
