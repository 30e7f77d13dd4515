"""The client of a Kashshaf server, for programs in Python.

:class:`AsyncClient` is :class:`Client` to await. Both speak version 1 of the API (``docs/api.md``) over
httpx. A request is made, and an answer read, by functions that both share.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Self, TypedDict
from urllib.parse import quote

import httpx
import orjson

from kashshaf.analyzers.errors import KashshafError
from kashshaf.library.closing import Closing
from kashshaf.search_app.query.request_values import MAX_WINDOW, url_parameters

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Unpack

    from kashshaf.search_app.query.request_values import SearchValues
    from kashshaf.search_app.results.shapes import ArticleHit, CommentHit, Response, Similar, Suggestions

API = "api/v1/"
SECONDS = 10.0
WHOLE_PAGE = 100
"""Hits asked for at once where all are wanted: as many as the API gives."""
JSON = "application/json"
NDJSON = "application/x-ndjson"


class Options(TypedDict, total=False):
    """The options of a client.

    ``key``: as ``kashshaf keys create`` printed it. ``seconds`` that an answer may take. ``transport`` of
    httpx, for tests and proxies.
    """

    key: str
    seconds: float
    transport: Any


class ApiError(KashshafError):
    """A request that the server refused.

    ``status``, ``type``, ``title``, ``detail`` and ``param`` are those of RFC 9457. Strings are empty where
    the server (or what stands before it) did not say; if every article of an ``add`` is refused, ``detail``
    is the reason of the first. ``retry_after``: seconds after which the same request may go through; None
    where it would not.
    """

    def __init__(self, response: httpx.Response) -> None:
        """Read the problem of ``response``."""
        told = _problem(response)
        self.status = response.status_code
        self.type, self.title, self.detail, self.param = (
            str(told.get(name, "")) for name in ("type", "title", "detail", "param")
        )
        after = response.headers.get("Retry-After", "")
        self.retry_after = int(after) if after.isdecimal() else None
        super().__init__(self.detail or self.title or f"{self.status} {response.reason_phrase}")


class Client(Closing):
    """A Kashshaf server at ``url``, its path prefix included.

    Its connections are closed at the end of a ``with``. Every call raises ApiError for a refusal, and
    httpx.HTTPError where no answer comes.
    """

    def __init__(self, url: str, **options: Unpack[Options]) -> None:
        """Connect to nothing yet; the first call does."""
        self._http = httpx.Client(**_settings(url, options))

    def search(self, q: str = "", **values: Unpack[SearchValues]) -> Response:
        """The answer to a search.

        The parameters are those of the API, ``in_`` and ``from_`` for its ``in`` and ``from``. Several values
        of one parameter are a list.
        """
        answer: Response = self._asked("GET", "search", params=url_parameters(q, values))
        return answer

    def hits(self, q: str = "", **values: Unpack[SearchValues]) -> Iterator[ArticleHit | CommentHit]:
        """All hits of a search, page after page, up to the 10,000 that can be paged through."""
        for page in count(1):
            answer = self.search(q, **_paged(values, page))
            yield from answer["hits"]
            if _is_last(answer):
                return

    def suggest(self, q: str) -> Suggestions:
        """Texts that ``q`` may be the beginning of."""
        answer: Suggestions = self._asked("GET", "suggest", params={"q": q})
        return answer

    def article(self, article_id: str) -> dict[str, Any]:
        """An article with its comments, as the index keeps it."""
        article: dict[str, Any] = self._asked("GET", _article(article_id))
        return article

    def similar(self, article_id: str) -> Similar:
        """The articles most like one."""
        answer: Similar = self._asked("GET", _article(article_id, "similar"))
        return answer

    def add(self, articles: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """Add or replace articles, by their ids, and return the server's report; needs an admin key."""
        report: dict[str, Any] = self._asked("POST", "articles", **_lines(articles))
        return report

    def remove(self, article_id: str) -> dict[str, Any]:
        """Take an article out, with its comments; needs an admin key."""
        report: dict[str, Any] = self._asked("DELETE", _article(article_id))
        return report

    def add_comment(self, article_id: str, comment: Mapping[str, Any]) -> dict[str, Any]:
        """Add or replace one comment of an article; needs an admin key."""
        report: dict[str, Any] = self._asked("POST", _article(article_id, "comments"), **_body(comment))
        return report

    def remove_comment(self, article_id: str, comment_id: str) -> dict[str, Any]:
        """Take one comment out; needs an admin key."""
        report: dict[str, Any] = self._asked("DELETE", _article(article_id, "comments", comment_id))
        return report

    def _asked(self, method: str, path: str, **sent: Any) -> Any:
        return _read(self._http.request(method, API + path, **sent))

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


