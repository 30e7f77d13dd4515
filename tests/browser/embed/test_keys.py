"""The element with a key, where a search needs one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from kashshaf.index.settings import Settings
from kashshaf.search_app.keys.key import make
from kashshaf.search_app.keys.key_file import KeyFile
from kashshaf.search_app.web.app import create_app
from tests.browser.conftest import running
from tests.browser.embed.conftest import host
from tests.browser.embed.element import completions, search, shown, typed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from kashshaf.search_app.results.service import SearchService

pytestmark = pytest.mark.browser


@pytest.fixture
def locked_site(stories: SearchService, tmp_path: Path) -> Iterator[tuple[str, KeyFile]]:
    """A page elsewhere whose element needs a key, and the file of the keys."""
    keys = tmp_path / "keys.json"
    settings = Settings(require_key="yes", keys_file=str(keys))
    with running(create_app(stories, settings)) as server, running(host(server)) as origin:
        yield origin, KeyFile(keys)


def _key(keys: KeyFile, origin: str) -> str:
    key, text = make("public", "web", (origin,), datetime.now(UTC), None)
    keys.change(lambda before: [*before, key])
    return text


def test_a_key_of_the_pages_origin_opens_the_search(page: Page, locked_site: tuple[str, KeyFile]) -> None:
    origin, keys = locked_site
    preflights: list[str] = []
    page.on("request", lambda each: preflights.append(each.url) if each.method == "OPTIONS" else None)
    page.goto(f'{origin}/key="{_key(keys, origin)}"')
    typed(page, "المين")
    completions(page).first.wait_for()
    shown(search(page, "الميناء"), 3)
    assert preflights == []
    page.goto(f'{origin}/api-key="{_key(keys, origin)}"')
    shown(search(page, "الميناء"), 3)


def test_the_key_of_another_origin_is_refused_and_the_operator_told(
    page: Page, locked_site: tuple[str, KeyFile]
) -> None:
    origin, keys = locked_site
    _key(keys, origin)  # the page may read the refusal
    page.goto(f'{origin}/key="{_key(keys, "https://news.example")}"')
    fault = search(page, "الميناء").get_by_role("alert")
    expect(fault).to_contain_text(f"kashshaf keys create web --origin {origin}")
    expect(fault.get_by_role("button")).to_have_count(0)
