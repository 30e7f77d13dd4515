"""``/embed.js``: the ``<kashshaf-search>`` element for pages of other sites."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

CACHE_SECONDS = 3_600


def blueprint() -> Blueprint:
    """The route of the script; any page may load it, the setting ``cors_origins`` says who may search."""
    routes = Blueprint("embed", __name__)
    routes.add_url_rule("/embed.js", view_func=script)
    return routes


def script() -> Response:
    """The script as a module that other origins may load (modules are always fetched with CORS)."""
    response = current_app.send_static_file("embed.js")
    response.mimetype = "text/javascript"
    response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
