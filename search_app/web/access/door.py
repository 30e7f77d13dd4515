"""The door before the application, and before the answers that it remembers: keys and rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlencode

from flask import request as http
from werkzeug.datastructures import Headers, WWWAuthenticate
from werkzeug.exceptions import Forbidden, HTTPException, TooManyRequests, Unauthorized

from kashshaf.index.counted import counted
from kashshaf.index.errors import KeyFileError
from kashshaf.search_app.keys.key_file import KeyFile, key_file
from kashshaf.search_app.keys.verifier import Verifier
from kashshaf.search_app.web import problems
from kashshaf.search_app.web.access.limits import Limits
from kashshaf.search_app.web.headers import CORS_ASKED, CORS_METHODS, CORS_SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Flask

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.keys.key import Key

KEY = "kashshaf.key"
"""The verified key of a request, in its WSGI environment."""
API = "/api/"
OPEN = ("/api/v1/openapi.json",)
"""Paths below the API that need no key: who has none yet learns there what to do."""
COUNTED = (API, "/search", "/articles/", "/analyze", "/clicks")
"""The beginnings of the paths that cost something; health, styles and scripts are not counted."""
READS = ("GET", "HEAD", "OPTIONS")
PARAMETER = "key"
BEARER = "bearer "
REALM = WWWAuthenticate("bearer", {"realm": "kashshaf"})
NEEDED = (
    "this needs a key: send it as Authorization: Bearer KEY;"
    " the operator makes one with: kashshaf keys create"
)
WRONG = "the key is wrong, expired or revoked; the operator makes another with: kashshaf keys create"
OTHER_ORIGIN = (
    "the key is for pages of other origins; the operator makes one for this page with:"
    " kashshaf keys create NAME --origin ORIGIN"
)
ADMIN_NEEDED = "this needs an admin key; the operator makes one with: kashshaf keys create NAME --admin"
IN_URL = "an admin key may not stand in an address, where logs keep it; send it as Authorization: Bearer KEY"
TOO_MANY = "too many requests; try again in {}"
GUESSED = "too many wrong keys; try again in {}"
PREFLIGHT_SECONDS = "600"


class Door:
    """A WSGI application that lets through to ``application`` who may ask it.

    A key that is given must be right, needed or not: who sends one wants to know that it is wrong.
    """

    def __init__(self, app: Flask, application: WSGIApplication, settings: Settings) -> None:
        self._app = app
        self._application = application
        self._needs_key = settings.require_key == "yes"
        self._verifier = Verifier(KeyFile(key_file(settings)))
        self._limits = Limits(settings)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or refuse it with a problem."""
        if not environ.get("PATH_INFO", "").startswith(COUNTED):
            return self._application(environ, start_response)
        environ = dict(environ)
        given = _given(environ)
        answer = self._shared(environ, given, start_response)
        if environ["REQUEST_METHOD"] == "OPTIONS":  # a browser asks before it shows its key
            return self._application(environ, answer)
        try:
            self._admit(environ, given)
        except (HTTPException, KeyFileError) as error:
            return self._refused(error, environ, answer)
        return self._application(environ, answer)

    def may_send_much(self, authorization: str) -> bool:
        """Tell whether a header names a key that may write: then a large body may come with it."""
        try:
            named = self._verifier.named(_bearer(authorization) or "")
        except KeyFileError:
            return False
        return named is not None and named.kind == "admin"

    def _admit(self, environ: WSGIEnvironment, given: _Given) -> None:
        """Raise what keeps a request out; note its key."""
        address = environ.get("REMOTE_ADDR", "")
        key = self._key(environ, given, address)
        reads = environ["REQUEST_METHOD"] in READS
        if key is not None:
            environ[KEY] = key
            _wait(self._limits.wait_for_key(key.id, writes=not reads), TOO_MANY)
        elif self._needs_key and _needs_key(environ):
            raise Unauthorized(NEEDED, www_authenticate=REALM)
        if key is None or key.origins:  # a server asks for all its readers from one address
            _wait(self._limits.wait_for_address(address), TOO_MANY)

    def _key(self, environ: WSGIEnvironment, given: _Given, address: str) -> Key | None:
        """The key of a request; None where it has none, and for the desk's, which is another."""
        if not given.text or not environ["PATH_INFO"].startswith(API):
            return None
        key = self._verifier.known(given.text) or self._guessed(given.text, address)
        if given.in_url and key.kind == "admin":
            raise Forbidden(IN_URL)
        if key.origins and _origin(environ) not in key.origins:
            raise Forbidden(OTHER_ORIGIN)
        return key

    def _guessed(self, text: str, address: str) -> Key:
        """The key of a text that is not known to be right; raises 401, and 429 after too many."""
        named = self._verifier.named(text)
        key_id = named.id if named else ""
        _wait(self._limits.wait_for_guess(address, key_id), GUESSED)
        key = self._verifier.verified(text)
        if key is None:
            self._limits.note_wrong_key(address, key_id)
            raise Unauthorized(WRONG, www_authenticate=REALM)
        return key

    def _refused(
        self, error: Exception, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        with self._app.request_context(environ):
            response = self._app.process_response(problems.respond(error))
            return response(environ, start_response)

    def _shared(
        self, environ: WSGIEnvironment, given: _Given, start_response: StartResponse
    ) -> StartResponse:
        """Let pages read what is answered to a key, whatever the setting ``cors_origins`` says.

        Their origin must be one that a key names; a wrong key gets no more than a refusal.
        """
        origin, asks_before = _origin(environ), environ["REQUEST_METHOD"] == "OPTIONS"
        if not origin or not (given.text or asks_before) or not self._is_named(origin, environ):
            return start_response

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> Callable[[bytes], object]:
            return start_response(status, _with_origin(headers, environ), *rest)  # type: ignore[arg-type]

        return start

    def _is_named(self, origin: str, environ: WSGIEnvironment) -> bool:
        try:
            named = self._verifier.origins()
        except KeyFileError:
            return False
        return environ["PATH_INFO"].startswith(API) and origin in named


def require_admin() -> None:
    """Raise what a request without an admin key gets: 401 without any, 403 with another."""
    key: Key | None = http.environ.get(KEY)
    if key is None:
        raise Unauthorized(ADMIN_NEEDED, www_authenticate=REALM)
    if key.kind != "admin":
        raise Forbidden(ADMIN_NEEDED)


def _wait(seconds: int, sentence: str) -> None:
    if seconds:
        raise TooManyRequests(sentence.format(counted(seconds, "second")), retry_after=seconds)


def _needs_key(environ: WSGIEnvironment) -> bool:
    """Tell whether a request of the API has to have a key; the scripts of our own pages have none.

    Who writes the header of a browser by hand learns what the pages show to everybody.
    """
    path = environ["PATH_INFO"]
    is_our_page = environ.get("HTTP_SEC_FETCH_SITE") == "same-origin"
    return path.startswith(API) and path not in OPEN and not is_our_page


class _Given(NamedTuple):
    """The text of the key of a request, empty without one; and whether it stood in its address."""

    text: str
    in_url: bool


def _given(environ: WSGIEnvironment) -> _Given:
    """The key as it was given.

    From the address it is taken away, so that what is behind the door sees, remembers and logs none.
    """
    query = environ.get("QUERY_STRING", "")
    in_url = ""
    if f"{PARAMETER}=" in query and environ["PATH_INFO"].startswith(API):
        pairs = parse_qsl(query, keep_blank_values=True, encoding="latin-1")
        in_url = next((value for name, value in pairs if name == PARAMETER), "")
        rest = [pair for pair in pairs if pair[0] != PARAMETER]
        environ["QUERY_STRING"] = urlencode(rest, encoding="latin-1")
    text = _bearer(environ.get("HTTP_AUTHORIZATION", ""))
    return _Given(text, in_url=False) if text is not None else _Given(in_url, bool(in_url))


def _bearer(authorization: str) -> str | None:
    """The key in a header; None where it holds something else."""
    if authorization[: len(BEARER)].lower() != BEARER:
        return None
    return authorization[len(BEARER) :].strip()


def _origin(environ: WSGIEnvironment) -> str:
    return str(environ.get("HTTP_ORIGIN", "")).rstrip("/").lower()


def _with_origin(headers: list[tuple[str, str]], environ: WSGIEnvironment) -> list[tuple[str, str]]:
    """Headers that let the page of a request read its answer."""
    shared = Headers(headers)
    if "Access-Control-Allow-Origin" not in shared:
        shared["Access-Control-Allow-Origin"] = environ["HTTP_ORIGIN"]
        shared["Access-Control-Expose-Headers"] = CORS_SHOWN
        shared["Vary"] = ", ".join(dict.fromkeys([*shared.getlist("Vary"), "Origin"]))
    if environ["REQUEST_METHOD"] == "OPTIONS":
        shared["Access-Control-Allow-Methods"] = CORS_METHODS
        shared["Access-Control-Allow-Headers"] = CORS_ASKED
        shared["Access-Control-Max-Age"] = PREFLIGHT_SECONDS
    return shared.to_wsgi_list()
