"""Error responses: RFC 9457 JSON below ``/api/``, a page elsewhere, the status by one table.

JSON is in Arabic or English, by ``Accept-Language``; pages are in Arabic.

A person's mistake is told in the error's own words. A failure in here is told by the fixed sentence of the
table, so that no path or name of the machine gets out; the log has the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from flask import Response, current_app, render_template
from flask import request as http
from werkzeug.exceptions import HTTPException

from kashshaf.analyzers.errors import LexiconError
from kashshaf.index.errors import (
    BrokenIndexError,
    ClusterError,
    KeyFileError,
    LockedError,
    NoIndexError,
    NoSpaceError,
    NotFoundError,
    NotWriterError,
    TimeLimitError,
    UsageError,
)
from kashshaf.search_app.query.filters import FILTERS
from kashshaf.search_app.query.parameters import MAX_TEXT, SearchRequest, clean
from kashshaf.search_app.usage.facts import facts_of
from kashshaf.search_app.web.wording import languages, refusals
from kashshaf.search_app.web.wording.statuses import OTHER, STATUSES

if TYPE_CHECKING:
    from flask import Flask

    from kashshaf.search_app.web.wording.languages import Language

PROBLEM_JSON = "application/problem+json"
TYPE_PREFIX = "urn:problem-type:kashshaf:"
MACHINE_PATHS = (
    "/api/",
    "/healthz",
    "/readyz",
    "/search.csv",
    "/search.json",
    "/search.atom",
    "/opensearch.xml",
)
"""Paths below which an error is JSON."""
MAX_DETAIL = 600
"""Characters of an error's own words in a response: a parameter's value may be long."""
RETRY_SECONDS = 30
HTTP = "http"
"""The kind of problems that are told by their status alone."""
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")
"""Headers of an HTTP error that say what its sender may do next."""


@dataclass(frozen=True, slots=True)
class Problem:
    """The telling of an error: to programs (``kind``, ``title``, ``detail``) and to readers, in Arabic.

    ``detail`` None stands for the error's own words. ``commands``: for the operator to run.
    """

    status: int
    kind: str
    title: str
    detail: str | None
    heading: str
    advice: str
    commands: tuple[str, ...] = ()


INTERNAL = Problem(
    500,
    "internal",
    "Internal error",
    "Something went wrong in the search; the log of the server has the details.",
    "حدث خطأ في الخادم",
    "لم يكتمل البحث لخطأ عندنا لا عندك. أعد المحاولة بعد قليل.",
)
BROKEN = Problem(
    503,
    "broken-index",
    "The index cannot be read",
    "The index is damaged or of another version; check it with: kashshaf verify,"
    " and build it anew with: kashshaf reindex",
    "تعذّرت قراءة الفهرس",
    "الفهرس تالف أو كتبته نسخة أخرى من البرنامج. على من يدير الموقع أن يفحصه ثم يعيد بناءه:",
    ("kashshaf verify", "kashshaf reindex"),
)
STATUS_OF_ERROR: dict[type[Exception], Problem] = {
    UsageError: Problem(
        400,
        "usage",
        "The request cannot be carried out as it was put",
        None,
        "تعذّر فهم الطلب",
        "في عنوان الصفحة أو في خانات التصفية ما لا يمكن العمل به.",
    ),
    NotFoundError: Problem(
        404,
        "not-found",
        "Not in the index",
        None,
        "لا وجود لهذا المقال",
        "ربما حُذف المقال أو تغيّر عنوانه. جرّب البحث عنه بكلمات من عنوانه.",
    ),
    NoIndexError: Problem(
        503,
        "no-index",
        "There is no index yet",
        "There is no index yet; build one with: kashshaf reindex SOURCE",
        "لم يُبنَ الفهرس بعد",
        "لا يمكن البحث قبل بناء الفهرس. على من يدير الموقع أن ينفّذ:",
        ("kashshaf reindex SOURCE",),
    ),
    TimeLimitError: Problem(
        503,
        "time-limit",
        "The search took too long",
        "The search was ended at its time limit before it had found anything; ask for less: fewer words,"
        " a narrower span of dates, or a section.",
        "انتهت مهلة البحث",
        "أُوقف البحث قبل أن يجد شيئًا لأنه طال. اختصر كلماته، أو ضيّقه بتاريخ أو قسم، ثم أعد المحاولة.",
    ),
    BrokenIndexError: BROKEN,
    KeyFileError: Problem(
        503,
        "keys",
        "The API keys cannot be read",
        "The server cannot read the file of the API keys, so no key can be looked at; its log names the file."
        " Make keys as the user that the server runs as.",
        "تعذّرت قراءة مفاتيح الواجهة",
        "لا يستطيع الخادم قراءة ملف المفاتيح، واسمه في سجله. على من يدير الموقع أن يجعله لمستخدم الخادم.",
    ),
    LockedError: Problem(
        503,
        "busy",
        "Others are writing to the index",
        "Others are writing to the index; nothing was changed; try again in a few seconds",
        "الفهرس مشغول بكتابة أخرى",
        "لم يتغيّر شيء. أعد المحاولة بعد لحظات.",
    ),
    NotWriterError: Problem(
        403,
        "not-writer",
        "This server does not write",
        "This server serves an index that another machine writes; nothing was changed; send it there",
        "هذا الخادم للقراءة فقط",
        "لم يتغيّر شيء. الفهرس تكتبه آلة أخرى، فأرسل إليها ما يُكتب.",
    ),
    NoSpaceError: Problem(
        507,
        "no-space",
        "The server's disk is full",
        "The disk of the server, or its folder for temporary files, is full; nothing was changed;"
        " free some space there and try again",
        "امتلأ قرص الخادم",
        "لم يتغيّر شيء. على من يدير الموقع أن يفسح مكانًا في قرص الخادم أو في مجلد ملفاته المؤقتة.",
    ),
    ClusterError: Problem(
        503,
        "cluster",
        "The cluster that keeps the index does not answer",
        "The cluster that keeps the index does not answer, or refuses what it is asked; nothing was changed;"
        " the server's log has its words",
        "لا يستجيب خادم الفهرس",
        "الفهرس محفوظ على خوادم أخرى لا تستجيب الآن. أعد المحاولة بعد لحظات،"
        " وعلى من يدير الموقع أن ينظر في سجله.",
    ),
    LexiconError: BROKEN,  # damage inside a lexicon shows when a word is looked up
}
"""The one place where an error gets its HTTP status."""
PARAMETER_HINTS = {
    **{each.parameter: each.hint for each in FILTERS if each.hint},
    "q": "اختصر عبارة البحث إلى أقل من ألف حرف.",
    "text": "اختصر النص إلى أقل من ألف حرف.",
    "page": "رقم الصفحة خارج الحدود. ضيّق البحث بتاريخ أو قسم أو كلمة أخرى.",
    "size": "عدد النتائج في الصفحة من 1 إلى 100.",
    "match": "اختر auto لكل الكلمات ثم بعضها، أو all لكلها، أو any لأيّ منها.",
    "fold": "اختر yes لجمع المقالات المعاد نشرها، أو no لعرض كل نسخة على حدة.",
    "correct": "اختر yes لتصحيح ما لا نتائج له، أو no للبحث عمّا كُتب كما هو.",
    "other": "في عنوان الصفحة خيار لا يُعمل به، فتُرك.",
}
"""What to do about each parameter; ``other`` for those that say it themselves."""


def problem_of(error: Exception) -> Problem:
    """The row of the table for an error; HTTP errors of Flask's own by their status."""
    for kind, problem in STATUS_OF_ERROR.items():
        if isinstance(error, kind):
            return problem
    if isinstance(error, HTTPException) and error.code is not None and error.code < 500:
        return _http_problem(error.code, error)
    return INTERNAL


