"""A list of results as a file: ``/search.csv`` for spreadsheets, ``/search.json`` for programs.

The parameters are those of ``/search``; the file has the results from the first on, whatever page was open.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import orjson
from flask import Blueprint, Flask, Response, stream_with_context, url_for
from flask import request as http

from kashshaf.index.errors import TimeLimitError
from kashshaf.index.limits.deadline import time_limit
from kashshaf.search_app.query import parameters
from kashshaf.search_app.web import links
from kashshaf.search_app.web.localize import machine_date, web_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.results.shapes import ArticleHit, CommentHit
    from kashshaf.search_app.results.shapes import Response as Answer

    Found = ArticleHit | CommentHit

MOST = 1_000
"""Results in a file: a list that a person works through; the API pages through more."""
BATCH = 500
"""Results asked for at a time."""
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine, and Arabic for noise."""
FORMULA = ("=", "+", "-", "@", "\uff0b", "\uff0d", "\uff1d", "\uff20", "\t", "\r", "\n")
"""First characters that make a spreadsheet run a cell as a formula."""
ARTICLE_COLUMNS = {
    "rank": "الرتبة",
    "title": "العنوان",
    "url": "الرابط",
    "source": "المصدر",
    "section": "القسم",
    "author": "الكاتب",
    "date": "التاريخ",
    "matching_comments": "التعليقات المطابقة",
    "match": "المطابقة",
}
COMMENT_COLUMNS = {
    "rank": "الرتبة",
    "id": "معرّف التعليق",
    "article": "المقال",
    "article_id": "معرّف المقال",
    "date": "التاريخ",
    "likes": "الإعجابات",
    "text": "التعليق",
    "match": "المطابقة",
}
"""The columns of a file, by the names that JSON has for them, with their heads in CSV."""
CUT = "انتهت مهلة البحث قبل تمام القائمة"
"""The last line of a file that the time limit ended."""
MATCH_LABELS = {"full": "كاملة", "partial": "جزئية"}

Row = dict[str, str | int]


class Export:
    """The routes ``/search.csv`` and ``/search.json``."""

    def __init__(self, service: SearchService, settings: Settings) -> None:
        self._service = service
        self._settings = settings

    def csv(self) -> Response:
        """The results as UTF-8 with a byte order mark, the heads in Arabic."""
        request, first, left = self._asked()
        columns = COMMENT_COLUMNS if request.target == "comments" else ARTICLE_COLUMNS
        return _file(_csv_parts(columns, self._rows(request, first, left)), "text/csv", "search-results.csv")

    def json(self) -> Response:
        """The results as one object: the query, its totals, and the rows."""
        request, first, left = self._asked()
        parts = _json_parts(first, self._rows(request, first, left))
        return _file(parts, "application/json", "search-results.json")

    def _asked(self) -> tuple[SearchRequest, Answer, float]:
        """The request in batches from the first result on, its first answer, the seconds left for others."""
        request = parameters.read(http.args.to_dict(flat=False), self._settings)
        request = replace(request, page=1, size=BATCH, facets=(), passages=False)
        with time_limit(self._settings.search_time_limit) as deadline:
            first = self._service.search(request)
        if first["query"]["corrected_from"]:  # read once: the words looked for are those of the first answer
            request = replace(request, text=first["query"]["text"], correct=False)
        return request, first, deadline.left

    def _rows(self, request: SearchRequest, first: Answer, left: float) -> Iterator[Row]:
        batches = self._batches(request, first, left)
        hits = (pair for batch in batches for pair in zip(batch, self._texts(batch), strict=True))
        return (_row(rank, hit, text) for rank, (hit, text) in enumerate(islice(hits, MOST), 1))

    def _batches(self, request: SearchRequest, first: Answer, left: float) -> Iterator[list[Found]]:
        """The hits page by page: one page in memory, one search at a time.

        All searches of a file together have the time limit of one; raises TimeLimitError where it is reached.
        """
        hits, page = first["hits"], 1
        while hits:
            yield hits
            page += 1
            with time_limit(left) as deadline:
                hits = self._service.search(replace(request, page=page))["hits"] if len(hits) == BATCH else []
            left = deadline.left

    def _texts(self, hits: Sequence[Found]) -> list[str]:
        """The whole text of each comment among hits, which are all of one kind; nothing of an article."""
        comments = [hit for hit in hits if hit["type"] == "comment"]
        return self._service.comment_texts(comments) if comments else [""] * len(hits)


def _row(rank: int, hit: Found, text: str) -> Row:
    """A hit as a row: the fields of ``ARTICLE_COLUMNS`` or, with its ``text``, of ``COMMENT_COLUMNS``."""
    date = machine_date(hit["date"], hit["date_precision"])
    if hit["type"] == "article":
        return {
            "rank": rank,
            "title": hit["title"],
            "url": web_url(hit["url"]) or url_for("pages.article", article_id=hit["id"], _external=True),
            "source": hit["source"],
            "section": hit["section"],
            "author": hit["author"],
            "date": date,
            "matching_comments": hit["comments"]["matching"],
            "match": hit["match"],
        }
    return {
        "rank": rank,
        "id": hit["id"],
        "article": hit["article_title"],
        "article_id": hit["article_id"],
        "date": date,
        "likes": hit["likes"],
        "text": text,
        "match": hit["match"],
    }


def _csv_parts(columns: dict[str, str], rows: Iterator[Row]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + _csv_line(list(columns.values()))
    try:
        for row in rows:
            named = {**row, "match": MATCH_LABELS[str(row["match"])]}
            yield _csv_line([guarded(named[name]) for name in columns])
    except TimeLimitError:
        yield _csv_line([CUT])


def _csv_line(cells: Sequence[str | int]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def guarded(cell: str | int) -> str | int:
    """A cell that no spreadsheet runs as a formula: text that begins like one has an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _json_parts(answer: Answer, rows: Iterator[Row]) -> Iterator[bytes]:
    head = {"query": answer["query"], "total": answer["total"], "total_partial": answer["total_partial"]}
    yield orjson.dumps(head)[:-1] + b',"results":['
    timed_out = False
    try:
        for number, row in enumerate(rows):
            yield (b"," if number else b"") + orjson.dumps(row)
    except TimeLimitError:
        timed_out = True
    yield b'],"timed_out":' + orjson.dumps(timed_out) + b"}\n"


def _file(parts: Iterator[str] | Iterator[bytes], mimetype: str, name: str) -> Response:
    response = Response(stream_with_context(parts), mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def install(app: Flask, service: SearchService, settings: Settings) -> None:
    """Add the routes to ``app``, and to its templates ``export_url``."""
    export = Export(service, settings)
    routes = Blueprint("export", __name__)
    routes.add_url_rule("/search.csv", view_func=export.csv)
    routes.add_url_rule("/search.json", view_func=export.json)
    app.register_blueprint(routes)

    def export_url(request: SearchRequest, kind: str) -> str:
        asked = links.parameters(replace(request, page=1), request.size)
        return url_for(f"export.{kind}", **asked)  # type: ignore[arg-type]

    app.jinja_env.globals["export_url"] = export_url
