"""The parameters of a search as arguments of a Python function, and as a URL carries them.

``in`` and ``from`` are words of Python's own: they are ``in_`` and ``from_`` here. What each means and may
be is in ``docs/api.md``; it is checked where the search is answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, TypedDict

Target = Literal["articles", "comments"]
Sort = Literal["relevance", "newest", "oldest", "comments", "likes"]
Match = Literal["auto", "all", "any", "near"]
MAX_WINDOW = 10_000
"""Results that can be paged through; for more every engine would keep hits that nobody reads."""

Names = str | Sequence[str]
"""One value of a parameter that may repeat, or several of which any may stand."""


class SearchValues(TypedDict, total=False):
    """The parameters of a search but its words."""

    in_: Target
    from_: str | date
    to: str | date
    source: Names
    section: Names
    author: Names
    tag: Names
    article: str
    sort: Sort
    match: Match
    page: int
    size: int
    fold: bool
    correct: bool
    facets: Names
    explain: bool


def url_parameters(q: str, values: Mapping[str, object]) -> dict[str, list[str]]:
    """The parameters by their names in a URL.

    On and off are yes and no, dates ISO days, facets one list. A value of None is one that was not given.
    """
    given = {name.removesuffix("_"): _texts(value) for name, value in values.items() if value is not None}
    if "facets" in given:
        given["facets"] = [",".join(given["facets"])]
    return {"q": [q], **given}


def _texts(value: object) -> list[str]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return list(map(str, value))
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [value.isoformat() if isinstance(value, date) else str(value)]
