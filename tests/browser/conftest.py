"""A real Chromium against real servers in threads: the application, and a page of another origin."""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.serving import make_server

from kashshaf.index.settings import Settings
from kashshaf.search_app.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from playwright.sync_api import Browser, Page

    from kashshaf.search_app.results.service import SearchService

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here; to run the browser tests: apt-get install chromium fonts-noto-core")
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--disable-gpu", "--disable-quic", OFFLINE],
    }


@contextmanager
def running(app: Flask) -> Iterator[str]:
    """The origin at which ``app`` is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def site(stories: SearchService) -> Iterator[str]:
    """The origin of the search, open to every other."""
    settings = Settings(site_name="صحيفة الساحل", cors_origins=("*",))
    with running(create_app(stories, settings)) as origin:
        yield origin


@pytest.fixture(scope="session")
def closed_site(stories: SearchService) -> Iterator[str]:
    """The origin of a search that no other origin may call."""
    with running(create_app(stories, Settings())) as origin:
        yield origin


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
