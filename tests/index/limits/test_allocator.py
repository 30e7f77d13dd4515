"""The bounds on the C library's memory: kept where it has them, passed over where not."""

from __future__ import annotations

import ctypes
from types import SimpleNamespace

import pytest

from kashshaf.index.limits import allocator


@pytest.mark.parametrize("call", [allocator.bound_heaps, allocator.give_back])
def test_a_library_without_them_is_passed_over(monkeypatch: pytest.MonkeyPatch, call: object) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: SimpleNamespace())
    assert callable(call)
    call()


def test_the_bounds_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    library = SimpleNamespace(
        mallopt=lambda *given: asked.append(("mallopt", *map(str, given))),
        malloc_trim=lambda *given: asked.append(("malloc_trim", *map(str, given))),
    )
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: library)
    allocator.bound_heaps()
    allocator.give_back()
    assert asked == [("mallopt", "-8", "2"), ("malloc_trim", "0")]
