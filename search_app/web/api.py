"""The JSON API, version 1, and the health checks ``/healthz`` and ``/readyz``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response
from flask import request as http

from kashshaf.search_app.query import parameters
from kashshaf.search_app.query.request_values import MAX_WINDOW
from kashshaf.search_app.results.article_page import SENT, Part
from kashshaf.search_app.web.problems import json_response

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings
    from kashshaf.search_app.results.article_page import ArticlePage
    from kashshaf.search_app.results.service import SearchService


BEHIND = "a newer index cannot be opened and an older one is searched; the log of the server says why"
PAGED = ("comments_page", "part")
"""Parameters of an article."""


class Api:
    """The routes below ``/api/v1/``, ``/healthz`` and ``/readyz``."""

    def __init__(self, service: SearchService, settings: Settings) -> None:
        self._service = service
        self._settings = settings

    def search(self) -> Response:
        """The response to a search: ``Response`` of ``search_app/results/shapes.py``."""
        request = parameters.read(http.args.to_dict(flat=False), self._settings)
        return json_response(self._service.search(request))

    def suggest(self) -> Response:
        """Texts that ``q`` may be the beginning of: ``Suggestions`` of ``search_app/results/shapes.py``."""
        given = http.args.to_dict(flat=False)
        parameters.check_names(given, ("q",))
        return json_response(self._service.suggest(parameters.clean(given.get("q", [""])[0])))

    def article(self, article_id: str) -> Response:
        """The stored article with its comments, both in parts where they are long, and other publications."""
        given = http.args.to_dict(flat=False)
        parameters.check_names(given, PAGED)
        pages = {name: parameters.number(name, given, 1, MAX_WINDOW) for name in PAGED}
        asked = Part(pages["comments_page"], pages["part"], size=SENT)
        page, also_at = self._service.page(article_id, asked)
        return json_response({**page.article.to_dict(), "also_at": also_at, **_paging(page)})

    def similar(self, article_id: str) -> Response:
        """The articles most like one: ``Similar`` of ``search_app/results/shapes.py``."""
        parameters.check_names(http.args.to_dict(flat=False), ())
        return json_response(self._service.similar(article_id))

    def alive(self) -> Response:
        """Liveness: 200 as long as the process answers."""
        return _fresh(json_response({"status": "alive"}))

    def ready(self) -> Response:
        """Readiness: 200 with counts if the index can be read, else 503 with the problem."""
        overview = self._service.overview()
        counts = {"articles": overview["articles"], "comments": overview["comments"]}
        behind = {"warning": BEHIND} if self._service.is_behind() else {}
        return _fresh(json_response({"status": "ready", **counts, **behind}))


def _paging(page: ArticlePage) -> dict[str, int]:
    """The numbers that say which part of an article was given."""
    return {
        "comments_total": len(page.keys),
        "comments_page": page.comments_page,
        "comments_pages": page.comments_pages,
        "part": page.part,
        "parts": page.parts,
    }


def blueprint(service: SearchService, settings: Settings) -> Blueprint:
    """The routes of :class:`Api`."""
    api = Api(service, settings)
    routes = Blueprint("api", __name__)
    routes.add_url_rule("/api/v1/search", view_func=api.search)
    routes.add_url_rule("/api/v1/suggest", view_func=api.suggest)
    routes.add_url_rule("/api/v1/articles/<path:article_id>", view_func=api.article)
    routes.add_url_rule("/api/v1/articles/<path:article_id>/similar", view_func=api.similar)
    routes.add_url_rule("/healthz", view_func=api.alive)
    routes.add_url_rule("/readyz", view_func=api.ready)
    return routes


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
