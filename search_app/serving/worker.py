"""A worker of gunicorn that speaks HTTP by waitress.

Waitress takes whole requests in before a thread is given one, and keeps answers for readers who are slow to
take them: so nobody who sends or reads a byte a second holds a thread. What it lacks is here: a bound on the
time that a request may take to arrive, room for new connections however many are open, and a stop that lets
finish what was begun.
"""

from __future__ import annotations

import logging
import os
import resource
import time
from collections import Counter
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from kashshaf.index.limits import allocator
from kashshaf.search_app.serving.parser import WITHOUT_KEY, Parser
from kashshaf.search_app.web.access.limits import network

if TYPE_CHECKING:
    import socket
    from types import FrameType

HEAD_SECONDS = 10
"""Seconds that the head of a request may take to arrive, from its first byte."""
BODY_SECONDS = 60
"""Seconds that all of a request may take to arrive."""
UNREAD_SECONDS = 30
"""Seconds that a client may leave an answer unread."""
IDLE_SECONDS = 75
"""Seconds that a connection stays open without a request: more than a proxy before us keeps it, so that none
is closed while a request is on its way."""
CONNECTIONS = 2_000
"""Connections that a worker holds; for one more, a quiet one is closed, of the client that holds most."""
CROWD = 16
"""For each so many connections one more is accepted at a time: few are shared out among the workers, which
all wake for each, and a thousand that come together are soon in."""
PATIENCE = 0.02
"""Seconds that a new connection is left to a worker with fewer; it may hang, and not come for it."""
PAUSE = 0.0005
"""Seconds between two looks whether it has come."""
IMPATIENCE = 1
"""Seconds for which no connection is left to others once one of them has not come."""
OTHER_FILES = 200
"""Files that a worker has open beside its connections, at most."""
LOOK = 0.5
"""Seconds after which a worker looks whether it is to stop, at the latest."""
GIVE_BACK_SECONDS = 10
"""Seconds after which a worker gives free memory back; it takes some milliseconds."""
OPTIONS: dict[str, Any] = {
    "ident": None,
    "asyncore_use_poll": True,  # select knows no file beyond the 1,024th
    "clear_untrusted_proxy_headers": False,  # search_app/serving/forwarded.py does
    "cleanup_interval": 1,
    "connection_limit": 1
    << 20,  # CONNECTIONS holds, and closes the quiet ones instead of shutting out new ones
    "max_request_header_size": 16 << 10,
    "outbuf_high_watermark": 64
    << 20,  # beyond it a thread waits for the reader; files that are sent are smaller
    "log_socket_errors": False,
}


class Channel(HTTPChannel):  # type: ignore[misc] # waitress is untyped
    """A connection that knows since when a request has been arriving."""

    began = 0.0

    def parser_class(self, adj: Adjustments) -> Parser:
        """Make the parser of a request."""
        return Parser(adj, self.server.small, self.server.application.may_send_much)

    @cached_property
    def network(self) -> str:
        """The name under which its client is counted."""
        return network(str(self.addr[0]))

    def received(self, data: bytes) -> bool:
        """Take bytes in; the first ones of a request start its clock."""
        if self.request is None:
            self.began = time.time()
        return bool(super().received(data))

    def is_quiet(self) -> bool:
        """True where nothing waits to be answered or sent."""
        return not self.requests and not self.total_outbufs_len

    def is_arriving(self) -> bool:
        """True where a request has begun to come."""
        return self.request is not None and not self.requests

    def is_late(self, now: float) -> bool:
        """True where the client has taken longer than it may, to ask or to read."""
        if self.is_arriving():
            return now - self.began > (BODY_SECONDS if self.request.headers_finished else HEAD_SECONDS)
        if self.total_outbufs_len:
            return bool(now - self.last_activity > UNREAD_SECONDS)
        return not self.requests and bool(now - self.last_activity > IDLE_SECONDS)


