"""Pictures as JSON states them: an address, an object that has one, or a list of either (schema.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEYS = ("url", "contentUrl", "@id", "src")
"""Keys of an object's address: those of schema.org's ImageObject, JSON-LD, JSON Feed and other exports."""
_MOST = 50


def addresses(value: object) -> Iterator[str]:
    """Every address in a value, in its order; none where there is nothing of the kind."""
    for each in value[:_MOST] if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            yield from _of_object(each)


def _of_object(value: dict[str, Any]) -> Iterator[str]:
    """The first address that an object has; its url may itself be a list."""
    for key in _KEYS:
        given = value.get(key)
        texts = [each for each in (given if isinstance(given, list) else [given]) if isinstance(each, str)]
        if texts:
            yield from texts[:_MOST]
            return
