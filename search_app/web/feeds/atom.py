"""``/search.atom``: a search as an Atom feed (RFC 4287, pages by RFC 5005), with the API's parameters."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Blueprint, Flask, Response, url_for
from flask import request as http
from lxml import etree
from werkzeug.urls import iri_to_uri

from kashshaf.search_app.query import parameters
from kashshaf.search_app.query.request_values import MAX_WINDOW
from kashshaf.search_app.web import links
from kashshaf.search_app.web.feeds import xml
from kashshaf.search_app.web.localize import marked, web_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.results.shapes import ArticleHit, CommentHit
    from kashshaf.search_app.results.shapes import Response as Answer

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "application/atom+xml"
UNDATED = "1970-01-01T00:00:00Z"
"""The ``updated`` of what has no date: Atom asks for one, and no reader takes this one for news."""
GAP = " … "
NAMELESS = "مقال من غير عنوان"


class Feed:
    """The route ``/search.atom`` of one site."""

    def __init__(self, service: SearchService, settings: Settings) -> None:
        self._service = service
        self._settings = settings
        self._zone = ZoneInfo(settings.timezone)

    def feed(self) -> Response:
        """The feed of a search: a page of its results as entries, with links to the pages beside it."""
        request = parameters.read(http.args.to_dict(flat=False), self._settings)
        answer = self._service.search(request)
        root = etree.Element(etree.QName(ATOM, "feed"), {xml.LANG: "ar"}, nsmap={None: ATOM})
        updated = max((self._moment(hit) for hit in answer["hits"]), default=UNDATED)
        self._head(root, request, updated)
        self._links(root, request, answer)
        for hit in answer["hits"]:
            self._entry(root, hit, answer["query"]["text"])
        return xml.response(root, MEDIA)

    def _head(self, root: _Element, request: SearchRequest, updated: str) -> None:
        name = self._settings.site_name
        asked = links.parameters(replace(request, page=1), self._settings.page_size)
        xml.add(root, "id", self._id("search", repr(sorted(asked.items()))))
        xml.add(root, "title", f"{request.text} — {name}" if request.text else name)
        xml.add(root, "updated", updated)
        xml.add(xml.add(root, "author"), "name", name)
        xml.add(root, "generator", "Kashshaf")

    def _links(self, root: _Element, request: SearchRequest, answer: Answer) -> None:
        beside = {"self": request.page, "first": 1}
        if request.page > 1:
            beside["previous"] = request.page - 1
        listed = answer["total"] + answer["total_partial"]
        if answer["hits"] and request.page * request.size < min(listed, MAX_WINDOW):
            beside["next"] = request.page + 1
        for relation, page in beside.items():
            address = self._address(replace(request, page=page), "feeds.feed")
            xml.add(root, "link", rel=relation, type=MEDIA, href=address)
        xml.add(root, "link", rel="alternate", type="text/html", href=self._address(request, "pages.search"))

    def _address(self, request: SearchRequest, endpoint: str) -> str:
        asked = links.parameters(request, self._settings.page_size)
        return url_for(endpoint, **asked, _external=True)  # type: ignore[arg-type]

    def _entry(self, root: _Element, hit: ArticleHit | CommentHit, text: str) -> None:
        entry = xml.add(root, "entry")
        if hit["type"] == "comment":
            self._comment(entry, hit, text)
        else:
            self._article(entry, hit, text)
        xml.add(entry, "updated", self._moment(hit))
        if hit["author"]:
            xml.add(xml.add(entry, "author"), "name", hit["author"])

    def _article(self, entry: _Element, hit: ArticleHit, text: str) -> None:
        ours = url_for("pages.article", article_id=hit["id"], q=text or None, _external=True)
        xml.add(entry, "id", self._id("article", hit["id"]))
        xml.add(entry, "title", hit["title"] or NAMELESS)
        xml.add(
            entry, "link", rel="alternate", type="text/html", href=iri_to_uri(web_url(hit["url"])) or ours
        )
        xml.add(entry, "summary", marked(GAP.join(hit["snippets"])), type="html")
        for name in filter(None, (hit["section"], hit["source"])):
            xml.add(entry, "category", term=name)

    def _comment(self, entry: _Element, hit: CommentHit, text: str) -> None:
        page = url_for("pages.article", article_id=hit["article_id"], q=text or None, _external=True)
        xml.add(entry, "id", self._id("comment", hit["id"]))
        xml.add(entry, "title", f"تعليق على: {hit['article_title'] or NAMELESS}")
        xml.add(entry, "link", rel="alternate", type="text/html", href=page)
        xml.add(entry, "summary", marked(hit["snippet"]), type="html")

    def _moment(self, hit: Mapping[str, object]) -> str:
        """The date of a hit as RFC 3339 in UTC; what is known by day or month only begins then."""
        try:
            moment = datetime.fromisoformat(str(hit["date"]))
            zoned = moment if moment.tzinfo else moment.replace(tzinfo=self._zone)
            return zoned.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        except (ValueError, OverflowError):  # no date, or the last day of the calendar
            return UNDATED

    def _id(self, kind: str, name: str) -> str:
        """An id that stays: the same for the same thing of this site, wherever it is served."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{self._settings.site_url}#{kind}:{name}").urn


def install(app: Flask, routes: Blueprint, service: SearchService, settings: Settings) -> None:
    """Add the route to ``routes``, and to the templates of ``app`` the address of a search's feed."""
    routes.add_url_rule("/search.atom", view_func=Feed(service, settings).feed)

    def feed_url(request: SearchRequest) -> str:
        newest = replace(request, sort="newest", page=1)
        return url_for("feeds.feed", **links.parameters(newest, settings.page_size))  # type: ignore[arg-type]

    app.jinja_env.globals["feed_url"] = feed_url
