"""The operations of the API, version 1: the one table of them. A test compares it with the routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.search_app.results.shapes import Response, Similar, StoredArticle, Suggestions
from kashshaf.search_app.web.contract.operation import ATOM, Operation, Parameter, Said
from kashshaf.search_app.web.contract.search_parameters import search_parameters, text_parameter
from kashshaf.search_app.web.contract.shapes import Alive, Ready

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings

LONGEST_ID = 500
ARTICLE_ID = Parameter(
    "id",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_ID},
    Said(
        "the id of an article, as a hit has it; a slash in it may stand as it is",
        "معرّف المقال كما في النتائج",
    ),
    place="path",
)


def operations(settings: Settings) -> tuple[Operation, ...]:
    """Every operation, those that read before those that supervisors ask for."""
    return (*_searching(settings), *_reading(), *_supervising())


def _searching(settings: Settings) -> tuple[Operation, ...]:
    parameters = search_parameters(settings)
    return (
        Operation(
            "get",
            "/api/v1/search",
            "search",
            Said("Search articles or comments", "البحث في المقالات أو التعليقات"),
            Response,
            parameters,
            problems=(400,),
            attempt="api/v1/search?q=الميناء&size=3",
        ),
        Operation(
            "get",
            "/api/v1/suggest",
            "suggest",
            Said("Complete what is being typed", "إكمال ما يُكتب"),
            Suggestions,
            (text_parameter(Said("the text typed so far", "ما كُتب حتى الآن")),),
            problems=(400,),
            attempt="api/v1/suggest?q=ال",
        ),
        Operation(
            "get",
            "/search.atom",
            "feed",
            Said("A search as an Atom feed", "البحث خلاصةً بصيغة Atom"),
            parameters=parameters,
            media=ATOM,
            problems=(400,),
            attempt="search.atom?q=الميناء&sort=newest",
        ),
    )


def _reading() -> tuple[Operation, ...]:
    return (
        Operation(
            "get",
            "/api/v1/articles/{id}",
            "article",
            Said("An article with all its comments", "مقال بتعليقاته كلها"),
            StoredArticle,
            (ARTICLE_ID,),
            problems=(400, 404),
        ),
        Operation(
            "get",
            "/api/v1/articles/{id}/similar",
            "similar",
            Said("The articles most like one", "المقالات الأشبه بمقال"),
            Similar,
            (ARTICLE_ID,),
            problems=(400, 404),
        ),
        Operation(
            "get",
            "/api/v1/openapi.json",
            "contract",
            Said("This contract", "هذا العقد نفسه"),
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
            Alive,
            attempt="healthz",
        ),
        Operation(
            "get",
            "/readyz",
            "ready",
            Said("Tell that an index can be searched", "هل الفهرس جاهز للبحث"),
            Ready,
            attempt="readyz",
        ),
    )
