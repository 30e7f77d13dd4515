"""A search that fails, for what pages and API make of an error."""

from __future__ import annotations

from typing import Any

from kashshaf.index.settings import Settings
from kashshaf.search_app.results.service import SearchService


class FailingService(SearchService):
    """Raises ``error`` wherever the index would be opened."""

    def __init__(self, error: Exception) -> None:
        super().__init__(Settings())
        self._error = error
        self._snapshots: Any = self

    def use(self) -> None:
        raise self._error

    def stamp(self) -> None:
        raise self._error
