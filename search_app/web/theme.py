"""The theme of a site: logo, colours and font by setting, as a style sheet and an image of their own."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, Response, send_file, url_for

from kashshaf.index.errors import SettingsError
from kashshaf.search_app.web.localize import web_url

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings

SHEET = """:root {{ --accent: {light}; {font}}}
@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}
"""
FONTS = Path(__file__).parent / "static" / "fonts"
SHIPPED = {400: "kashshaf-sans-400.woff2", 600: "kashshaf-sans-600.woff2"}
"""The files of the shipped font by weight (docs/dependencies.md)."""
FACE = """@font-face {{ font-family: "Kashshaf Sans"; font-weight: {weight}; font-display: swap; \
src: url("static/fonts/{file}?v={version}") format("woff2"); }}
"""


@dataclass(frozen=True, slots=True)
class Theme:
    """The content of ``/theme.css`` and ``/logo``; ``logo_file`` None: it is an address, or there is none.

    ``fonts`` are the files that every page needs, below the folder of static files.
    """

    sheet: str
    logo_url: str
    logo_file: Path | None
    fonts: tuple[str, ...]
    version: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "version", hashlib.sha256(self.sheet.encode()).hexdigest()[:12])

    @classmethod
    def from_settings(cls, settings: Settings) -> Theme:
        """The theme by the settings; SettingsError where the logo is no image that can be read."""
        logo = settings.site_logo
        font = f"--font: {_families(settings.font)}; " if settings.font else ""
        sheet = SHEET.format(light=settings.accent, dark=settings.accent_dark, font=font)
        file = None if not logo or web_url(logo) else _image(Path(logo))
        if settings.font:
            return cls(sheet, web_url(logo), file, ())
        return cls(_faces() + sheet, web_url(logo), file, tuple(f"fonts/{name}" for name in SHIPPED.values()))

    def logo_source(self) -> str:
        """The ``src`` of the logo, empty where there is none."""
        return self.logo_url or (url_for("theme.logo") if self.logo_file else "")

    def image_origin(self) -> str:
        """The origin of the logo for the content security policy; empty where it is our own."""
        parts = urlsplit(self.logo_url)
        return f"{parts.scheme}://{parts.netloc}" if self.logo_url else ""


def _faces() -> str:
    """The shipped font, each file under the address of its content: the one that pages load in advance."""
    return "".join(
        FACE.format(weight=weight, file=name, version=version(FONTS / name))
        for weight, name in SHIPPED.items()
    )


def _families(names: str) -> str:
    """Names as a style sheet has them, with what any machine has at the end."""
    return ", ".join([f'"{name.strip()}"' for name in names.split(",") if name.strip()] + ["sans-serif"])


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


def version(file: Path) -> str:
    """A short hash of a file's content, for addresses that change with it."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
