"""The picture of a hit, as a page may show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search_app.results.shapes import ArticleHit


def picture(hit: ArticleHit) -> str:
    """The address of the picture of a hit; empty where there is none."""
    return str(hit.get("image", ""))
