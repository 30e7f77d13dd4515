"""The routes of the desk: signing in and out, the page, and a synonym to be added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, abort, make_response, redirect, render_template, url_for
from flask import request as http

from kashshaf.index.errors import IndexingError, SettingsError, UsageError, UsageLogError
from kashshaf.search_app.query.parameters import MAX_TEXT, SearchRequest, clean
from kashshaf.search_app.query.synonyms.synonym_file import append, take_back
from kashshaf.search_app.usage.insights import insights
from kashshaf.search_app.web.desk import view
from kashshaf.search_app.web.desk.session import Sessions
from kashshaf.search_app.web.same_origin import require_same_origin

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings
    from kashshaf.search_app.results.service import SearchService

PERIODS = (7, 30, 90)
"""Days that the desk may look back."""
DEFAULT_PERIOD = 30
_MOST_TERMS = 50
AT_ONCE = 15
"""Queries of a list that are seen at once; the others lie folded."""
CONSTANTS = {"periods": PERIODS, "at_once": AT_ONCE}
SAID: dict[type[Exception], str] = {
    UsageError: "اكتب لفظين على الأقل، كلّ لفظ في سطر: 12 لفظاً على الأكثر، ولا يزيد اللفظ على 8 كلمات،"
    " من غير فاصلة ولا # ولا علامة =>.",
    SettingsError: "في ملف المرادفات خطأ، فلم يُضَف إليه شيء. صحّحه ثم أعد المحاولة:",
    IndexingError: "تعذّرت الكتابة في ملف المرادفات، فلم يُضَف شيء:",
}
"""Sentences for what may keep a synonym from being added."""


class Desk:
    """The editors' desk of one site."""

    def __init__(self, service: SearchService, settings: Settings) -> None:
        self._service = service
        self._settings = settings
        self._sessions = Sessions(settings.desk_key)

    def page(self) -> Response:
        """The lists of the log, or the form for the key."""
        if not self._sessions.is_open():
            return self._locked()
        days = _period(http.args.get("days", ""))
        try:
            found = insights(self._settings.usage_file, days)
        except UsageLogError as error:
            return self._shown("desk.html", 503, found=None, fault=str(error), days=days, gaps=[])
        gaps = list(view.gaps(found["without_results"], self._service))
        return self._shown("desk.html", found=found, fault="", days=days, gaps=gaps)

    def sign_in(self) -> Response:
        """A session for who gives the key."""
        require_same_origin()
        if self._sessions.is_blocked():
            return self._locked("محاولات كثيرة خاطئة. انتظر دقيقة ثم أعد المحاولة.", 429)
        if not self._sessions.is_key(http.form.get("key", "")):
            return self._locked("ليس هذا هو المفتاح.", 403)
        response = make_response(redirect(url_for("desk.page"), 303))
        self._sessions.start(response)
        return response

    def sign_out(self) -> Response:
        """End the session of this browser."""
        self._require_own_form()
        response = make_response(redirect(url_for("desk.page"), 303))
        self._sessions.end(response)
        return response

    def ask(self) -> Response:
        """The form for a synonym of ``word``, with what is near to it."""
        if not self._sessions.is_open():
            return self._locked()
        word = view.name_of(clean(http.args.get("word", ""))[:MAX_TEXT])
        near = self._service.near(word)
        return self._shown("desk_synonym.html", terms=[word, *near[:1]], near=near, said="", detail="")

    def add(self) -> Response:
        """Add a line of ``terms``, each a field or a line of one, to the file of synonyms."""
        self._require_own_form()
        terms = _terms()
        try:
            append(self._settings.synonyms, terms)
        except tuple(SAID) as error:
            return self._failed(terms, error)
        return make_response(redirect(url_for("desk.page", added=terms), 303))

    def take_back(self) -> Response:
        """Take a line out that was added last."""
        self._require_own_form()
        terms = _terms()
        try:
            done = take_back(self._settings.synonyms, terms)
        except tuple(SAID) as error:
            return self._failed(terms, error)
        return make_response(redirect(url_for("desk.page", taken="yes" if done else "no"), 303))

    def _failed(self, terms: list[str], error: Exception) -> Response:
        said = next(SAID[kind] for kind in SAID if isinstance(error, kind))
        detail = "" if isinstance(error, UsageError) else str(error)
        return self._shown("desk_synonym.html", 400, terms=terms, near=[], said=said, detail=detail)

    def _require_own_form(self) -> None:
        """Let only forms of the session through, and programs with the key."""
        if self._sessions.has_key():
            return
        require_same_origin()
        if not self._sessions.is_own_form(http.form.get("token", "")):
            abort(403, "the form is old or none of ours; open the desk again")

    def _locked(self, said: str = "", status: int = 401) -> Response:
        response = self._rendered("desk_key.html", status, said=said)
        if status == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        return response

    def _shown(self, template: str, status: int = 200, **values: Any) -> Response:
        added = [clean(term)[:MAX_TEXT] for term in http.args.getlist("added")][:_MOST_TERMS]
        taken = http.args.get("taken", "")
        token = self._sessions.form_token()
        return self._rendered(
            template, status, token=token, added=added, taken=taken, share=view.share, **CONSTANTS, **values
        )

    def _rendered(self, template: str, status: int, **values: Any) -> Response:
        response = make_response(render_template(template, request=SearchRequest(), **values), status)
        response.headers["Cache-Control"] = "no-store"
        return response


def _terms() -> list[str]:
    """The terms that a form sends, each once."""
    given = (line for field in http.form.getlist("terms") for line in clean(field).splitlines())
    return list(dict.fromkeys(filter(None, (" ".join(line.split()) for line in given))))[:_MOST_TERMS]


def _period(given: str) -> int:
    return next((days for days in PERIODS if str(days) == given), DEFAULT_PERIOD)


def install(app: Flask, service: SearchService, settings: Settings) -> None:
    """Add the desk to ``app``, if the setting ``desk_key`` has a key; else do nothing."""
    if not settings.desk_key:
        return
    desk = Desk(service, settings)
    routes = Blueprint("desk", __name__)
    routes.add_url_rule("/desk", view_func=desk.page)
    routes.add_url_rule("/desk/key", view_func=desk.sign_in, methods=["POST"])
    routes.add_url_rule("/desk/leave", view_func=desk.sign_out, methods=["POST"])
    routes.add_url_rule("/desk/synonym", view_func=desk.ask)
    routes.add_url_rule("/desk/synonyms", view_func=desk.add, methods=["POST"])
    routes.add_url_rule("/desk/synonyms/back", view_func=desk.take_back, methods=["POST"])
    app.register_blueprint(routes)
