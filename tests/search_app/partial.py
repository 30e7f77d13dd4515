"""A search whose matches are full and partial as a test wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.results.shapes import Response


def only_full(service: SearchService, full: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make all matches but the first ``full`` lack the last word of the query.

    Only those are listed where the order is another than by relevance.
    """
    search = service.search

    def partly(request: SearchRequest) -> Response:
        response = search(request)
        first = (request.page - 1) * request.size
        if full and request.sort != "relevance":
            del response["hits"][max(0, full - first) :]
        for place, hit in enumerate(response["hits"], start=first):
            hit["match"] = "full" if place < full else "partial"
            hit["missing"] = [] if place < full else request.text.split()[-1:]
        matches = response["total"] + response["total_partial"]
        response["total"], response["total_partial"] = (full, matches - full) if full else (matches, 0)
        return response

    monkeypatch.setattr(service, "search", partly)
