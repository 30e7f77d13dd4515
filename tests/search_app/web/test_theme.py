"""Styles, fonts and the theme of a site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from kashshaf.index.errors import SettingsError
from kashshaf.index.settings import Settings
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient


STATIC = ROOT / "search_app" / "web" / "static"


def _page(client: FlaskClient, path: str) -> Any:  # lxml has no types
    return html.fromstring(client.get(path).data.decode())


def test_files_are_kept_by_the_address_of_their_content(client: FlaskClient) -> None:
    sheets = [link.get("href") for link in _page(client, "/").cssselect("link[rel=stylesheet]")]
    for sheet in sheets:
        assert "?v=" in sheet
        assert "immutable" in client.get(sheet, buffered=True).headers["Cache-Control"]
    unversioned = client.get("/static/base.css", buffered=True)
    assert "immutable" not in unversioned.headers["Cache-Control"]
    again = client.get(
        "/static/base.css", headers={"If-None-Match": unversioned.headers["ETag"]}, buffered=True
    )
    assert again.status_code == 304


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_the_sheets_are_right_to_left_by_design(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    assert not re.search(r"[{;\s](?:margin|padding|border)-(?:left|right|top|bottom)\s*:", text)
    assert "url(" not in text


def test_the_shipped_font_is_small_and_loaded_in_advance(client: FlaskClient) -> None:
    preloads = [link.get("href") for link in _page(client, "/").cssselect("link[rel=preload]")]
    sheet = client.get("/theme.css").get_data(as_text=True)
    fonts = [client.get(address, buffered=True) for address in preloads]
    assert sum(len(font.data) for font in fonts) < 120_000
    assert {font.mimetype for font in fonts} == {"font/woff2"}
    assert preloads == [f"/{address}" for address in re.findall(r'url\("([^"]+)"\)', sheet)]
    assert "font-src 'self'" in client.get("/").headers["Content-Security-Policy"]
    assert (STATIC / "fonts" / "OFL.txt").is_file()


def test_another_font_may_be_set(stories: SearchService) -> None:
    client = create_app(stories, Settings(font="Amiri, Noto Naskh Arabic")).test_client()
    sheet = client.get("/theme.css").get_data(as_text=True)
    assert '--font: "Amiri", "Noto Naskh Arabic", sans-serif;' in sheet
    assert "@font-face" not in sheet
    assert _page(client, "/").cssselect("link[rel=preload]") == []


def test_the_theme_follows_the_settings(stories: SearchService) -> None:
    settings = Settings(
        accent="#123456", accent_dark="#abcdef", site_name="<اسم>", site_logo="https://cdn.example/a.svg"
    )
    client = create_app(stories, settings).test_client()
    sheet = client.get("/theme.css").get_data(as_text=True)
    assert "#123456" in sheet
    assert "#abcdef" in sheet
    response = client.get("/")
    assert "img-src 'self' https://cdn.example;" in response.headers["Content-Security-Policy"]
    assert html.fromstring(response.data.decode()).cssselect(".name img")[0].get("src") == settings.site_logo


def test_a_file_may_be_the_logo(tmp_path: Path, stories: SearchService) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    client = create_app(stories, Settings(site_logo=str(logo))).test_client()
    assert _page(client, "/").cssselect(".name img")[0].get("src") == "/logo"
    assert client.get("/logo", buffered=True).mimetype == "image/svg+xml"


@pytest.mark.parametrize("logo", ["/nowhere/logo.png", __file__, "javascript:x"])
def test_a_logo_that_is_no_image_is_refused_at_the_start(logo: str) -> None:
    with pytest.raises(SettingsError, match="site_logo"):
        create_app(SearchService(Settings()), Settings(site_logo=logo))
