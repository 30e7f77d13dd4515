"""Clients of a site all of whose articles are hostile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app
from tests.search_app.web.hostile.site import built

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    settings = built(tmp_path_factory.mktemp("hostile"))
    service = SearchService(settings)
    yield create_app(service, settings).test_client()
    service.close()
