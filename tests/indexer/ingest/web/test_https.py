"""Pages by HTTPS, from a server whose certificate an authority of the test has signed."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import trustme

from kashshaf.index.errors import SettingsError
from kashshaf.indexer.ingest.web.fetch import Fetcher, FetchError
from tests.indexer.ingest.web.conftest import QUICK
from tests.indexer.ingest.web.server import Web, page, redirect
from tests.indexer.ingest.web.test_fetch import got
from tests.kashshaf.command import kashshaf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def serving(authority: trustme.CA, name: str = "localhost", until: datetime | None = None) -> Web:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, not_after=until).configure_cert(context)
    return Web(context)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def believed(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[Web]:
    web = serving(authority)
    yield web
    web.close()


@pytest.fixture
def believing(believed: Path, tmp_path: Path) -> Iterator[Fetcher]:
    with Fetcher(replace(QUICK, authorities=believed), tmp_path / "fetched") as fetcher:
        yield fetcher


def test_a_page_of_a_server_whose_authority_is_believed(secure: Web, believing: Fetcher) -> None:
    secure.routes["/a"] = page("خبر", etag='"1"')
    found = believing.get(f"{secure.home}/a")
    assert found is not None
    believing.cache.drop(f"{secure.home}/a")
    assert believing.get(f"{secure.home}/a", found.validators) is None
    secure.routes["/a"] = page("خبر آخر", etag='"2"')
    assert "خبر آخر".encode() in got(believing, f"{secure.home}/a")


def test_redirects_between_http_and_https(web: Web, secure: Web, believing: Fetcher) -> None:
    web.routes |= {"/up": redirect(f"{secure.home}/a"), "/b": page("خبر مكشوف")}
    secure.routes |= {"/a": page("خبر مصون"), "/down": redirect(f"{web.home}/b")}
    assert "خبر مصون".encode() in got(believing, f"{web.home}/up")
    assert "خبر مكشوف".encode() in got(believing, f"{secure.home}/down")


def test_certificates_that_are_refused(authority: trustme.CA, believing: Fetcher) -> None:
    for web, reason in (
        (serving(trustme.CA()), "unable to get local issuer certificate"),
        (serving(authority, "other.example"), "Hostname mismatch"),
        (serving(authority, until=YESTERDAY), "certificate has expired"),
    ):
        web.routes["/a"] = page("خبر")
        with pytest.raises(FetchError, match=f"certificate is not to be trusted .*{reason}"):
            believing.get(f"{web.home}/a")
        assert web.asked == []
        web.close()


def test_the_setting(secure: Web, believed: Path, tmp_path: Path) -> None:
    secure.routes["/a"] = page("خبر مصون")
    env = {"KASHSHAF_FETCH_PRIVATE": "yes", "KASHSHAF_FETCH_DELAY": "0"}
    address = f"{secure.home}/a"
    refused = kashshaf("extract", address, index=tmp_path / "none", env=env)
    assert (refused.status, refused.out) == (3, "")
    assert "is not to be trusted (unable to get local issuer certificate)" in refused.err
    found = kashshaf(
        "extract", address, index=tmp_path / "none", env={**env, "KASHSHAF_FETCH_CA": str(believed)}
    )
    assert found.status == 0
    assert "خبر مصون" in found.out


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_file_without_authorities(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match="fetch_ca"):
        Fetcher(replace(QUICK, authorities=path), tmp_path / "fetched")
