"""Pages of another origin, under a strict policy, with the element."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask, Response

from tests.browser.conftest import running

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST_PAGE = """<!doctype html><html lang="{lang}" dir="{dir}"><meta charset="utf-8"><title>موقع آخر</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/host.css"><script type="module" src="{origin}/embed.js"></script>
<main><h1>موقع آخر</h1><kashshaf-search {attributes} api="{origin}" size="3"></kashshaf-search>
<p id="below">ما تحت العنصر</p></main></html>"""
HOST_STYLE = """
* { all: revert; }
html { font-size: 62.5%; }
main { letter-spacing: 2px; line-height: 3; text-align: center; }
kashshaf-search:not(:defined) { display: block; min-height: 100vh; }
"""
HOST_POLICY = "default-src 'none'; script-src {origin}; connect-src {called}; style-src 'self'"


def host(origin: str) -> Flask:
    """A site with the element, which calls ``origin``. What follows the slash are attributes.

    With ``deaf`` the policy of the page lets the element call no server, with ``lax`` there is none.
    """
    app = Flask("host")

    def page(attributes: str) -> Response:
        lang, direction = ("en", "ltr") if "en" in attributes.split() else ("ar", "rtl")
        text = HOST_PAGE.format(origin=origin, attributes=attributes, lang=lang, dir=direction)
        response = Response(text)
        called = "'none'" if "deaf" in attributes else origin
        if "lax" not in attributes:
            response.headers["Content-Security-Policy"] = HOST_POLICY.format(origin=origin, called=called)
        return response

    app.add_url_rule("/host.css", view_func=lambda: Response(HOST_STYLE, mimetype="text/css"))
    app.add_url_rule("/", "page", page, defaults={"attributes": ""})
    app.add_url_rule("/<path:attributes>", "page", page)
    return app


@pytest.fixture(scope="session")
def other_site(site: str) -> Iterator[str]:
    """A page elsewhere whose element may call the API."""
    with running(host(site)) as origin:
        yield origin


@pytest.fixture(scope="session")
def refused_site(closed_site: str) -> Iterator[str]:
    """A page elsewhere whose element may not call the API."""
    with running(host(closed_site)) as origin:
        yield origin
