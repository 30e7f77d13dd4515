"""Response headers: content security policy, CORS, rules for crawlers and caches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import request as http

from kashshaf.search_app.web import pictures
from kashshaf.search_app.web.theme import version

if TYPE_CHECKING:
    from flask import Flask, Response

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.web.theme import Theme

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self'{images};"
    " script-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FOREVER = 31_536_000
"""Seconds that caches may keep a file whose address changes with its content."""
VERSIONED = ("static", "theme.sheet")
INDEXABLE = ("pages.home", "embed.script", "embed.version", *VERSIONED)
"""Endpoints for other search engines; the rest is noindex, since result pages are endless."""
CORS_METHODS = "GET, HEAD, OPTIONS"
PREFLIGHT_SECONDS = 86_400


def install(app: Flask, settings: Settings, theme: Theme) -> None:
    """Put the headers on every response of ``app`` and a version into the addresses of its files."""
    image_origin = theme.image_origin()
    always = [image_origin] if image_origin else []

    def guard(response: Response) -> Response:
        images = "".join(f" {origin}" for origin in (*always, *pictures.origins()))
        response.headers.setdefault("Content-Security-Policy", POLICY.format(images=images))
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        if http.endpoint not in INDEXABLE:
            response.headers["X-Robots-Tag"] = "noindex"
        if http.endpoint in VERSIONED and "v" in http.args and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={FOREVER}, immutable"
        if http.path.startswith("/api/"):
            share(response, settings.cors_origins)
        return response

    app.after_request(guard)
    versions = _versions(Path(str(app.static_folder)))

    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and values.get("filename") in versions:
            values["v"] = versions[values["filename"]]

    app.url_defaults(add_version)


def share(response: Response, origins: tuple[str, ...]) -> None:
    """CORS for the origins of the setting, reading only; without them no page elsewhere may call."""
    if not origins:
        return
    origin = http.headers.get("Origin", "")
    if "*" in origins:
        response.headers["Access-Control-Allow-Origin"] = "*"
    else:
        response.vary.add("Origin")
        if origin not in (allowed.rstrip("/") for allowed in origins):
            return
        response.headers["Access-Control-Allow-Origin"] = origin
    if http.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = CORS_METHODS
        response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)


def _versions(folder: Path) -> dict[str, str]:
    """A short hash of each file's content, by its name."""
    return {
        file.relative_to(folder).as_posix(): version(file) for file in folder.rglob("*") if file.is_file()
    }
