"""The layers around the application: gate, metrics, prefix, what proxies say, access log."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Request, Response

from kashshaf.search_app.serving.connection_counts import ConnectionCounts
from kashshaf.search_app.serving.forwarded import Forwarded
from kashshaf.search_app.serving.gate import ALWAYS
from kashshaf.search_app.serving.request_log import AccessLog, Watched
from kashshaf.search_app.web import usage
from kashshaf.search_app.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.serving.metrics import Metrics
    from kashshaf.search_app.serving.request_log import Done
    from kashshaf.search_app.web.access.door import Door
    from kashshaf.search_app.web.app import Additions


class Stack:
    """A WSGI application of all that is served, behind ``gate``."""

    def __init__(
        self,
        service: SearchService,
        settings: Settings,
        gate: Callable[[WSGIApplication], WSGIApplication],
        metrics: Metrics | None = None,
        additions: Additions = (),
    ) -> None:
        self._app = create_app(service, settings, gate, additions)
        self.largest = max(settings.write_megabytes, 1) << 20
        """Bytes of the largest body that a server need take in."""
        self.may_send_much = cast("Door", self._app.wsgi_app).may_send_much
        """Judges by an ``Authorization`` whether a large body may come with it."""
        self.connections = ConnectionCounts()
        """The connections of the workers, shared by those that are forked from here."""
        self._log = AccessLog(settings) if settings.access_log != "off" else None
        observers: list[Callable[[Done], None]] = [self._log] if self._log else []
        mounts: dict[str, WSGIApplication] = {}
        if metrics is not None:
            observers.append(metrics)
            mounts["/metrics"] = metrics.application(service, settings.metrics_token)
        if settings.prefix:
            mounts[settings.prefix] = self._app
        shown = _Elsewhere(self._app, settings.prefix) if settings.prefix else self._app
        answered = DispatcherMiddleware(shown, mounts)
        self._application = Watched(Forwarded(answered, settings.trusted_proxies, settings.prefix), observers)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        return self._application(environ, start_response)

    def close(self) -> None:
        """Write what waits to be logged."""
        usage.close(self._app)
        if self._log:
            self._log.close()


class _Elsewhere:
    """All that is not below the prefix: the health checks, and for the rest a word on where to go."""

    def __init__(self, application: WSGIApplication, prefix: str) -> None:
        self._application = application
        self._prefix = prefix

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") in ALWAYS:
            return self._application(environ, start_response)
        said = f"There is nothing here; the search is below {self._prefix}/\n"
        return Response(said, 404, mimetype="text/plain")(Request(environ).environ, start_response)
