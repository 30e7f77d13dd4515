"""Servers that other software runs, one of each a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import browser_type_launch_args, plain_page
from tests.indexer.conftest import reading
from tests.integrations.mariadb import Mariadb, mariadb

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["browser_type_launch_args", "plain_page", "reading"]


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mariadb]:
    """A MariaDB."""
    with mariadb(tmp_path_factory.mktemp("mariadb") / "m") as server:
        yield server
