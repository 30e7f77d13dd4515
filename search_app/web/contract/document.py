"""The OpenAPI document, made of the operations, the shapes of their answers, and the table of problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kashshaf.search_app.web.contract.operation import JSON
from kashshaf.search_app.web.contract.operations import operations
from kashshaf.search_app.web.contract.schemas import PLACE, schemas
from kashshaf.search_app.web.contract.shapes import Problem
from kashshaf.search_app.web.problems import PROBLEM_JSON, titles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.web.contract.operation import Operation, Parameter

VERSION = "1.3.0"
"""The version of the contract: the second number rises with what is added, the first with what is taken away
or means something else. ``docs/api.md`` says what each brought, and a test asks for it."""
ALWAYS = (500, 503)
"""Statuses that every operation may fail by."""
KEYED = (401, 403, 429)
"""Statuses that an operation with a key may fail by, too: it is wrong, may not do this, or asks too often."""
SECURITY = {"type": "http", "scheme": "bearer", "description": "An API key: Authorization: Bearer KEY"}


def document(settings: Settings) -> dict[str, Any]:
    """The contract as OpenAPI 3.1, without ``servers``: these depend on where it is asked for."""
    table = operations(settings)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Kashshaf",
            "summary": "Search in the articles of an Arabic news site and their readers' comments",
            "version": VERSION,
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "paths": _paths(table, settings),
        "components": _components(table),
    }


def statuses(operation: Operation) -> tuple[int, ...]:
    """The statuses that an operation may fail by, in their order."""
    keyed = KEYED if operation.key or operation.path.startswith("/api/") else ()
    return tuple(sorted({*operation.problems, *keyed, *ALWAYS}))


def _paths(table: Iterable[Operation], settings: Settings) -> dict[str, dict[str, Any]]:
    paths: dict[str, dict[str, Any]] = {}
    for each in table:
        paths.setdefault(each.path, {})[each.method] = _operation(each) | _security(each, settings)
    return paths


def _operation(each: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.summary.en,
        "parameters": [_parameter(parameter) for parameter in each.parameters],
        "responses": _responses(each),
    }
    if each.body:
        shape = {"schema": _reference(each.body.shape)}
        told["requestBody"] = {"required": True, "content": dict.fromkeys(each.body.media, shape)}
    return told


def _responses(each: Operation) -> dict[str, Any]:
    """What an operation may answer; a status may stand for a problem and for an answer of its own."""
    told: dict[str, Any] = {
        str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses(each)
    }
    for status, shapes in each.answers.items():
        answer = _answer(each, shapes)
        if status in statuses(each):
            answer["content"] |= _problem(status)["content"]
        told[str(status)] = answer
    return dict(sorted(told.items()))


def _security(each: Operation, settings: Settings) -> dict[str, Any]:
    """The key of an operation; to search, one is needed only where the site says so."""
    if not each.key:
        return {}
    free = each.key == "public" and settings.require_key == "no"
    return {"security": [*([{}] if free else []), {each.key: []}]}


def _answer(each: Operation, shapes: tuple[type, ...]) -> dict[str, Any]:
    return {"description": each.summary.en, "content": {each.media: {"schema": _schema(each, shapes)}}}


def _schema(each: Operation, shapes: tuple[type, ...]) -> dict[str, Any]:
    references = [_reference(shape) for shape in shapes]
    if len(references) > 1:
        return {"anyOf": references}
    return references[0] if references else {"type": "object" if each.media == JSON else "string"}


def _parameter(each: Parameter) -> dict[str, Any]:
    told = {
        "name": each.name,
        "in": each.place,
        "required": each.place == "path",
        "description": each.meaning.en,
        "schema": dict(each.schema),
    }
    if "uniqueItems" in each.schema:  # a list in one value, parted by commas
        told |= {"style": "form", "explode": False}
    return told | ({"example": each.example} if each.example else {})


def _reference(shape: type) -> dict[str, Any]:
    return {"$ref": f"{PLACE}{shape.__name__}"}


def _components(table: Iterable[Operation]) -> dict[str, Any]:
    bodies = [each.body.shape for each in table if each.body]
    answers = [shape for each in table for shapes in each.answers.values() for shape in shapes]
    used = sorted({status for each in table for status in statuses(each)})
    keys = {each.key: SECURITY for each in table if each.key}
    parts: dict[str, Any] = {
        "schemas": schemas([Problem, *bodies, *answers]),
        "responses": {str(status): _problem(status) for status in used},
    }
    return parts | ({"securitySchemes": keys} if keys else {})


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": "; ".join(titles(status)),
        "content": {PROBLEM_JSON: {"schema": _reference(Problem)}},
    }
