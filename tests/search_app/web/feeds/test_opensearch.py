"""The description of the search for browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from kashshaf.index.settings import Settings
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.feeds.opensearch import LONGEST_NAME, MEDIA, NAMESPACE

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from kashshaf.search_app.results.service import SearchService

WORD = "الميناء"


def test_the_templates_lead_to_results(client: FlaskClient) -> None:
    response = client.get("/opensearch.xml")
    assert response.mimetype == MEDIA
    root = etree.fromstring(response.data)
    addresses = {url.get("type"): str(url.get("template")) for url in root.findall(f"{{{NAMESPACE}}}Url")}
    assert {*addresses} == {"text/html", "application/atom+xml"}
    for media, template in addresses.items():
        found = client.get(template.replace("{searchTerms}", WORD))
        assert (found.status_code, found.mimetype) == (200, media)
        assert WORD in found.get_data(as_text=True)


def test_the_name_of_a_site_is_cut_to_what_the_format_allows(stories: SearchService) -> None:
    client = create_app(stories, Settings(site_name="<صحيفة> & " * 20)).test_client()
    root = etree.fromstring(client.get("/opensearch.xml").data)
    name = root.findtext(f"{{{NAMESPACE}}}ShortName") or ""
    assert name == ("<صحيفة> & " * 20)[:LONGEST_NAME]


def test_every_page_names_the_description(client: FlaskClient) -> None:
    for path in ("/", f"/search?q={WORD}", "/nothing"):
        assert '<link rel="search" href="/opensearch.xml"' in client.get(path).get_data(as_text=True)
