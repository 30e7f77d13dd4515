"""The web application: pages, API and element over one search service."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import Flask

from kashshaf.search_app.web import api, export, headers, pages, pictures, problems, usage
from kashshaf.search_app.web import theme as themes
from kashshaf.search_app.web.access.door import Door
from kashshaf.search_app.web.answers.remembered import Remembered
from kashshaf.search_app.web.contract import page as contract
from kashshaf.search_app.web.desk import routes as desk
from kashshaf.search_app.web.embed import routes as embed
from kashshaf.search_app.web.feeds import opensearch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import WSGIApplication

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.results.service import SearchService

    Additions = Iterable[Callable[[Flask, Settings], None]]


MAX_BODY = 1 << 16
"""Bytes of what is sent to us: a click, a key, a few words."""


def create_app(
    service: SearchService,
    settings: Settings,
    guarded: Callable[[WSGIApplication], WSGIApplication] = lambda application: application,
    additions: Additions = (),
) -> Flask:
    """The application; raises SettingsError where the logo cannot be read.

    ``service`` is called from many threads at once. ``guarded`` may bound how many requests are answered at
    a time; those that are answered from memory pass it by. ``additions`` add routes that this side knows
    nothing of.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.url_map.merge_slashes = False  # an article's id may hold two slashes in a row
    theme = themes.Theme.from_settings(settings)
    pages.install(app, service, settings, theme)
    export.install(app, service, settings)
    pictures.install(app, settings)
    app.register_blueprint(api.blueprint(service, settings))
    app.register_blueprint(themes.blueprint(theme))
    app.register_blueprint(embed.blueprint())
    app.register_blueprint(contract.blueprint(settings))
    opensearch.install(app, service, settings)
    usage.install(app, service, settings)
    desk.install(app, service, settings)
    for add in additions:
        add(app, settings)
    problems.install(app)
    headers.install(app, settings, theme)
    usage.tell_matches(service)
    asked = guarded(app.wsgi_app)
    remembered = Remembered(asked, service.state, partial(usage.note, app), settings.search_time_limit)
    app.wsgi_app = Door(app, remembered, settings)  # type: ignore[method-assign]
    return app
