"""A place for an application that is made later: its contract is read when tests are collected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.settings import Settings
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class Place:
    """A WSGI application that another takes the place of; ``key``, where there is one, goes with requests."""

    def __init__(self) -> None:
        self.application: WSGIApplication = create_app(SearchService(Settings()), Settings())
        self.key = ""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["HTTP_ACCEPT_ENCODING"] = "identity"  # schemathesis reads no other
        if self.key:
            environ["HTTP_AUTHORIZATION"] = f"Bearer {self.key}"
        return self.application(environ, start_response)
