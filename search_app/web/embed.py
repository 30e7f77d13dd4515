"""``/embed.js``: the ``<kashshaf-search>`` element for pages of other sites."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response
from flask import request as http

FILE = Path(__file__).parent / "static" / "embed.js"
CACHE_SECONDS = 3_600


def blueprint() -> Blueprint:
    """The route of the script. Any page may load it; ``cors_origins`` says which may search."""
    routes = Blueprint("embed", __name__)
    source = FILE.read_bytes()

    def script() -> Response:
        return respond(source)

    routes.add_url_rule("/embed.js", view_func=script)
    return routes


def respond(source: bytes) -> Response:
    """The script as a module that other origins may load (modules are always fetched with CORS)."""
    response = Response(source, mimetype="text/javascript")
    response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.add_etag()
    response.make_conditional(http)
    return response