def _http_problem(code: int, error: HTTPException | None = None) -> Problem:
    """The problem of a status; ``error`` may have been raised with a sentence of its own."""
    detail, heading, advice = STATUSES.get(code, OTHER)
    if error is not None and error.description != type(error).description:
        detail = str(error.description)
    return Problem(code, HTTP, HTTPStatus(code).phrase, detail, heading, advice)


def problems() -> tuple[Problem, ...]:
    """Every problem that has a name of its own, by status."""
    named = {each.kind: each for each in (*STATUS_OF_ERROR.values(), INTERNAL)}
    return tuple(sorted(named.values(), key=lambda each: (each.status, each.kind)))


def titles(status: int) -> list[str]:
    """The titles of the problems with a status, in English."""
    named = [each.title for each in problems() if each.status == status]
    return named or [_http_problem(status).title]


def type_of(problem: Problem) -> str:
    """The ``type`` of a problem: a URN of ours, or ``about:blank`` where the status says it all."""
    return "about:blank" if problem.kind == HTTP else TYPE_PREFIX + problem.kind


def as_json(error: Exception, problem: Problem, language: Language = "en") -> dict[str, Any]:
    """The members of RFC 9457 in a language; ``param`` where one is at fault, ``request_id`` of the log."""
    arabic = language == "ar"
    body: dict[str, Any] = {
        "type": type_of(problem),
        "title": problem.heading if arabic else problem.title,
        "status": problem.status,
        "detail": _in_arabic(error, problem) if arabic else _detail(error, problem),
    }
    if param := _param(error):
        body["param"] = param
    if request_id := facts_of(http.environ).id:
        body["request_id"] = request_id
    return body


