"""A log with rows of known hours, written as the server writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.search_app.usage import log as log_module
from kashshaf.search_app.usage.log import Clicked, Searched, UsageLog

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 500_000
"""The present hour of these tests."""


def stems(text: str) -> str:
    """A stand-in for stems: words without the article, sorted."""
    return " ".join(sorted(word.removeprefix("ال") for word in text.split()))


def write(path: Path, *entries: tuple[int, Searched | Clicked], days: int = 90) -> None:
    """Write entries, each so many hours ago."""
    for ago, entry in entries:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(log_module, "this_hour", lambda ago=ago: HOUR - ago)
            log = UsageLog(path, days, stems)
            log.put(entry)
            log.close()


def found(query: str, full: int = 3, partial: int = 0, target: str = "articles") -> Searched:
    return Searched(query, target, full, partial)
