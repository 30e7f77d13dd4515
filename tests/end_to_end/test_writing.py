"""The write API of a server with several workers: each of them has what any of them wrote."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.end_to_end.test_serving import served
from tests.kashshaf.site import BRIDGE, SCHOOL, Site, row

if TYPE_CHECKING:
    from collections.abc import Iterator

KASHSHAF = Path(sys.executable).parent / "kashshaf"
ASKED = 12
"""Connections of their own, so that each worker is asked."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("written"))
    site.build(BRIDGE, SCHOOL)
    return site


@pytest.fixture(scope="module")
def url(site: Site) -> Iterator[str]:
    with served(site.settings.index) as address:
        yield address


def run(site: Site, *words: str) -> str:
    command = [str(KASHSHAF), "--index", str(site.settings.index), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def send(url: str, method: str, path: str, key: str, body: object = None) -> tuple[int, Any]:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(f"{url}{path}", data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def found(url: str, text: str) -> list[set[str]]:
    """The ids that a search finds, in each of several requests."""
    asked = f"{url}/api/v1/search?q={quote(text)}"
    return [{hit["id"] for hit in json.load(urllib.request.urlopen(asked))["hits"]} for _ in range(ASKED)]


def test_every_worker_has_what_was_written_and_no_key_that_was_revoked(site: Site, url: str) -> None:
    key = run(site, "keys", "create", "cms", "--admin")
    for number in range(3):
        began = time.monotonic()
        article = row(f"n{number}", f"سباق المنطاد {number}")
        assert send(url, "POST", "/api/v1/articles", key, article)[0] == 201
        assert all(f"n{number}" in ids for ids in found(url, "المنطاد"))
        assert time.monotonic() - began < 10  # seconds; an idle machine needs a fifth of one
    assert send(url, "DELETE", "/api/v1/articles/n1", key)[0] == 200
    assert found(url, "المنطاد") == [{"n0", "n2"}] * ASKED
    run(site, "keys", "revoke", "cms")
    assert {send(url, "DELETE", "/api/v1/articles/n0", key)[0] for _ in range(6)} == {401}


def test_workers_count_a_limit_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path)
    site.build(BRIDGE)
    monkeypatch.setenv("KASHSHAF_RATE_LIMIT", "20 per hour")
    with served(site.settings.index) as address:
        statuses = [send(address, "GET", "/api/v1/search?q=a", "")[0] for _ in range(30)]
    assert statuses == [200] * 20 + [429] * 10
