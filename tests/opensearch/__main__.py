"""The tests of the cluster's engine, on a cluster of their own: make test-opensearch.

With KASHSHAF_OPENSEARCH_URL set they run on that cluster. Where there can be none, they say why and end well.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.opensearch.cluster import NAMED, NoClusterError, is_named, started

if TYPE_CHECKING:
    from collections.abc import Sequence

TESTS = (
    "tests/opensearch",
    "tests/index/contract",
    "tests/bench/test_parity.py",
    "tests/end_to_end/test_completions.py",
    "tests/indexer/live/test_writer.py",
    "tests/search_app/results",
    "-k",
    "opensearch",
)


def main(options: Sequence[str]) -> int:
    """Run the tests with the options of pytest; return its exit status."""
    if is_named():
        return _run(options)
    try:
        with started() as url:
            os.environ[NAMED] = url
            return _run(options)
    except NoClusterError as error:
        sys.stderr.write(f"the tests on a real cluster are skipped: {error}\n")
        return 0


def _run(options: Sequence[str]) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *TESTS, *options], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
