"""The production server: gunicorn's processes, each with its own readers of the one mapped index."""

from __future__ import annotations

import gc
import os
import socket
from typing import TYPE_CHECKING, Any

import click
from gunicorn.app.base import BaseApplication

from kashshaf.analyzers.errors import KashshafError
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.serving.gate import AT_ONCE, Gate
from kashshaf.search_app.web import usage
from kashshaf.search_app.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import WSGIApplication

    from flask import Flask

    from kashshaf.index.settings import Settings

    Additions = Iterable[Callable[[Flask, Settings], None]]

BACKLOG = 1024
"""Connections that the system holds for workers that are busy."""
SPARE_THREADS = 2
"""Threads of a worker that no search can take: health checks find one."""
OPTIONS: dict[str, Any] = {
    "worker_class": "gthread",
    "preload_app": True,  # what all workers need is loaded once, and shared
    "timeout": 60,  # seconds after which a worker that hangs is replaced
    "graceful_timeout": 20,
    "keepalive": 15,
    "loglevel": "warning",
    "limit_request_line": 8190,
    "control_socket_disable": True,
    "worker_tmp_dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else None,  # noqa: S108 - no file is left there
}


class Server(BaseApplication):  # type: ignore[misc] # gunicorn is untyped
    """The application in ``workers`` processes, at ``listener``, which it takes over."""

    def __init__(
        self,
        settings: Settings,
        listener: socket.socket,
        workers: int,
        threads: int,
        additions: Additions = (),
    ) -> None:
        self._service = SearchService(settings)
        self._app = create_app(self._service, settings, additions)
        self._waiting = max(1, threads - AT_ONCE)
        said = f"{_address(listener)}  (Ctrl-C stops)"
        self._options = {
            **OPTIONS,
            "bind": f"fd://{listener.detach()}",
            "workers": workers,
            "threads": AT_ONCE + self._waiting + SPARE_THREADS,
            "when_ready": lambda _server: click.echo(said),
            "pre_fork": lambda _server, _worker: (
                gc.freeze()
            ),  # else each collection copies the pages that workers share
            "post_worker_init": lambda _worker: self._service.warm_up(),
            "worker_exit": lambda _server, _worker: usage.close(self._app),
        }
        super().__init__()

    def load_config(self) -> None:
        """Set gunicorn's options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        """Make the application; it opens the index in the worker, since readers are not shared by a fork."""
        return Gate(self._app, self._waiting)


def serve(
    settings: Settings, host: str, port: int, workers: int, threads: int, additions: Additions = ()
) -> None:
    """Serve until a signal ends it; the address is the first line printed. ``additions``: of ``create_app``.

    Raises KashshafError where nothing can listen at ``host`` and ``port`` (0: any free one).
    """
    Server(settings, _listening(host, port), workers, threads, additions).run()


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, UnicodeError, OverflowError) as error:
        raise KashshafError(
            f"cannot listen on {host}:{port}: {error}; choose another with --host or --port"
        ) from error


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
