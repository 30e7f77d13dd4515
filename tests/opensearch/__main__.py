"""The tests of the cluster's engine, on a cluster of their own: make test-opensearch.

With KASHSHAF_OPENSEARCH_URL set they run on that cluster. Where there can be none, they say why and end well.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.opensearch.artifacts import RUNNER, NoClusterError
from tests.opensearch.cluster import NAMED, is_named, started

if TYPE_CHECKING:
    from collections.abc import Sequence

TESTS = (
    "tests/opensearch",
    "tests/index/contract",
    "tests/bench/test_cluster.py",
    "tests/bench/test_parity.py",
    "tests/end_to_end/test_completions.py",
    "tests/indexer/live/test_writer.py",
    "tests/search_app/results",
    "-k",
    "opensearch",
)
SHARDS = "KASHSHAF_OPENSEARCH_SHARDS"


def main(given: Sequence[str]) -> int:
    """Run the tests with what pytest is to be told; return its exit status."""
    asked, options = _parser().parse_known_args(given)
    if asked.shards:
        os.environ[SHARDS] = str(asked.shards)
    if asked.version:
        os.environ[RUNNER] = f"{asked.version}.0"
    if is_named():
        return _run(options)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that its nodes end with it
    try:
        with started(asked.nodes) as cluster:
            os.environ[NAMED] = " ".join(cluster.urls)
            return _run(options)
    except NoClusterError as error:
        sys.stderr.write(f"the tests on a real cluster are skipped: {error}\n")
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.opensearch",
        description=__doc__,
        allow_abbrev=False,
        epilog="More goes to pytest.",
    )
    parser.add_argument("--nodes", type=int, default=1, help="Nodes of the cluster that is started.")
    parser.add_argument("--shards", type=int, help="Parts of each index; the setting's default else.")
    parser.add_argument("--version", help="Version of OpenSearch, 3.8.0 say; the newest for this Java else.")
    return parser


def _run(options: Sequence[str]) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *TESTS, *options], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
