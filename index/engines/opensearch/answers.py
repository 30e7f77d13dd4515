"""Answers to questions that were foreseen, kept for whoever asks them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kashshaf.index.results import Matches

if TYPE_CHECKING:
    from kashshaf.index.query import Ask, Search

KEPT = 256
"""Answers kept: those to a few pages that are being made; then all are forgotten. A page counts as one."""


class Answers:
    """Answers of one moment. A page of a search also answers for any part of itself, and for its total."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._pages: dict[Search, tuple[Search, Matches]] = {}
        self._totals: dict[object, int] = {}
        self._others: dict[Ask, Any] = {}

    def answer(self, ask: Ask) -> Any:
        """The answer to a question, or None."""
        return self._matches(*ask.arguments) if ask.method == "search" else self._others.get(ask)

    def keep(self, ask: Ask, answer: Any) -> None:
        """Keep an answer."""
        if len(self._pages) + len(self._totals) + len(self._others) >= KEPT:
            self._forget()
        if ask.method == "search":
            (search,) = ask.arguments
            self._totals[_matching(search)] = answer.total
            if search.limit:
                self._pages[replace(search, offset=0, limit=0)] = search, answer
        else:
            self._others[ask] = answer

    def _matches(self, search: Search) -> Matches | None:
        if not search.limit:
            total = self._totals.get(_matching(search))
            return None if total is None else Matches(total, ())
        asked, found = self._pages.get(replace(search, offset=0, limit=0), (search, None))
        begin = search.offset - asked.offset
        if found is None or begin < 0 or begin + search.limit > asked.limit:
            return None
        return Matches(found.total, found.hits[begin : begin + search.limit])


def _matching(search: Search) -> object:
    return search.required, search.excluded, search.filters, search.fold
