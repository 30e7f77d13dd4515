"""The operations that write, which a server has beside those of the search (``kashshaf/writing``)."""

from __future__ import annotations

from kashshaf.search_app.web.contract.operation import JSON, NDJSON, Body, Operation, Parameter, Said
from kashshaf.search_app.web.contract.shapes import (
    GivenArticle,
    GivenComment,
    Written,
    WrittenComment,
    WrittenLines,
)

_ID = {"type": "string", "minLength": 1}
ARTICLE_ID = Parameter(
    "id",
    _ID,
    Said(
        "the id of an article, as a hit has it; a slash in it may stand as it is",
        "معرّف المقال كما في النتائج؛ وللمائلة فيه أن تبقى كما هي",
    ),
    place="path",
)
COMMENT_ID = Parameter(
    "comment_id",
    _ID,
    Said("the id of the comment within its article", "معرّف التعليق في مقاله"),
    place="path",
)
_REFUSED = (400, 413, 415, 422, 507)
"""Statuses by which a body may be refused, or fail to be kept."""
WRITING = (
    Operation(
        "post",
        "/api/v1/articles",
        "put_articles",
        Said("Add or replace an article, or one a line", "إضافة مقال أو إبداله، أو مقال في كل سطر"),
        {200: (Written, WrittenLines), 201: (Written,), 207: (WrittenLines,), 422: (WrittenLines,)},
        body=Body(GivenArticle, (JSON, NDJSON)),
        problems=_REFUSED,
        key="admin",
    ),
    Operation(
        "delete",
        "/api/v1/articles/{id}",
        "remove_article",
        Said("Take an article out and keep it out", "حذف مقال وإبقاؤه محذوفاً"),
        {200: (Written,)},
        (ARTICLE_ID,),
        problems=(404, 507),
        key="admin",
    ),
    Operation(
        "post",
        "/api/v1/articles/{id}/comments",
        "put_comment",
        Said("Add or replace a comment of an article", "إضافة تعليق على مقال أو إبداله"),
        {200: (WrittenComment,), 201: (WrittenComment,)},
        (ARTICLE_ID,),
        body=Body(GivenComment),
        problems=(404, *_REFUSED),
        key="admin",
    ),
    Operation(
        "delete",
        "/api/v1/articles/{id}/comments/{comment_id}",
        "remove_comment",
        Said("Take a comment out and keep it out", "حذف تعليق وإبقاؤه محذوفاً"),
        {200: (WrittenComment,)},
        (ARTICLE_ID, COMMENT_ID),
        problems=(404, 507),
        key="admin",
    ),
)
