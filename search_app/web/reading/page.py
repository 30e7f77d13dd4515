"""The routes ``/articles/ID`` and ``/articles/ID/citation.ris``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, url_for
from flask import request as http

from kashshaf.index.limits.deadline import in_time
from kashshaf.search_app.query import parameters
from kashshaf.search_app.results.article_page import PAGE, Part
from kashshaf.search_app.web import links
from kashshaf.search_app.web.listing import page_request
from kashshaf.search_app.web.localize import Presenter, web_url
from kashshaf.search_app.web.reading import citation, comments

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings
    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.results.shapes import ArticleHit, ArticleView


SIMILAR = 6
"""Similar articles below an article: as many as a reader looks over."""


NONE: list[ArticleHit] = []


class Reading:
    """An article to read, the words of the search marked, its comments below."""

    def __init__(self, service: SearchService, settings: Settings) -> None:
        self._service = service
        self._settings = settings
        self._presenter = Presenter.from_settings(settings)

    def article(self, article_id: str) -> str:
        """The page of an article.

        ``q`` is the search that led to it, ``back`` the state of its results (``links.back_state``),
        ``order`` that of the comments, ``comments`` their page, ``comment`` the one that must be on it, and
        ``part`` that of the text. Other parameters, which networks and newsletters add, are passed over.
        """
        text = {"q": http.args.getlist("q")[:1]}
        request = page_request.read(text, self._settings).request
        view = self._service.view(article_id, request.text, _asked())
        back = parameters.clean(http.args.get("back", ""))[: links.MAX_BACK]
        back_url = page_request.back_url(request.text, back, self._settings)
        shown = {
            **self._of_article(view),
            **_of_comments(view, comments.read_order(http.args.get("order", ""))),
        }
        return render_template(
            "article.html", request=request, view=view, back=back, back_url=back_url, **shown
        )

    def ris(self, article_id: str) -> Response:
        """The citation of an article as a file for reference managers."""
        article = self._service.page(article_id)[0].article
        response = Response(
            citation.ris(article, address(article_id, article.url)), mimetype=citation.RIS_TYPE
        )
        response.headers.set("Content-Disposition", "attachment", filename="citation.ris")
        return response

    def _of_article(self, view: ArticleView) -> dict[str, Any]:
        public = address(view["id"], view["url"])
        date = self._presenter.date(view["date"], view["date_precision"])
        similar = in_time(lambda: self._service.similar(view["id"])["hits"], NONE)[:SIMILAR]
        return {"public_url": public, "citation": citation.line(view, date), "similar": similar}


def _asked() -> Part:
    """The part that the address names; what is no number is passed over."""
    comment = parameters.clean(http.args.get("comment", ""))[: parameters.MAX_VALUE]
    comments_page, part = (max(1, http.args.get(name, 1, int)) for name in ("comments", "part"))
    return Part(comments_page, part, comment)


def _of_comments(view: ArticleView, order: comments.Order) -> dict[str, Any]:
    order = order if view["comments_pages"] == 1 else "thread"
    listed = comments.ordered(view["comments"], order)
    return {
        "groups": comments.groups(listed, order, (view["comments_page"] - 1) * PAGE + 1),
        "matches": comments.matches([*listed, *view["elsewhere"]]),
        "on_page": {comment["id"] for comment in listed},
        "matches_shown": comments.SHOWN,
        "next_match": comments.following(listed),
        "order": order,
        "orders": comments.orders(view["comments"]) if view["comments_pages"] == 1 else [],
        "order_labels": comments.ORDERS,
    }


def address(article_id: str, url: str) -> str:
    """The address under which an article is cited: its own site's, or that of its page here."""
    return web_url(url) or url_for("pages.article", article_id=article_id, _external=True)


def add_routes(routes: Blueprint, service: SearchService, settings: Settings) -> None:
    """Add the page of an article and its citation to ``routes``."""
    reading = Reading(service, settings)
    routes.add_url_rule("/articles/<path:article_id>", view_func=reading.article)
    routes.add_url_rule(
        "/articles/<path:article_id>/citation.ris", endpoint="citation", view_func=reading.ris
    )
