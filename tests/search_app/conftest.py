"""Clients of the application over the real search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.settings import Settings
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient


@pytest.fixture
def client(stories: SearchService) -> FlaskClient:
    return create_app(stories, Settings(site_name="صحيفة الساحل")).test_client()


@pytest.fixture
def bare_client(tmp_path: Path) -> FlaskClient:
    """A client where no index has been built."""
    settings = Settings(index=tmp_path / "secret")
    return create_app(SearchService(settings), settings).test_client()
