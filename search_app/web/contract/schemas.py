"""Shapes as JSON Schemas: each TypedDict once, by its name, with a sentence on each of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, is_typeddict

from mashumaro.jsonschema import OPEN_API_3_1, JSONSchemaBuilder
from mashumaro.jsonschema.models import JSONSchema
from mashumaro.jsonschema.plugins import BasePlugin

from kashshaf.search_app.web.contract import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mashumaro.jsonschema.models import Context
    from mashumaro.jsonschema.schema import Instance

    from kashshaf.search_app.web.contract.operation import Said

PLACE = "#/components/schemas/"


class _ByName(BasePlugin):
    """Keeps the schema of each TypedDict by its name, and puts a reference in its place."""

    def __init__(self) -> None:
        self.found: dict[str, JSONSchema] = {}

    def get_schema(
        self, instance: Instance, ctx: Context, schema: JSONSchema | None = None
    ) -> JSONSchema | None:
        """Return the reference to a TypedDict; None for any other type."""
        del ctx
        if schema is None or not is_typeddict(instance.type):
            return None
        schema.additionalProperties = None  # a field may be added within a version
        self.found[instance.type.__name__] = schema
        return JSONSchema(reference=f"{PLACE}{instance.type.__name__}")


def schemas(shapes: Iterable[type]) -> dict[str, dict[str, Any]]:
    """The schemas of some TypedDicts and of all that they hold, by name, in alphabetical order."""
    named = _ByName()
    builder = JSONSchemaBuilder(OPEN_API_3_1, plugins=[named])
    for shape in shapes:
        builder.build(shape)
    told = sentences.of_fields()
    return {name: _told(name, named.found[name].to_dict(), told) for name in sorted(named.found)}


def _told(shape: str, schema: dict[str, Any], told: dict[str, Said]) -> dict[str, Any]:
    properties = {
        field: {**row, "description": sentences.of_field(shape, field, told).en}
        for field, row in schema["properties"].items()
    }
    return {**schema, "properties": properties}
