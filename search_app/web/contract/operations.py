"""The operations of the API, version 1: the one table of them. A test compares it with the routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.search_app.query.request_values import MAX_WINDOW
from kashshaf.search_app.results.shapes import Response, Similar, StoredArticle, Suggestions
from kashshaf.search_app.web.contract.operation import ATOM, Operation, Parameter, Said
from kashshaf.search_app.web.contract.search_parameters import search_parameters, text_parameter
from kashshaf.search_app.web.contract.shapes import Alive, Ready
from kashshaf.search_app.web.contract.writing import ARTICLE_ID, WRITING

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings


_NUMBER = {"type": "integer", "minimum": 1, "maximum": MAX_WINDOW, "default": 1}
PAGED = (
    Parameter(
        "comments_page",
        _NUMBER,
        Said(
            "the page of comments, of which there is one up to 1,000; beyond the last it is the last",
            "صفحة التعليقات، وهي واحدة إلى ألف تعليق؛ وما بعد الأخيرة هو الأخيرة",
        ),
    ),
    Parameter(
        "part",
        _NUMBER,
        Said(
            "the part of the text, which has one up to a million characters; beyond the last it is the last",
            "جزء النص، وهو واحد إلى مليون حرف؛ وما بعد الأخير هو الأخير",
        ),
    ),
)
"""The parameters of an article."""


def operations(settings: Settings) -> tuple[Operation, ...]:
    """Every operation: those that read, those that write, those that supervisors ask for."""
    return (*_searching(settings), *_reading(), *WRITING, *_supervising())


def _ok(*shapes: type) -> dict[int, tuple[type, ...]]:
    return {200: shapes}


def _searching(settings: Settings) -> tuple[Operation, ...]:
    parameters = search_parameters(settings)
    return (
        Operation(
            "get",
            "/api/v1/search",
            "search",
            Said("Search articles or comments", "البحث في المقالات أو التعليقات"),
            _ok(Response),
            parameters,
            problems=(400,),
            key="public",
            attempt="api/v1/search?q=الميناء&size=3",
        ),
        Operation(
            "get",
            "/api/v1/suggest",
            "suggest",
            Said("Complete what is being typed", "إكمال ما يُكتب"),
            _ok(Suggestions),
            (text_parameter(Said("the text typed so far", "ما كُتب حتى الآن")),),
            problems=(400,),
            key="public",
            attempt="api/v1/suggest?q=ال",
        ),
        Operation(
            "get",
            "/search.atom",
            "feed",
            Said("A search as an Atom feed", "البحث خلاصةً بصيغة Atom"),
            _ok(),
            parameters,
            media=ATOM,
            problems=(400, 429),
            attempt="search.atom?q=الميناء&sort=newest",
        ),
    )


def _reading() -> tuple[Operation, ...]:
    return (
        Operation(
            "get",
            "/api/v1/articles/{id}",
            "article",
            Said("An article with its comments", "مقال بتعليقاته"),
            _ok(StoredArticle),
            (ARTICLE_ID, *PAGED),
            problems=(400, 404),
            key="public",
        ),
        Operation(
            "get",
            "/api/v1/articles/{id}/similar",
            "similar",
            Said("The articles most like one", "المقالات الأشبه بمقال"),
            _ok(Similar),
            (ARTICLE_ID,),
            problems=(400, 404),
            key="public",
        ),
        Operation(
            "get",
            "/api/v1/openapi.json",
            "contract",
            Said("This contract", "هذا العقد نفسه"),
            _ok(),
            problems=(400,),
            attempt="api/v1/openapi.json",
        ),
    )


def _supervising() -> tuple[Operation, ...]:
    return (
        Operation(
            "get",
            "/healthz",
            "alive",
            Said("Tell that the process lives", "هل الخدمة حيّة"),
            _ok(Alive),
            attempt="healthz",
        ),
        Operation(
            "get",
            "/readyz",
            "ready",
            Said("Tell that an index can be searched", "هل الفهرس جاهز للبحث"),
            _ok(Ready),
            attempt="readyz",
        ),
    )
