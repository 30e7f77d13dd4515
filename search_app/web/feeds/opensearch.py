"""``/opensearch.xml``: the search as browsers add it to theirs (OpenSearch 1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, url_for
from flask import request as http
from lxml import etree

from kashshaf.search_app.query import parameters
from kashshaf.search_app.web.feeds import atom, xml

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings
    from kashshaf.search_app.results.service import SearchService

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
MEDIA = "application/opensearchdescription+xml"
LONGEST_NAME, LONGEST_DESCRIPTION = 16, 1024
"""Characters that the description may have, by its specification."""
KEPT_SECONDS = 86_400


def description(settings: Settings) -> Response:
    """The description: where a page of results, and its feed, are to be had."""
    parameters.check_names(http.args.to_dict(flat=False), ())
    root = etree.Element(etree.QName(NAMESPACE, "OpenSearchDescription"), nsmap={None: NAMESPACE})
    xml.add(root, "ShortName", settings.site_name[:LONGEST_NAME])
    said = f"البحث في مقالات {settings.site_name} وتعليقات قرّائها"
    xml.add(root, "Description", said[:LONGEST_DESCRIPTION])
    for endpoint, media in (("pages.search", "text/html"), ("feeds.feed", atom.MEDIA)):
        template = f"{url_for(endpoint, _external=True)}?q={{searchTerms}}"
        xml.add(root, "Url", type=media, method="get", template=template)
    icon = url_for("static", filename="icon.svg", _external=True)
    xml.add(root, "Image", icon, type="image/svg+xml", width="16", height="16")
    for tag, text in (("Language", "ar"), ("InputEncoding", "UTF-8"), ("OutputEncoding", "UTF-8")):
        xml.add(root, tag, text)
    response = xml.response(root, MEDIA)
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


def install(app: Flask, service: SearchService, settings: Settings) -> None:
    """Add the feed of a search and the description of the search to ``app``."""
    routes = Blueprint("feeds", __name__)
    routes.add_url_rule("/opensearch.xml", endpoint="opensearch", view_func=lambda: description(settings))
    atom.install(app, routes, service, settings)
    app.register_blueprint(routes)
