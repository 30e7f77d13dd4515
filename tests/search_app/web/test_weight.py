"""The weight of the pages: what a phone has to load before it can show and do everything."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from tests.conftest import ROOT
from tests.search_app.stories import HARBOUR

if TYPE_CHECKING:
    from flask.testing import FlaskClient

SCRIPT = ROOT / "search_app" / "web" / "static" / "search.js"
SCRIPT_LIMIT, PAGE_LIMIT = 20_000, 60_000
"""Bytes of the script as it is, and of all scripts and style sheets of a page, compressed."""


def test_the_script_is_small_and_makes_no_markup() -> None:
    source = SCRIPT.read_text(encoding="utf-8")
    assert len(source.encode()) < SCRIPT_LIMIT
    assert "HTML" not in source.replace("HTMLElement", "")
    assert "eval" not in source


@pytest.mark.parametrize("path", ["/", "/search?q=x", f"/articles/{HARBOUR}?q=x", "/analyze?text=x", "/docs"])
def test_scripts_and_sheets_of_a_page_are_light(client: FlaskClient, path: str) -> None:
    page: Any = html.fromstring(client.get(path).get_data(as_text=True))
    files = [node.get("src") or node.get("href") for node in page.cssselect("script, link[rel=stylesheet]")]
    assert len(files) >= 3
    weights = {file: len(gzip.compress(client.get(file, buffered=True).data)) for file in files}
    assert sum(weights.values()) <= PAGE_LIMIT, weights
