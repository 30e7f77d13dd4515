"""Pictures as JSON states them: text, object, lists of both."""

from __future__ import annotations

import pytest

from kashshaf.indexer.sources.pictures.stated import addresses

CASES: list[tuple[object, list[str]]] = [
    ("a", ["a"]),
    (["a", {"url": "b"}, 3, None], ["a", "b"]),
    ({"@type": "ImageObject", "contentUrl": "a", "@id": "b"}, ["a"]),
    ({"@id": "a", "width": 3}, ["a"]),
    ({"url": ["a", "b"]}, ["a", "b"]),
    ({"url": {"url": "a"}}, []),
    ({"src": "a"}, ["a"]),
    ([["a"]], []),
    (None, []),
    (True, []),
    ({}, []),
]


@pytest.mark.parametrize(("value", "found"), CASES, ids=[str(value) for value, _ in CASES])
def test_addresses_in_a_value(value: object, found: list[str]) -> None:
    assert list(addresses(value)) == found


def test_a_list_without_end_is_cut() -> None:
    assert len(list(addresses(["a"] * 100_000))) == len(list(addresses(["a"] * 1_000)))
