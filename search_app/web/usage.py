"""The usage log of the pages and the API: searches as they are answered, and ``POST /clicks``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Flask, abort, has_request_context
from flask import request as http

from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.reader import parse_now
from kashshaf.search_app.query.parameters import MAX_TEXT, clean
from kashshaf.search_app.query.request_values import MAX_WINDOW
from kashshaf.search_app.usage.facts import facts_of
from kashshaf.search_app.usage.log import Clicked, Searched, UsageLog
from kashshaf.search_app.web.answers.remembered import NOTED
from kashshaf.search_app.web.same_origin import require_same_origin

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings
    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.results.shapes import Response as Answer

LOG = "usage_log"
"""The log's name among ``app.extensions``."""
COUNTED = ("pages.search", "api.search")
"""Endpoints whose searches are people's own; a feed that is fetched every hour is none."""
_LONGEST_ID = 200
_LONGEST_NUMBER = 5


class Usage:
    """What a search and a click put into the log."""

    def __init__(self, log: UsageLog, settings: Settings) -> None:
        self._log = log
        self._zone = ZoneInfo(settings.timezone)

    def searched(self, request: SearchRequest, answer: Answer) -> None:
        """Take the first page of a search that has words and no filters, once it is answered.

        A filter, another order or a further page is the same question again, and its zero says nothing.
        """
        plain = request.page == 1 and not request.filters and request.sort == "relevance"
        if plain and request.text.strip() and has_request_context() and http.endpoint in COUNTED:
            full, partial = _matches(answer)
            search = Searched(answer["query"]["understood"], request.target, full, partial)
            self._log.put(search)
            http.environ.get(NOTED, []).append([*search])

    def clicked(self) -> tuple[str, int]:
        """Count a result that was opened: ``q`` as typed, ``id`` of its article, its ``rank`` from 1."""
        require_same_origin()
        query, article, rank = (clean(http.form.get(name, "")) for name in ("q", "id", "rank"))
        sound = 0 < len(query) <= MAX_TEXT and 0 < len(article) <= _LONGEST_ID and rank.isascii()
        if not sound or len(rank) > _LONGEST_NUMBER or not rank.isdigit() or not 1 <= int(rank) <= MAX_WINDOW:
            abort(400, "q, id and rank say which result of which query was opened")
        self._log.put(Clicked(canonical(parse_now(query, self._zone)), article, int(rank)))
        return "", 204


def _matches(answer: Answer) -> tuple[int, int]:
    """Full and partial matches; ``total`` counts the partial ones where there is no full one."""
    if any(hit["match"] == "full" for hit in answer["hits"]):
        return answer["total"], answer["total_partial"]
    return 0, answer["total"] + answer["total_partial"]


def tell_matches(service: SearchService) -> None:
    """Have ``service`` tell each request how many matches it had, beside whom it tells already."""
    others = service.listener

    def tell(request: SearchRequest, answer: Answer) -> None:
        if has_request_context():
            facts_of(http.environ).matches = answer["total"] + answer["total_partial"]
        if others is not None:
            others(request, answer)

    service.listener = tell


def install(app: Flask, service: SearchService, settings: Settings) -> None:
    """Log what is searched and opened, if the setting ``log_searches`` says so; else do nothing."""
    if settings.log_searches != "yes":
        return
    log = UsageLog(settings.usage_file, settings.usage_days, service.stems)
    app.extensions[LOG] = log
    usage = Usage(log, settings)
    service.listener = usage.searched
    routes = Blueprint("usage", __name__)
    routes.add_url_rule("/clicks", view_func=usage.clicked, methods=["POST"])
    app.register_blueprint(routes)


def note(app: Flask, search: list[Any]) -> None:
    """Count a search that is answered from memory, by the fields of its :class:`Searched`."""
    log: UsageLog | None = app.extensions.get(LOG)
    if log is not None:
        log.put(Searched(*search))


def close(app: Flask) -> None:
    """Write what waits to be logged."""
    log: UsageLog | None = app.extensions.get(LOG)
    if log is not None:
        log.close()
