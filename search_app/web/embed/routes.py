"""``/embed.js``, and the same script under an address that never changes its content."""

from __future__ import annotations

from flask import Blueprint, Response, abort
from flask import request as http

from kashshaf.search_app.web.embed.script import Script, script

CACHE_SECONDS = 3_600
FOREVER = 31_536_000
"""Seconds that caches may keep what an address with its hash has."""

OTHER_VERSION = "this is the script of another version; the command kashshaf embed prints the tag of this one"


def blueprint() -> Blueprint:
    """The routes of the script. Any page may load it; the setting ``cors_origins`` says which may search."""
    routes = Blueprint("embed", __name__)
    made = script()

    def current() -> Response:
        return respond(made, f"public, max-age={CACHE_SECONDS}")

    def fixed(version: str) -> Response:
        if version != made.version:
            abort(404, OTHER_VERSION)
        return respond(made, f"public, max-age={FOREVER}, immutable")

    routes.add_url_rule("/embed.js", "script", current)
    routes.add_url_rule("/embed/<version>.js", "version", fixed)
    return routes


def respond(made: Script, caching: str) -> Response:
    """The script as a module that other origins may load (modules are always fetched with CORS)."""
    response = Response(made.source, mimetype="text/javascript")
    response.headers["Cache-Control"] = caching
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(made.version)
    response.make_conditional(http)
    return response
