"""One WordPress a session, and a server that takes what it sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integrations.wordpress.recorder import Recorder
from tests.integrations.wordpress.site import Wordpress, wordpress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.integrations.mariadb import Mariadb

EVENTS = ("kashshaf_send", "kashshaf_remove", "kashshaf_sync")
KEY = "admin-key-of-the-test"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, database: Mariadb) -> Iterator[Wordpress]:
    """A WordPress with the plugin."""
    with wordpress(tmp_path_factory.mktemp("wordpress") / "site", database) as running:
        yield running


@pytest.fixture
def recorder(site: Wordpress) -> Iterator[Recorder]:
    """A server that the plugin sends to."""
    server = Recorder(site)
    for hook in EVENTS:
        site.call("wp_unschedule_hook", hook)
    site.set_up(server=server.home, admin_key=KEY)
    yield server
    site.call("update_option", "kashshaf", {})
    server.close()
