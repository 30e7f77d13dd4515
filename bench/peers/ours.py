"""Our own search, as pages and API have it: from the text typed to the finished response."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from kashshaf.index.settings import Settings, override
from kashshaf.search_app.query.parameters import read
from kashshaf.search_app.results.service import SearchService

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def opened(folder: Path) -> Callable[[str], object]:
    """Ten hits with their passages marked and their comments joined, as JSON."""
    settings = override(Settings(), index=folder)
    service = SearchService(settings)
    service.warm_up()

    def search(text: str) -> object:
        return orjson.dumps(service.search(read({"q": [text]}, settings)))

    return search
