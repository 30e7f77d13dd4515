"""Requests to the whole stack of a worker, without a server."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import Headers
from werkzeug.test import Client, EnvironBuilder

from kashshaf.search_app.serving.gate import Gate
from kashshaf.search_app.serving.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from werkzeug.test import TestResponse

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.serving.metrics import Metrics


def stack(
    service: SearchService, settings: Settings, metrics: Metrics | None = None, **values: Any
) -> Client:
    """A client of a worker with these settings."""
    return Client(Stack(service, replace(settings, **values), partial(Gate, waiting=4), metrics))


def ask(client: Client, path: str, peer: str = "203.0.113.9", **headers: str) -> TestResponse:
    """Ask from an address; ``X_Forwarded_For="…"`` is a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    asked = EnvironBuilder(path=path, environ_base={"REMOTE_ADDR": peer}, headers=Headers(named))
    return client.open(asked, buffered=True)


class Seen:
    """An application that keeps the environment of the last request."""

    def __init__(self) -> None:
        self.environ: WSGIEnvironment = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.environ = environ
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"seen"]
