"""Indexes on the cluster that tests make, with names of their own, and taken away afterwards."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kashshaf.index import settings
from kashshaf.index.engines.opensearch.connection import close_all, connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.settings import Settings


@contextmanager
def own_indexes(**values: Any) -> Iterator[Settings]:
    """Have engines use a prefix of this block alone; indexes that begin with it go at its end."""
    before = [*settings._in_use]
    prefix = f"test-{secrets.token_hex(4)}"
    try:
        yield settings.use(settings.load(opensearch_prefix=prefix, **values))
    finally:
        settings.use(settings.load(opensearch_prefix=prefix))
        for name in names(prefix):
            connection().delete(f"/{name}")
        close_all()
        settings._in_use[:] = before


def names(prefix: str) -> list[str]:
    """The names of the indexes that begin so."""
    rows: Any = connection().get(f"/_cat/indices/{prefix}-*?h=index&format=json")
    return sorted(row["index"] for row in rows)
