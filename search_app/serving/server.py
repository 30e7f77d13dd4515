"""The production server: gunicorn's processes, each with its own readers of the one mapped index."""

from __future__ import annotations

import errno
import gc
import os
import socket
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from kashshaf.analyzers.errors import KashshafError, LexiconError
from kashshaf.index.errors import IndexingError
from kashshaf.index.settings import hand_on
from kashshaf.index.storage import scratch
from kashshaf.index.store.generations import Store
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.serving.gate import AT_ONCE, ON_CLUSTER, Gate
from kashshaf.search_app.serving.stack import Stack
from kashshaf.search_app.serving.worker import WaitressWorker

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.serving.metrics import Metrics
    from kashshaf.search_app.web.app import Additions

BACKLOG = 1024
"""Connections that the system holds for workers that are busy."""
SPARE_THREADS = 2
"""Threads of a worker that no search can take: health checks find one."""
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are made for us alone
OPTIONS: dict[str, Any] = {
    "worker_class": WaitressWorker,
    "preload_app": True,  # what all workers need is loaded once, and shared
    "timeout": 60,  # seconds after which a worker that hangs is replaced
    "graceful_timeout": 20,
    "loglevel": "warning",
    "control_socket_disable": True,
}
TAKEN = (
    "the port {port} of {host} is taken by another program, perhaps by another kashshaf serve; stop that, or"
    " choose another port with --port"
)
NO_RELOAD = (
    "%s is passed over: settings are read at the start alone; to read them again stop the server, which"
    " finishes what was begun, and start it"
)
COUNTS_PREFIX = "kashshaf-metrics-"
COUNTS = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which prometheus_client is told where the workers keep their counts."""


class Master(Arbiter):  # type: ignore[misc] # gunicorn is untyped
    """The process that looks after the workers. It reads settings once, so it is not to be reloaded."""

    def handle_hup(self) -> None:
        """Pass a hang-up over: workers made anew would have the settings of the start all the same."""
        self.log.warning(NO_RELOAD, "SIGHUP")

    def handle_usr2(self) -> None:
        """Pass over what would start a second server, at the same port."""
        self.log.warning(NO_RELOAD, "SIGUSR2")


class Server(BaseApplication):  # type: ignore[misc] # gunicorn is untyped
    """The application in ``workers`` processes, at ``listener``, which it takes over."""

    def __init__(
        self,
        settings: Settings,
        listener: socket.socket,
        workers: int,
        threads: int,
        metrics: Metrics,
        additions: Additions = (),
    ) -> None:
        service = SearchService(settings)
        at_once = AT_ONCE if _preload(settings) else ON_CLUSTER
        waiting = max(1, threads - at_once)
        gate = partial(Gate, waiting=waiting, at_once=at_once)
        self._service, self._metrics = service, metrics
        self._stack = Stack(service, settings, gate, metrics, additions)
        said = f"{_address(listener, settings.prefix)}  (Ctrl-C stops)"
        memory = _memory()
        self._options = {
            **OPTIONS,
            "bind": f"fd://{listener.detach()}",
            "backlog": BACKLOG,
            "worker_tmp_dir": str(memory) if memory else None,
            "workers": workers,
            "threads": at_once + waiting + SPARE_THREADS,
            "when_ready": lambda _server: click.echo(said),
            "pre_fork": lambda _server, _worker: (
                gc.freeze()
            ),  # else each collection copies the pages that workers share
            "post_worker_init": lambda _worker: self._begin(),
            "worker_exit": lambda _server, _worker: self._stack.close(),
            "child_exit": lambda _server, worker: self._end(worker.pid),
        }
        super().__init__()

    def load_config(self) -> None:
        """Set gunicorn's options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until a signal ends it."""
        Master(self).run()

    def _begin(self) -> None:
        self._metrics.begin()
        self._service.warm_up()

    def _end(self, pid: int) -> None:
        self._metrics.end(pid)
        self._stack.connections.forget(pid)

    def load(self) -> WSGIApplication:
        """Return the application; it opens the index in the worker: a fork shares no readers."""
        return self._stack


def serve(
    settings: Settings, host: str, port: int, workers: int, threads: int, additions: Additions = ()
) -> None:
    """Serve until a signal ends it; the address is the first line printed. ``additions``: of ``create_app``.

    Raises KashshafError where nothing can listen at ``host`` and ``port`` (0: any free one).
    """
    listener = _listening(host, port)
    scratch.sweep(_memory(), COUNTS_PREFIX)
    with scratch.scratch_folder(_memory(), COUNTS_PREFIX) as folder:
        hand_on(COUNTS, str(folder))
        from kashshaf.search_app.serving.metrics import Metrics  # noqa: PLC0415 - reads COUNTS when imported

        Server(settings, listener, workers, threads, Metrics(folder), additions).run()


def _preload(settings: Settings) -> bool:
    """Load what all workers need while there is one process, so that they share it: libraries and tables.

    Readers of the index are not among it, nor is an index that cannot be read: each worker sees to that.
    Tell whether the index is in its folder, or not there yet, and not on a cluster.
    """
    store = Store(settings.index)
    with suppress(IndexingError, LexiconError):
        store.follow()
        generation = store.current()
        generation.analyzer().warm_up()
        return generation.engine().embedded
    return True


def _memory() -> Path | None:
    """A folder in memory, where there is one."""
    return SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else None


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, UnicodeError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise KashshafError(TAKEN.format(port=port, host=host)) from error
        raise KashshafError(
            f"cannot listen on {host}:{port}: {error}; choose another with --host or --port"
        ) from error


def _address(listener: socket.socket, prefix: str) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}{prefix}/" if ":" in host else f"http://{host}:{port}{prefix}/"
