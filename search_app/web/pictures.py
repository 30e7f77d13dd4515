"""The picture of a hit, where a page may show it."""

from __future__ import annotations


def picture(hit: object) -> str:
    """The address of the picture of a hit; empty where there is none."""
    return str(hit.get("image", "")) if isinstance(hit, dict) else ""
