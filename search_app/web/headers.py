"""Response headers: content security policy, CORS, rules for crawlers and caches; and compression."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import request as http
from flask_compress import Compress

from kashshaf.search_app.web import pictures
from kashshaf.search_app.web.answers.remembered import CODINGS
from kashshaf.search_app.web.theme import version

if TYPE_CHECKING:
    from flask import Flask, Response

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.web.theme import Theme

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self'{images};"
    " script-src 'self'; object-src 'none';"
    " form-action 'self'; base-uri 'none'; frame-ancestors {frames}"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Headers of every response. The pages use the clipboard and sharing, which therefore are not forbidden."""
FOREVER = 31_536_000
"""Seconds that caches may keep a file whose address changes with its content."""
VERSIONED = ("static", "theme.sheet")
INDEXABLE = ("pages.home", "embed.script", "embed.version", *VERSIONED)
"""Endpoints for other search engines; the rest is noindex, since result pages are endless."""
CORS_METHODS = "GET, HEAD, OPTIONS"
CORS_ASKED = "Authorization, Content-Type, If-None-Match"
"""Headers that a page elsewhere may send, beside those that it may send without asking."""
CORS_SHOWN = "Content-Language, ETag, Retry-After"
"""Headers that a page elsewhere may read, beside those that it may read without asking."""
PREFLIGHT_SECONDS = 86_400
COMPRESSED = (
    "text/html",
    "text/css",
    "text/javascript",
    "application/json",
    "application/atom+xml",
    "application/opensearchdescription+xml",
    "image/svg+xml",
)
PRIVATE = ("desk",)
"""Blueprints whose pages hold a secret beside what is asked: compressed, their length would tell of it."""


def install(app: Flask, settings: Settings, theme: Theme) -> None:
    """Put the headers on every response of ``app`` and a version into the addresses of its files."""
    image_origin = theme.image_origin()
    always = [image_origin] if image_origin else []
    frames = (
        " ".join("'self'" if each == "self" else each.rstrip("/") for each in settings.frame_ancestors)
        or "'none'"
    )
    compress = _compression(app)

    def guard(response: Response) -> Response:
        images = "".join(f" {origin}" for origin in (*always, *pictures.origins()))
        response.headers.setdefault("Content-Security-Policy", POLICY.format(images=images, frames=frames))
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.update(ALWAYS)
        if not settings.frame_ancestors:
            response.headers["X-Frame-Options"] = "DENY"  # for what knows no frame-ancestors
        if http.endpoint not in INDEXABLE:
            response.headers["X-Robots-Tag"] = "noindex"
        if http.endpoint in VERSIONED and "v" in http.args and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={FOREVER}, immutable"
        if http.path.startswith("/api/"):
            share(response, settings.cors_origins)
        if http.endpoint == "static" and response.mimetype in COMPRESSED:
            response.direct_passthrough = False
            response.make_sequence()  # a file that is compressed must be read, and closed
        return response if http.blueprint in PRIVATE else compress.after_request(response)

    app.after_request(guard)
    versions = _versions(Path(str(app.static_folder)))

    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and values.get("filename") in versions:
            values["v"] = versions[values["filename"]]

    app.url_defaults(add_version)


def _compression(app: Flask) -> Compress:
    """The compression of responses: zstd, or gzip for what does not know it."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=CODINGS,
        COMPRESS_STREAMS=False,  # a list of results is sent while it is made, a page of it at a time
        COMPRESS_MIMETYPES=COMPRESSED,
    )
    return Compress(app)


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
    response.headers["Access-Control-Expose-Headers"] = CORS_SHOWN
    if http.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = CORS_METHODS
        response.headers["Access-Control-Allow-Headers"] = CORS_ASKED
        response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)


def _versions(folder: Path) -> dict[str, str]:
    """A short hash of each file's content, by its name."""
    return {
        file.relative_to(folder).as_posix(): version(file) for file in folder.rglob("*") if file.is_file()
    }
