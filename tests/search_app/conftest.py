"""A client of the application over the stand-in service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.settings import Settings
from search_app.web.app import create_app
from tests.search_app.fake import FakeService, without_index

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def client(service: FakeService) -> FlaskClient:
    return create_app(service, Settings(site_name="صحيفة الساحل")).test_client()


@pytest.fixture
def bare_client() -> FlaskClient:
    """A client where no index has been built."""
    return create_app(without_index(), Settings()).test_client()
