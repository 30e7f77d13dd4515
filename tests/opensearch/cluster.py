"""A real cluster for tests, each node a process that can be killed and brought back; or one that is named."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from kashshaf.index.settings import EMBEDDED
from tests.opensearch.artifacts import NoClusterError, artifacts, java

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAMED = "KASHSHAF_OPENSEARCH_URL"
NODE = Path(__file__).with_name("Node.java")
PORTS = range(9210, 9290, 10)
"""Ports before those of the nodes, for clients; those between nodes are a hundred further on."""
BETWEEN = 100
START_SECONDS, STOP_SECONDS = 180, 30
HEAP = "512m"
KEPT = (*EMBEDDED, *(("opensearch",) if NAMED in os.environ else ()))
"""The engines that keep an index, that of a cluster where one is named."""
NO_CLUSTER = f"no cluster is named by {NAMED}; make test-opensearch starts one"


def is_named() -> bool:
    """True where the environment names a cluster."""
    return NAMED in os.environ


class Node:
    """A node of a cluster of tests, in a process of its own."""

    def __init__(self, name: str, port: int, command: list[str], log: Path) -> None:
        self.name = name
        self.url = f"http://127.0.0.1:{port}"
        self._command = command
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, or bring it back with what it had on its disk; nothing where it runs."""
        if self._process:
            return
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it, at once and without a word to the others; nothing where it does not run."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait(STOP_SECONDS)
            self._process = None

    def require_running(self) -> None:
        """Raise NoClusterError, with the end of its log, where it ended by itself."""
        if self._process is None or self._process.poll() is not None:
            told = self._log.read_text(errors="replace")[-2000:]
            raise NoClusterError(f"OpenSearch does not start: {told}")


class Cluster:
    """The nodes of a cluster, each with the settings given beside those that it needs."""

    def __init__(self, folder: Path, count: int, settings: Mapping[str, str]) -> None:
        found = java()
        run = [found, f"-Xms{HEAP}", f"-Xmx{HEAP}", "-XX:+UseG1GC", "-cp", f"{artifacts(found)}/*", str(NODE)]
        before = _free_port(count)
        names = [f"node-{number}" for number in range(1, count + 1)]
        shared = {**_met(folder.name, names, before), **settings}
        self.nodes = [
            Node(
                name,
                port,
                [*run, str(folder / name), *_arguments(name, port, shared)],
                folder / f"{name}.log",
            )
            for port, name in enumerate(names, before + 1)
        ]

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses of all nodes, running or not."""
        return tuple(node.url for node in self.nodes)

    def node(self, name: str) -> Node:
        """Find a node by its name."""
        return next(node for node in self.nodes if node.name == name)

    def ask(self, path: str) -> Any:
        """The answer to a GET, of the first node that gives one."""
        for url in self.urls:
            try:
                return httpx.get(url + path, timeout=90).raise_for_status().json()
            except httpx.TransportError:
                continue
        raise NoClusterError("no node answers")

    def wait(self, count: int | None = None, status: str = "yellow") -> None:
        """Wait until so many nodes, or all, have met and the cluster is as well as that."""
        end = time.monotonic() + START_SECONDS
        wanted = len(self.nodes) if count is None else count
        health = f"/_cluster/health?wait_for_nodes={wanted}&wait_for_status={status}&timeout=5s"
        if status == "green":  # then copies may still move to a node that came back
            health += "&wait_for_no_relocating_shards=true"
        while not self._answers(health):
            if time.monotonic() > end:
                raise NoClusterError(f"the cluster has not {wanted} nodes that are {status} in time")
            if count is None:
                for node in self.nodes:
                    node.require_running()
            time.sleep(0.5)

    def heal(self) -> None:
        """Bring back what was killed, and wait until every copy is on a node."""
        for node in self.nodes:
            node.start()
        self.wait(status="green")

    def _answers(self, path: str) -> bool:
        try:
            return bool(self.ask(path))
        except (NoClusterError, httpx.HTTPStatusError):
            return False


@contextmanager
def started(count: int = 1, settings: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """Lend a new cluster of so many nodes; raises NoClusterError where Java or Maven is missing."""
    folder = Path(tempfile.mkdtemp(prefix="kashshaf-cluster-"))
    nodes: list[Node] = []
    try:
        cluster = Cluster(folder, count, settings or {})
        nodes = cluster.nodes
        for node in nodes:
            node.start()
        cluster.wait()
        yield cluster
    finally:
        for node in nodes:
            node.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _met(cluster: str, names: list[str], before: int) -> dict[str, str]:
    """The settings by which the nodes meet; a full disk of this machine is to be no matter."""
    return {
        "cluster.name": cluster,
        "network.host": "127.0.0.1",
        "discovery.type": "zen",
        "discovery.seed_hosts": ",".join(
            f"127.0.0.1:{before + BETWEEN + number}" for number in range(1, len(names) + 1)
        ),
        "cluster.initial_cluster_manager_nodes": ",".join(names),
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }


def _arguments(name: str, port: int, settings: Mapping[str, str]) -> list[str]:
    own = {"node.name": name, "http.port": str(port), "transport.port": str(port + BETWEEN)}
    return [f"{name}={value}" for name, value in {**own, **settings}.items()]


def _free_port(count: int) -> int:
    for before in PORTS:
        ports = range(before + 1, before + count + 1)
        if all(_is_free(port) and _is_free(port + BETWEEN) for port in ports):
            return before
    raise NoClusterError(f"no ports are free between {PORTS.start} and {PORTS.stop}")


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) != 0


def nodes(number: int) -> Iterator[Cluster]:
    """Some nodes of their own for a fixture; its tests skip where no cluster is named, or none can be."""
    if not is_named():
        pytest.skip(NO_CLUSTER)
    try:
        with started(number) as cluster:
            yield cluster
    except NoClusterError as error:
        pytest.skip(f"there can be no cluster of {number} nodes: {error}")
