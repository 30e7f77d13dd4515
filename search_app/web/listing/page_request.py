"""The request of a page: what can be read of its parameters, and what is wrong with the others.

The API refuses a request that has a fault. A page answers the rest of it and tells the fault at its field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs

from kashshaf.index.dates.intervals import parse_bound
from kashshaf.index.errors import UsageError
from kashshaf.search_app.query import parameters
from kashshaf.search_app.query.parameters import MAX_TEXT, PARAMETERS
from kashshaf.search_app.web import links
from kashshaf.search_app.web.problems import PARAMETER_HINTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.query.parameters import SearchRequest

SHOWN = 40
"""Characters of a faulty value that are shown again in its field."""
MAX_FIELDS = 100
"""Parameters in the state of a search."""
DATES = ("from", "to")
LONG_TEXT = "عبارة البحث أطول من ألف حرف، فبحثنا بأولها."
WRONG_ORDER = "تاريخ البداية بعد تاريخ النهاية. بدّل أحدهما بالآخر."


class PageRequest(NamedTuple):
    """The request that is answered, an Arabic sentence by faulty parameter, and the dates as typed."""

    request: SearchRequest
    faults: dict[str, str]
    typed: dict[str, str]


def read(given: Mapping[str, Sequence[str]], settings: Settings) -> PageRequest:
    """The request of a page. Unknown parameters are passed over, faulty ones left out and told."""
    known = {name: list(values) for name, values in given.items() if name in PARAMETERS}
    typed = {name: parameters.clean(known[name][0])[:SHOWN] for name in DATES if any(known.get(name, ()))}
    faults: dict[str, str] = {}
    while True:
        try:
            return PageRequest(parameters.read(known, settings), faults, typed)
        except UsageError as error:
            name = error.param or ""
            if name not in known:
                raise
            faults[name] = _told(name, known)
            known = _without(name, known)


def _told(name: str, known: Mapping[str, list[str]]) -> str:
    if name == "q":
        return LONG_TEXT
    if name == "from" and len(known[name]) == 1 and _is_date(known[name][0]):
        return WRONG_ORDER
    return PARAMETER_HINTS.get(name, PARAMETER_HINTS["other"])


def _is_date(value: str) -> bool:
    try:
        return parse_bound(value, "from") is not None
    except UsageError:
        return False


def _without(name: str, known: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The parameters without a faulty one; of a text that is too long the beginning stays."""
    rest = {other: values for other, values in known.items() if other != name}
    return rest | {name: [known[name][0][:MAX_TEXT]]} if name == "q" else rest


def back_url(text: str, state: str, settings: Settings) -> str:
    """The search that a reader came from, by its words and ``links.back_state``; empty without either.

    The state is read as any request of a page is, so that nothing leads elsewhere.
    """
    if not text and not state:
        return ""
    given = (
        parse_qs(state[: links.MAX_BACK], max_num_fields=MAX_FIELDS) if state.count("&") < MAX_FIELDS else {}
    )
    found = read({**given, "q": [text]}, settings)
    return links.search_url(found.request, settings.page_size)
