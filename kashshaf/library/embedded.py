"""The search in a program's own process: :func:`open_index`, without a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kashshaf.index.settings import load, use
from kashshaf.library.closing import Closing
from kashshaf.search_app.query.parameters import read
from kashshaf.search_app.query.request_values import url_parameters
from kashshaf.search_app.results.service import SearchService

if TYPE_CHECKING:
    from os import PathLike
    from typing import Unpack

    from kashshaf.index.documents import Article
    from kashshaf.index.settings import Settings
    from kashshaf.search_app.query.request_values import SearchValues
    from kashshaf.search_app.results.shapes import Response, Similar, Suggestions


def open_index(path: str | PathLike[str], **settings: Any) -> OpenIndex:
    """Open the index in the folder ``path``, which ``kashshaf reindex`` has built.

    ``settings``: those of ``docs/settings.md`` by their names; they come before ``kashshaf.toml`` and the
    environment. Raises SettingsError for one that is none or has a wrong value, NoIndexError where there
    is no index, and BrokenIndexError where it cannot be read.
    """
    index = OpenIndex(use(load(**{**settings, "index": Path(path)})))
    index.check()
    return index


class OpenIndex(Closing):
    """An index to search from many threads; new commits are seen. Closes at the end of a ``with``.

    Parameters and answers are those of the API (``docs/api.md``). Every call raises UsageError for what
    cannot be asked, NotFoundError for an article that is not there.
    """

    def __init__(self, settings: Settings) -> None:
        """Open nothing yet; the first call does."""
        self._settings = settings
        self._service = SearchService(settings)

    def check(self) -> None:
        """Read the head of the index; raises NoIndexError or BrokenIndexError where it cannot be searched."""
        self._service.overview()

    def search(self, q: str = "", **values: Unpack[SearchValues]) -> Response:
        """The answer to a search; ``in_`` and ``from_`` stand for the API's ``in`` and ``from``."""
        return self._service.search(read(url_parameters(q, values), self._settings))

    def suggest(self, q: str) -> Suggestions:
        """Texts that ``q`` may be the beginning of."""
        return self._service.suggest(q)

    def article(self, article_id: str) -> Article:
        """An article with its comments, as the index keeps it."""
        return self._service.article(article_id)

    def similar(self, article_id: str) -> Similar:
        """The articles most like one."""
        return self._service.similar(article_id)

    def close(self) -> None:
        """Let go of the index."""
        self._service.close()
