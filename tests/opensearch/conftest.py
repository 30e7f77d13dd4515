"""Every test in this folder asks a real cluster, of which it sees its own indexes alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.opensearch.cluster import NO_CLUSTER, is_named
from tests.opensearch.indexes import own_indexes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.settings import Settings


@pytest.fixture
def cluster() -> Iterator[Settings]:
    """Settings that name the cluster, with a prefix of the test's own."""
    if not is_named():
        pytest.skip(NO_CLUSTER)
    with own_indexes() as settings:
        yield settings