class AsyncClient:
    """:class:`Client` with the same methods to await, and ``async for`` over ``hits``."""

    def __init__(self, url: str, **options: Unpack[Options]) -> None:
        """Connect to nothing yet; the first call does."""
        self._http = httpx.AsyncClient(**_settings(url, options))

    async def search(self, q: str = "", **values: Unpack[SearchValues]) -> Response:
        """See :meth:`Client.search`."""
        answer: Response = await self._asked("GET", "search", params=url_parameters(q, values))
        return answer

    async def hits(
        self, q: str = "", **values: Unpack[SearchValues]
    ) -> AsyncIterator[ArticleHit | CommentHit]:
        """See :meth:`Client.hits`."""
        for page in count(1):
            answer = await self.search(q, **_paged(values, page))
            for hit in answer["hits"]:
                yield hit
            if _is_last(answer):
                return

    async def suggest(self, q: str) -> Suggestions:
        """See :meth:`Client.suggest`."""
        answer: Suggestions = await self._asked("GET", "suggest", params={"q": q})
        return answer

    async def article(self, article_id: str) -> dict[str, Any]:
        """See :meth:`Client.article`."""
        article: dict[str, Any] = await self._asked("GET", _article(article_id))
        return article

    async def similar(self, article_id: str) -> Similar:
        """See :meth:`Client.similar`."""
        answer: Similar = await self._asked("GET", _article(article_id, "similar"))
        return answer

    async def add(self, articles: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """See :meth:`Client.add`."""
        report: dict[str, Any] = await self._asked("POST", "articles", **_lines(articles))
        return report

    async def remove(self, article_id: str) -> dict[str, Any]:
        """See :meth:`Client.remove`."""
        report: dict[str, Any] = await self._asked("DELETE", _article(article_id))
        return report

    async def add_comment(self, article_id: str, comment: Mapping[str, Any]) -> dict[str, Any]:
        """See :meth:`Client.add_comment`."""
        path = _article(article_id, "comments")
        report: dict[str, Any] = await self._asked("POST", path, **_body(comment))
        return report

    async def remove_comment(self, article_id: str, comment_id: str) -> dict[str, Any]:
        """See :meth:`Client.remove_comment`."""
        report: dict[str, Any] = await self._asked("DELETE", _article(article_id, "comments", comment_id))
        return report

    async def _asked(self, method: str, path: str, **sent: Any) -> Any:
        return _read(await self._http.request(method, API + path, **sent))

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def _settings(url: str, options: Options) -> dict[str, Any]:
    """The settings of httpx's client."""
    key = options.get("key")
    return {
        "base_url": url.rstrip("/") + "/",
        "headers": {"Accept": JSON, **({"Authorization": f"Bearer {key}"} if key else {})},
        "timeout": options.get("seconds", SECONDS),
        "transport": options.get("transport"),
    }


def _article(*parts: str) -> str:
    """The path of an article, or of a thing below it; an id may hold any character."""
    return "/".join(("articles", *(quote(part, safe="") for part in parts)))


def _body(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"content": orjson.dumps(value), "headers": {"Content-Type": JSON}}


def _lines(values: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    lines = b"".join(orjson.dumps(value) + b"\n" for value in values)
    return {"content": lines, "headers": {"Content-Type": NDJSON}}


def _paged(values: SearchValues, page: int) -> SearchValues:
    return {"size": WHOLE_PAGE, **values, "page": page}


def _is_last(answer: Response) -> bool:
    """Tell whether no page follows, or none that may be asked for."""
    shown = answer["page"] * answer["size"]
    return shown >= answer["total"] + answer["total_partial"] or shown + answer["size"] > MAX_WINDOW


def _read(response: httpx.Response) -> Any:
    if response.is_success:
        return orjson.loads(response.content)
    raise ApiError(response)


def _problem(response: httpx.Response) -> dict[str, Any]:
    """The members of a problem; none where the answer is another thing, such as the page of a proxy."""
    try:
        told = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        return {}
    if not isinstance(told, dict):
        return {}
    reasons = [line.get("reason", "") for line in told.get("results", ())]
    return {"detail": reasons[0], **told} if reasons else told
