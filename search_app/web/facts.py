"""Facts of a request that access log, metrics and problems tell, gathered on the way to its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import has_request_context
from flask import request as http

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.results.shapes import Response as Answer

FACTS = "kashshaf.facts"
"""The key of a WSGI environment for the :class:`Facts` of its request; missing where nobody looks."""


@dataclass(slots=True)
class Facts:
    """``matches`` is None for what is no search; ``remembered`` says that the answer was one given before."""

    id: str
    matches: int | None = None
    remembered: bool = False


def of(environ: Mapping[str, object]) -> Facts:
    """The facts of a request; where nobody gathers them, some that are thrown away."""
    found = environ.get(FACTS)
    return found if isinstance(found, Facts) else Facts("")


def install(service: SearchService) -> None:
    """Have ``service`` tell of each search how many matches it had, beside whom it tells already."""
    others = service.listener

    def tell(request: SearchRequest, answer: Answer) -> None:
        if has_request_context():
            of(http.environ).matches = answer["total"] + answer["total_partial"]
        if others is not None:
            others(request, answer)

    service.listener = tell
