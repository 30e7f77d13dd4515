"""Answers that were given before, given again while nothing changed: a bounded cache in front of the pages.

The key is the state of the index, the time as far as an answer depends on it, and the request in canonical
form; a hash of it is the ETag, a weak one, since two answers to one question differ in the time they took.
"""

from __future__ import annotations

import hashlib
import time
from functools import lru_cache
from http import HTTPStatus
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, Self

import orjson
from flask import Request, Response
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from kashshaf.index.limits.deadline import time_limit
from kashshaf.search_app.usage.facts import facts_of
from kashshaf.search_app.web.answers.shared_answers import NAME_BYTES, SharedAnswers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from werkzeug.wrappers import Response as WerkzeugResponse

    from kashshaf.index.limits.deadline import Deadline

SIZE = 32 << 20
"""Bytes of answers that all processes keep together."""
LARGEST = 1 << 20
"""Bytes of an answer that is kept."""
CODINGS = ("zstd", "gzip")
"""The codings that answers are compressed by, the better first."""
IDENTITY = "identity"
VARIES = (("Vary", "Accept-Encoding"),)
LONGEST_ACCEPT = 200
"""Characters of an ``Accept-Encoding`` that is looked at; browsers send thirty."""
REPEATED = ("/api/v1/search", "/api/v1/suggest", "/api/v1/articles/", "/search", "/articles/")
"""The beginnings of the paths that many ask for again."""
WRITTEN_ON = ("/search.csv", "/search.json")
"""Of these, files that are sent while they are made: kept, they would push out a hundred pages each."""
MACHINE = "/api/"
_CODED = frozenset("%+")
"""Signs by which one name may be written in several ways."""
MINUTE, QUARTER = 60, 900
"""Seconds: «قبل 3 دقائق» on a page stays true for one, «أمس» in a query until a quarter of an hour strikes
midnight in some zone."""
REVALIDATED = "no-cache"
"""Caches may keep an answer and must ask before they give it: the next commit may change it."""
NOTED = "kashshaf.noted"
"""The key of a WSGI environment for a list of what is to be noted each time an answer is given, as JSON has
it: another process may give it again."""
LENGTH = 4
"""Bytes of the length of what is kept beside a body, which stands before it."""


class Answer(NamedTuple):
    """An answer ready to be sent, what is noted each time it is given, and how many matches it tells of."""

    body: bytes
    headers: list[tuple[str, str]]
    noted: Sequence[object] = ()
    matches: int | None = None

    def to_bytes(self) -> bytes:
        """The answer as it is kept."""
        beside = orjson.dumps((self.headers, self.noted, self.matches))
        return len(beside).to_bytes(LENGTH, "little") + beside + self.body

    @classmethod
    def from_bytes(cls, kept: bytes) -> Self:
        """The answer that was kept."""
        end = LENGTH + int.from_bytes(kept[:LENGTH], "little")
        headers, noted, matches = orjson.loads(kept[LENGTH:end])
        return cls(kept[end:], [(name, value) for name, value in headers], noted, matches)