def json_response(body: object, status: int = 200, mimetype: str = "application/json") -> Response:
    """A JSON response by orjson."""
    return Response(orjson.dumps(body), status, mimetype=mimetype)


def install(app: Flask) -> None:
    """Register the error handler of ``app``."""
    app.register_error_handler(Exception, respond)


def respond(error: Exception) -> Response:
    """The response to an error: JSON for programs, else a page."""
    problem = problem_of(error)
    if problem.status >= 500:
        unforeseen = problem is INTERNAL
        current_app.logger.error("%s %s: %s", http.method, http.path, error, exc_info=unforeseen)
    response = _written(error, problem)
    if isinstance(error, HTTPException):
        _keep_headers(error, response)
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _written(error: Exception, problem: Problem) -> Response:
    if http.path.startswith(MACHINE_PATHS):
        language = languages.asked("en")
        response = json_response(as_json(error, problem, language), problem.status, PROBLEM_JSON)
        languages.say(response, language)
        return response
    param = _param(error)
    page = render_template(
        "error.html",
        problem=problem,
        request=SearchRequest(text=clean(http.args.get("q", ""))[:MAX_TEXT]),
        param=param,
        hint=PARAMETER_HINTS.get(param, ""),
        detail=_detail(error, problem) if problem.detail is None else "",
    )
    return Response(page, problem.status, mimetype="text/html")


def _keep_headers(error: HTTPException, response: Response) -> None:
    given = error.get_response().headers
    for name in KEPT_HEADERS:
        if name in given:
            response.headers[name] = given[name]


def _detail(error: Exception, problem: Problem) -> str:
    return _sendable(str(error) if problem.detail is None else problem.detail)


def _in_arabic(error: Exception, problem: Problem) -> str:
    """What went wrong and what to do, in Arabic: the error's own sentence, or the advice of the table."""
    own = refusals.arabic(error) if isinstance(error, UsageError) else ""
    commands = " ثم ".join(problem.commands)
    advice = PARAMETER_HINTS.get(_param(error)) or problem.advice
    return _sendable(own or f"{advice} {commands}".strip())


def _param(error: Exception) -> str:
    return _sendable(error.param or "")[:80] if isinstance(error, UsageError) else ""


def _sendable(text: str) -> str:
    """Text of at most ``MAX_DETAIL`` characters, without lone surrogates: UTF-8 cannot carry them."""
    return text[:MAX_DETAIL].encode("utf-8", "replace").decode("utf-8")
