"""An operation of the API: the row that the contract, its page and its tests are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Key = Literal["", "public", "admin"]
"""The API key that an operation asks for: none; one that may search, where the site says so; one that may
write."""
JSON, NDJSON = "application/json", "application/x-ndjson"
ATOM = "application/atom+xml"


class Said(NamedTuple):
    """A sentence in both languages."""

    en: str
    ar: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation: its JSON Schema, its meaning, and a value to try it with."""

    name: str
    schema: Mapping[str, Any]
    meaning: Said
    place: Literal["path", "query"] = "query"
    example: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """The body that an operation takes: its shape (a TypedDict) and the media types it may come as."""

    shape: type
    media: tuple[str, ...] = (JSON,)


@dataclass(frozen=True, slots=True)
class Operation:
    """A method on a path, as OpenAPI writes it (``/api/v1/articles/{id}``).

    ``answers`` are the shapes (TypedDicts) that an answer may have, by its status; none where it is ``media``
    but no JSON of ours. ``problems`` are the statuses that it may fail by, beside those of all. ``attempt``
    is an address that the page offers to open, below the root of the site.
    """

    method: Literal["get", "post", "put", "delete"]
    path: str
    name: str
    summary: Said
    answers: Mapping[int, tuple[type, ...]]
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    media: str = JSON
    problems: tuple[int, ...] = ()
    key: Key = ""
    attempt: str = ""
