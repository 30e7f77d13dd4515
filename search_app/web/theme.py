"""The theme of a site: logo and colours by setting, as a style sheet and an image of their own."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, Response, send_file, url_for

from index.errors import SettingsError
from search_app.web.localize import web_url

if TYPE_CHECKING:
    from index.settings import Settings

SHEET = """:root {{ --accent: {light}; }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}
"""


@dataclass(frozen=True, slots=True)
class Theme:
    """The content of ``/theme.css`` and ``/logo``; ``logo_file`` None: it is an address, or there is none."""

    sheet: str
    logo_url: str
    logo_file: Path | None
    version: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "version", hashlib.sha256(self.sheet.encode()).hexdigest()[:12])

    @classmethod
    def from_settings(cls, settings: Settings) -> Theme:
        """The theme by the settings; SettingsError where the logo is no image that can be read."""
        logo = settings.site_logo
        sheet = SHEET.format(light=settings.accent, dark=settings.accent_dark)
        return cls(sheet, web_url(logo), None if not logo or web_url(logo) else _image(Path(logo)))

    def logo_source(self) -> str:
        """The ``src`` of the logo, empty where there is none."""
        return self.logo_url or (url_for("theme.logo") if self.logo_file else "")

    def image_origin(self) -> str:
        """The origin of the logo for the content security policy; empty where it is our own."""
        parts = urlsplit(self.logo_url)
        return f"{parts.scheme}://{parts.netloc}" if self.logo_url else ""


def _image(file: Path) -> Path:
    kind = mimetypes.guess_type(file.name)[0] or ""
    if not file.is_file() or not kind.startswith("image/"):
        raise SettingsError(f"the setting site_logo cannot be {str(file)!r}: there is no such image file")
    return file.resolve()


def blueprint(theme: Theme) -> Blueprint:
    """The routes ``/theme.css`` and, where a file is the logo, ``/logo``."""
    routes = Blueprint("theme", __name__)

    def sheet() -> Response:
        return Response(theme.sheet, mimetype="text/css")

    routes.add_url_rule("/theme.css", view_func=sheet)
    if file := theme.logo_file:

        def logo() -> Response:
            return send_file(file, max_age=3600)

        routes.add_url_rule("/logo", view_func=logo)
    return routes
