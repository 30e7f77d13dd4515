"""The routes ``/api/v1/openapi.json`` and ``/docs``: the contract for programs, and a page to read it on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template
from flask import request as http

from kashshaf.search_app.query import parameters
from kashshaf.search_app.web.contract import sentences
from kashshaf.search_app.web.contract.document import VERSION, document, statuses
from kashshaf.search_app.web.contract.labels import LABELS
from kashshaf.search_app.web.contract.operations import operations
from kashshaf.search_app.web.contract.schemas import PLACE
from kashshaf.search_app.web.problems import json_response, problems, type_of
from kashshaf.search_app.web.wording import languages

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings
    from kashshaf.search_app.web.contract.operation import Operation, Said
    from kashshaf.search_app.web.wording.languages import Language

KEPT_SECONDS = 300
"""Seconds that caches may keep the contract without asking."""


class Contract:
    """The contract of one site."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _operations(self) -> tuple[Operation, ...]:
        """The table of operations, made when it is first asked for; as are the next two."""
        return operations(self._settings)

    @cached_property
    def _fields(self) -> dict[str, Said]:
        return sentences.of_fields()

    @cached_property
    def _document(self) -> dict[str, Any]:
        return document(self._settings)

    def openapi(self) -> Response:
        """The document; its server is the place that it was asked for at."""
        parameters.check_names(http.args.to_dict(flat=False), ())
        servers = [{"url": http.script_root or "/"}]
        return _kept(json_response({**self._document, "servers": servers}))

    def page(self) -> Response:
        """The page, in the language of ``lang`` or else of ``Accept-Language``, in Arabic without either."""
        language = self._language()
        shown = render_template(
            "docs.html",
            said=LABELS[language],
            language=language,
            operations=self._operations,
            shapes=self._document["components"]["schemas"],
            version=VERSION,
            statuses=statuses,
            type_text=type_text,
            sentence=sentences.of_field,
            told=self._fields,
            problems=problems(),
            type_of=type_of,
        )
        response = _kept(Response(shown))
        languages.say(response, language)
        return response

    def _language(self) -> Language:
        given = http.args.get("lang")
        return next((each for each in languages.LANGUAGES if each == given), languages.asked("ar"))


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response.add_etag()
    return response.make_conditional(http)  # type: ignore[return-value]


def type_text(schema: dict[str, Any]) -> list[tuple[str, str]]:
    """A type as parts: words, each with the name of the shape that it leads to, or empty."""
    if reference := schema.get("$ref"):
        name = reference.removeprefix(PLACE)
        return [(name, name)]
    if "anyOf" in schema:
        return _parted([type_text(each) for each in schema["anyOf"]], " | ")
    if "enum" in schema or "const" in schema:
        values = schema.get("enum") or [schema["const"]]
        return [(" | ".join(f'"{value}"' for value in values), "")]
    inner = schema.get("items") or schema.get("additionalProperties")
    if inner:
        return [(f"{schema['type']} <", ""), *type_text(inner), (">", "")]
    return [(str(schema.get("type", "")), "")]


def _parted(parts: list[list[tuple[str, str]]], sign: str) -> list[tuple[str, str]]:
    first, *rest = parts
    return [*first, *(each for part in rest for each in ((sign, ""), *part))]


def blueprint(settings: Settings) -> Blueprint:
    """The routes of :class:`Contract`."""
    contract = Contract(settings)
    routes = Blueprint("contract", __name__)
    routes.add_url_rule("/api/v1/openapi.json", view_func=contract.openapi)
    routes.add_url_rule("/docs", view_func=contract.page)
    return routes
