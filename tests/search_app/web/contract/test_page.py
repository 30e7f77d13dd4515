"""The page of the contract, in both languages, whole and without anything from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from kashshaf.index.settings import Settings
from kashshaf.search_app.web.contract.labels import LABELS
from kashshaf.search_app.web.contract.operations import operations

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def _page(client: FlaskClient, query: str = "", language: str = "") -> Any:
    response = client.get(f"/docs{query}", headers={"Accept-Language": language})
    assert response.status_code == 200
    return html.fromstring(response.get_data(as_text=True))


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", "ar"),
        ("", "en-GB", "en"),
        ("?lang=en", "ar", "en"),
        ("?lang=ar", "en", "ar"),
        ("?lang=<b>", "", "ar"),
        ("?utm_source=x", "", "ar"),
    ],
)
def test_the_page_is_in_the_language_asked_for(
    client: FlaskClient, query: str, accepted: str, language: str
) -> None:
    page = _page(client, query, accepted)
    assert (page.get("lang"), page.get("dir")) == (language, {"ar": "rtl", "en": "ltr"}[language])
    assert page.findtext(".//h1") == LABELS[language]["title"]  # type: ignore[index]
    (other,) = page.cssselect("a.other")
    assert other.get("href") == f"/docs?lang={'en' if language == 'ar' else 'ar'}"


def test_the_languages_have_the_same_words() -> None:
    assert {*LABELS["ar"]} == {*LABELS["en"]}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_operation_parameter_and_shape_is_told(client: FlaskClient, language: str) -> None:
    page = _page(client, f"?lang={language}")
    text = page.text_content()
    for each in operations(Settings()):
        assert each.path in text
        for parameter in each.parameters:
            assert parameter.meaning[0 if language == "en" else 1] in text
    ids = {node.get("id") for node in page.cssselect("[id]")}
    leads = {link.get("href").removeprefix("#") for link in page.cssselect("a[href^='#']")}
    assert leads <= ids


def test_what_the_page_offers_to_try_works(client: FlaskClient) -> None:
    attempts = [link.get("href") for link in _page(client).cssselect("a.attempt")]
    assert len(attempts) >= 5
    for address in attempts:
        assert client.get(address).status_code == 200, address


def test_nothing_is_from_elsewhere_or_inline(client: FlaskClient) -> None:
    text = client.get("/docs").get_data(as_text=True)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|//(?!<)[a-z]+\.", text)