class Remembered:
    """A WSGI application that asks ``application`` only what it was not asked since ``state`` changed.

    ``state`` names what answers depend on; empty where nothing can be said of it, which leaves every request
    to the application. ``note`` takes what the application noted, when an answer is given again. What is read
    is answered within ``seconds``; an answer that was cut short for that is not kept.
    """

    def __init__(
        self,
        application: WSGIApplication,
        state: Callable[[], str],
        note: Callable[[object], None],
        seconds: float,
    ) -> None:
        self._seconds = seconds
        self._application = application
        self._state = state
        self._note = note
        self._known = SharedAnswers(SIZE)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request from the cache, by 304 where the client has the answer, or by the application."""
        tag = self._tag(environ)
        answer = self._again(tag, environ) if tag else None
        if answer is not None:
            return _sent(answer, environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        with time_limit(self._seconds) as deadline:
            return self._asked(tag, environ, start_response, deadline)

    def _tag(self, environ: WSGIEnvironment) -> str:
        """The tag of what would be answered now; empty for what is not kept."""
        path = environ.get("PATH_INFO", "")
        environ["HTTP_ACCEPT_ENCODING"] = coding(environ.get("HTTP_ACCEPT_ENCODING", "")[:LONGEST_ACCEPT])
        repeated = path.startswith(REPEATED) and path not in WRITTEN_ON
        state = self._state() if repeated and environ["REQUEST_METHOD"] == "GET" else ""
        return _tag(state, path, environ) if state else ""

    def _asked(
        self, tag: str, environ: WSGIEnvironment, start_response: StartResponse, deadline: Deadline
    ) -> Iterable[bytes]:
        """The application's answer, kept where it is whole."""
        if not tag:
            return self._application(environ, start_response)
        noted: list[object] = []
        given = Response.from_app(self._application, {**environ, NOTED: noted}, buffered=True)
        if deadline.reached:
            given.headers["Cache-Control"] = "no-store"
        if given.status_code != HTTPStatus.OK or deadline.reached:
            return given(environ, start_response)
        answer = Answer(given.get_data(), _headers(given, tag), noted, facts_of(environ).matches)
        self._keep(tag, answer)
        return _sent(answer, environ, start_response)

    def _again(self, tag: str, environ: WSGIEnvironment) -> Answer | None:
        """An answer that was given before, to us or by another process to this client."""
        answer = self._kept(tag)
        if answer is None and _has(environ, tag):  # * says nothing of who has it
            answer = Answer(b"", _headers(Response(headers=VARIES), tag))
        if answer is not None:
            told = facts_of(environ)
            told.remembered, told.matches = True, answer.matches
            for each in answer.noted:
                self._note(each)
        return answer

    def _kept(self, tag: str) -> Answer | None:
        kept = self._known.get(bytes.fromhex(tag))
        return None if kept is None else Answer.from_bytes(kept)

    def _keep(self, tag: str, answer: Answer) -> None:
        if len(answer.body) <= LARGEST:
            self._known.keep(bytes.fromhex(tag), answer.to_bytes())


@lru_cache(256)
def coding(accepted: str) -> str:
    """The best coding of ``CODINGS`` that an ``Accept-Encoding`` lets through, else ``identity``.

    Each is one question to the cache, so that what is kept is kept compressed, once for all who take it so.
    """
    return parse_accept_header(accepted, Accept).best_match(CODINGS, IDENTITY)


def _tag(state: str, path: str, environ: WSGIEnvironment) -> str:
    """A hash of all that an answer depends on; a page names the place at which it is asked for."""
    given = [each.partition("=") for each in environ.get("QUERY_STRING", "").split("&")]
    if not any(_CODED.intersection(name) for name, _, _ in given):
        given.sort(key=itemgetter(0))  # by name alone: of the values of one the first may count
    moment = int(time.time()) // (QUARTER if path.startswith(MACHINE) else MINUTE)
    place = (environ["wsgi.url_scheme"], environ.get("HTTP_HOST"), environ.get("SCRIPT_NAME"))
    asked = (
        state,
        moment,
        path,
        given,
        environ.get("HTTP_ORIGIN"),
        environ.get("HTTP_ACCEPT_ENCODING"),
        place,
    )
    return hashlib.sha256(repr(asked).encode()).hexdigest()[: 2 * NAME_BYTES]


def _has(environ: WSGIEnvironment, tag: str) -> bool:
    """Tell whether the client says that it has the answer of that tag."""
    return "HTTP_IF_NONE_MATCH" in environ and Request(environ).if_none_match.is_weak(tag)


def _headers(given: WerkzeugResponse, tag: str) -> list[tuple[str, str]]:
    given.set_etag(tag, weak=True)
    given.headers["Cache-Control"] = REVALIDATED
    return given.headers.to_wsgi_list()


def _sent(answer: Answer, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The answer, or 304 to who has it: only the latter costs a response to be made."""
    if "HTTP_IF_NONE_MATCH" in environ:
        response = Response(answer.body, headers=answer.headers).make_conditional(environ)
        return response(environ, start_response)
    start_response("200 OK", answer.headers)
    return [answer.body]