class Front(TcpWSGIServer):  # type: ignore[misc] # waitress is untyped
    """The listening socket of a worker, with all its connections."""

    channel_class = Channel
    most = CONNECTIONS
    stopping = False
    told = -1
    left_since = impatient_until = 0.0

    @cached_property
    def small(self) -> Adjustments:
        """The options for who may not send a large body."""
        options = copy(self.adj)
        options.max_request_body_size = min(WITHOUT_KEY, options.max_request_body_size)
        return options

    def maintenance(self, now: float) -> None:
        """Close the connections of those who are late; the loop calls it each second."""
        for channel in self.active_channels.values():
            if channel.is_late(now):
                channel.will_close = True

    def handle_accept(self) -> None:
        """Accept the connections that wait; for each beyond the bound a quiet one is closed."""
        if self._leaves_it():
            time.sleep(PAUSE)
            return
        for _ in range(1 + len(self.active_channels) // CROWD):
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before:
                break
            self._make_room()
        self.tell()

    def tell(self) -> None:
        """Tell the other workers how many connections there are."""
        if self.told != len(self.active_channels) and not self.stopping:
            self.told = len(self.active_channels)
            self.application.connections.keep(os.getpid(), self.told)

    def _leaves_it(self) -> bool:
        """Tell whether a connection that waits is left to a worker that has fewer, for now."""
        least = self.application.connections.least_of_others(os.getpid())
        now = time.monotonic()
        if self.stopping or least is None or self.told <= least or now < self.impatient_until:
            self.left_since = 0.0
            return False
        if now - self.left_since > IMPATIENCE:  # that one was taken long ago
            self.left_since = now
        if now - self.left_since > PATIENCE:
            self.impatient_until = now + IMPATIENCE
        return True

    def _make_room(self) -> None:
        """Close a connection of the client that has most: of its quiet ones the one that is so longest."""
        channels = self.active_channels.values()
        if len(channels) > self.most:
            held = Counter(each.network for each in channels)
            quiet = [each for each in channels if each.is_quiet()]
            if quiet:
                min(quiet, key=lambda each: (-held[each.network], each.last_activity)).handle_close()

    def add_task(self, task: Channel) -> None:
        """Give a request to a thread; of a worker that stops, it is the last one of its connection."""
        if self.stopping:
            task.requests[-1].headers["CONNECTION"] = "close"
        super().add_task(task)

    def is_busy(self) -> bool:
        """True while a request is coming or being answered, or an answer sent."""
        channels = self.active_channels.values()
        return any(channel.is_arriving() or not channel.is_quiet() for channel in channels)


class WaitressWorker(Worker):  # type: ignore[misc] # gunicorn is untyped
    """A process that answers by ``threads`` threads, until it is told to stop or its parent is gone."""

    gives_back = 0.0
    front: Front | None = None

    def init_process(self) -> None:
        """Bound what the allocator keeps for each thread, before there are any."""
        allocator.bound_heaps()
        super().init_process()

    def run(self) -> None:
        """Answer, then finish what was begun, within ``graceful_timeout`` seconds."""
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # the gate bounds the queue, and tells
        threads = ThreadedTaskDispatcher()
        threads.set_thread_count(self.cfg.threads)
        connections: dict[int, object] = {}
        self.front = front = self._front(threads, connections)
        while self.alive and self.ppid == os.getppid():
            self._turn(connections)
        front.stopping = True
        self.wsgi.connections.forget(os.getpid())
        self._finish(front, connections)
        threads.shutdown(timeout=1)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop: a request that is complete by now is the last one of its connection."""
        if self.front:
            self.front.stopping = True
        super().handle_exit(sig, frame)

    def _front(self, threads: ThreadedTaskDispatcher, connections: dict[int, object]) -> Front:
        listener: socket.socket = self.sockets[0].sock
        listener.setblocking(False)
        options = Adjustments(
            sockets=[listener], backlog=self.cfg.backlog, max_request_body_size=self.wsgi.largest, **OPTIONS
        )
        place = (listener.family, listener.type, listener.proto, listener.getsockname())
        front = Front(
            self.wsgi,
            connections,
            _sock=listener,
            dispatcher=threads,
            adj=options,
            sockinfo=place,
            bind_socket=False,
        )
        front.most = min(CONNECTIONS, _open_files() - OTHER_FILES)
        return front

    def _turn(self, connections: dict[int, object]) -> None:
        self.notify()
        wasyncore.poll2(LOOK, connections)
        if self.front:
            self.front.tell()
        if time.monotonic() >= self.gives_back:
            self.gives_back = time.monotonic() + GIVE_BACK_SECONDS
            allocator.give_back()

    def _finish(self, front: Front, connections: dict[int, object]) -> None:
        """Go on for a moment with all that comes, which the system may have taken in, then to the end."""
        now = time.monotonic()
        soon, latest = now + 2 * LOOK, now + self.cfg.graceful_timeout - 1
        while now < soon or (now < latest and front.is_busy()):
            front.accepting = now < soon
            self._turn(connections)
            now = time.monotonic()
        wasyncore.close_all(connections, ignore_all=True)


def _open_files() -> int:
    """The number of files that this process may open, once it is as high as the system lets it be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + OTHER_FILES
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        return allowed
    return wanted if soft == resource.RLIM_INFINITY else soft
