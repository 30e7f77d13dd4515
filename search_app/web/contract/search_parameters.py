"""The parameters of a search as the contract has them, made of the tables that requests are checked by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kashshaf.search_app.query.parameters import (
    CHOICES,
    FACETS,
    FLAGS,
    MAX_REPEATS,
    MAX_TEXT,
    MAX_VALUE,
    NUMBERS,
    PARAMETERS,
    REPEATABLE,
)
from kashshaf.search_app.web.contract import sentences
from kashshaf.search_app.web.contract.operation import Parameter, Said

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings

EXAMPLES = {"q": "الميناء"}


def search_parameters(settings: Settings) -> tuple[Parameter, ...]:
    """Every parameter of ``/api/v1/search``, in the order of ``PARAMETERS``."""
    arabic = sentences.of_parameters()
    return tuple(
        Parameter(name, _schema(name, settings), Said(meaning, arabic[name]), example=EXAMPLES.get(name, ""))
        for name, meaning in PARAMETERS.items()
    )


def text_parameter(meaning: Said) -> Parameter:
    """The parameter ``q`` of an operation that takes a text."""
    return Parameter("q", {"type": "string", "maxLength": MAX_TEXT}, meaning, example=EXAMPLES["q"])


def _schema(name: str, settings: Settings) -> dict[str, Any]:
    """The JSON Schema of a parameter."""
    value = {"type": "string", "maxLength": MAX_TEXT if name == "q" else MAX_VALUE}
    if name in REPEATABLE:
        return {"type": "array", "items": value, "maxItems": MAX_REPEATS}
    if name in CHOICES:
        return _choice(CHOICES[name])
    if name in NUMBERS:
        default = settings.page_size if name == "size" else 1
        return {"type": "integer", "minimum": 1, "maximum": NUMBERS[name], "default": default}
    if name == "facets":
        return {"type": "array", "items": {"type": "string", "enum": [*FACETS]}, "uniqueItems": True}
    return {**_choice(tuple(FLAGS)), "default": "0"} if name == "explain" else value


def _choice(among: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "string", "enum": [*among], "default": among[0]}
