"""The routes of the write API. All of them need an admin key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response
from werkzeug.exceptions import BadRequest, UnprocessableEntity

from kashshaf.indexer.live.documents import GivenArticle, read_article, read_comment
from kashshaf.indexer.live.writer import LiveWriter, Written
from kashshaf.indexer.sources.outcome import UnfitError
from kashshaf.search_app.web.access.door import require_admin
from kashshaf.search_app.web.problems import json_response
from kashshaf.writing.body import is_lines, read_lines, read_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashshaf.index.settings import Settings
    from kashshaf.writing.body import Line

EMPTY = "there is no article in the body"
COUNTED = ("added", "updated", "unchanged", "refused")


class WriteApi:
    """The routes that write, below ``/api/v1/articles``."""

    def __init__(self, settings: Settings) -> None:
        self._writer = LiveWriter(settings)
        self._megabytes = settings.write_megabytes

    def put_articles(self) -> Response:
        """Add or replace one article, or one a line.

        200, or 201 for one that is new, 207 where some were refused, 422 where all were.
        """
        if is_lines():
            return self._put_lines(read_lines(self._megabytes))
        given = _fit(read_article, read_object(self._megabytes), self._writer)
        written = self._writer.put_articles([given])[0]
        return json_response(_told(written), _status(written))

    def remove_article(self, article_id: str) -> Response:
        """Take an article out and keep it out."""
        return json_response(_told(self._writer.remove_article(article_id)))

    def put_comment(self, article_id: str) -> Response:
        """Add a comment to an article, or replace it."""
        if is_lines():
            raise BadRequest("a comment is sent as one JSON object")
        given = _fit(read_comment, read_object(self._megabytes), self._writer)
        written = self._writer.put_comment(article_id, given.comment)
        body = {"article_id": article_id, **_told(written._replace(notes=(*given.mended, *written.notes)))}
        return json_response(body, _status(written))

    def remove_comment(self, article_id: str, comment_id: str) -> Response:
        """Take a comment out and keep it out."""
        written = self._writer.remove_comment(article_id, comment_id)
        return json_response({"article_id": article_id, **_told(written)})

    def _put_lines(self, lines: Sequence[Line]) -> Response:
        """Write the articles that can be read, in one commit, and tell of every line."""
        if not lines:
            raise BadRequest(EMPTY)
        read = [(line.number, _read(line, self._writer)) for line in lines]
        fit = [(number, each) for number, each in read if isinstance(each, GivenArticle)]
        written = self._writer.put_articles([each for _, each in fit])
        told = {number: _told(each) for (number, _), each in zip(fit, written, strict=True)}
        told |= {
            number: {"status": "refused", "reason": str(fault)}
            for number, fault in read
            if isinstance(fault, UnfitError)
        }
        results = [{"line": number, **told[number]} for number, _ in read]
        counts = {name: sum(row["status"] == name for row in results) for name in COUNTED}
        return json_response({**counts, "results": results}, _status_of_many(counts, len(results)))


def _fit(reader: Any, value: object, writer: LiveWriter) -> Any:
    """What a reader makes of a value; 422, with its reason, for what it refuses."""
    try:
        return reader(value, writer.zone)
    except UnfitError as error:
        raise UnprocessableEntity(f"the document was refused: {error}") from error


def _read(line: Line, writer: LiveWriter) -> GivenArticle | UnfitError:
    if line.fault:
        return UnfitError(line.fault)
    try:
        return read_article(line.value, writer.zone)
    except UnfitError as error:
        return error


def _told(written: Written) -> dict[str, Any]:
    """The outcome of one document, as the answer has it."""
    body: dict[str, Any] = {"id": written.id, "status": written.status}
    if written.status == "refused":
        return {**body, "reason": " ".join(written.notes)}
    return {**body, "mended": list(written.notes)}


def _status(written: Written) -> int:
    if written.status == "refused":
        raise UnprocessableEntity(f"the document was refused: {' '.join(written.notes)}")
    return 201 if written.status == "added" else 200


def _status_of_many(counts: dict[str, int], lines: int) -> int:
    if counts["refused"] == lines:
        return 422
    return 207 if counts["refused"] else 200


def install(app: Flask, settings: Settings) -> None:
    """Add the write API to ``app``."""
    api = WriteApi(settings)
    routes = Blueprint("writing", __name__)
    routes.before_request(require_admin)
    article = "/api/v1/articles/<path:article_id>"
    routes.add_url_rule("/api/v1/articles", view_func=api.put_articles, methods=["POST"])
    routes.add_url_rule(article, view_func=api.remove_article, methods=["DELETE"])
    routes.add_url_rule(f"{article}/comments", view_func=api.put_comment, methods=["POST"])
    routes.add_url_rule(
        f"{article}/comments/<path:comment_id>", view_func=api.remove_comment, methods=["DELETE"]
    )
    app.register_blueprint(routes)
