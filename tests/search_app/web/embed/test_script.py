"""The script of the element: who may load it, under which address, how large it is."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from typing import TYPE_CHECKING

import pytest

from bench.shipped.element import FOLDER, ORDER
from kashshaf.index.errors import UsageError
from kashshaf.search_app.web.embed.script import script, tags
from tests.conftest import ROOT

if TYPE_CHECKING:
    from flask.testing import FlaskClient

LIMIT = 15_000
"""Bytes, gzipped, of all that the element needs."""
DOCS = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
SOURCES = "".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in ORDER)
STYLE = (FOLDER / "style.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["/embed.js", "/" + script().path()])
def test_any_page_may_load_it(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.mimetype == "text/javascript"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "X-Robots-Tag" not in response.headers
    assert response.data == script().source
    again = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_its_own_address_never_changes_its_content(client: FlaskClient) -> None:
    assert "immutable" in client.get("/" + script().path()).headers["Cache-Control"]
    assert "immutable" not in client.get("/embed.js").headers["Cache-Control"]
    for other in ("/embed/0123456789abcdef.js", "/embed/.js", "/embed/..%2fembed.js"):
        response = client.get(other)
        assert response.status_code == 404
        assert "immutable" not in response.headers.get("Cache-Control", "")


def test_it_is_small_and_says_under_which_licence() -> None:
    assert len(gzip.compress(script().source, 6)) <= LIMIT
    assert b"section 7" in script().source[:500]


def test_the_tag_has_the_hash_by_which_browsers_check_it() -> None:
    digest = base64.b64encode(hashlib.sha384(script().source).digest()).decode()
    address = f"https://search.example/deep/embed/{script().version}.js"
    assert f'src="{address}"' in tags("https://search.example/deep/")
    assert f'integrity="sha384-{digest}" crossorigin' in tags("https://search.example/deep/")


@pytest.mark.parametrize(
    "address", ["", "search.example", "javascript:1", 'https://x/"><script>', "https://"]
)
def test_an_address_that_is_none_gets_no_tag(address: str) -> None:
    with pytest.raises(UsageError, match=r"such as https://search\.example"):
        tags(address)


def test_every_attribute_event_property_and_part_is_documented() -> None:
    observed = re.search(r"ATTRIBUTES = \[(.*?)\]", SOURCES)
    assert observed is not None
    attributes = re.findall(r'"([\w-]+)"', observed[1])
    asked = re.findall(r'(?:get|has)Attribute\("([\w-]+)"\)', SOURCES)
    assert set(asked) <= set(attributes)
    properties = re.findall(r"var\((--kashshaf-[a-z-]+)", STYLE)
    parts = re.findall(r'part: "([\w-]+)"', SOURCES)
    events = [f"kashshaf:{name}" for name in re.findall(r'#tell\("(\w+)"', SOURCES)]
    assert (len(attributes), len(set(properties)), len(events)) == (18, 12, 3)
    assert [name for name in (*attributes, *properties, *parts, *events) if f"`{name}`" not in DOCS] == []
