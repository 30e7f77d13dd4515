"""Kashshaf: search for Arabic news sites.

``open_index``, ``Client``, ``AsyncClient`` and ``ApiError`` are for programs (``docs/python.md``). Each is
imported when it is asked for: the command line starts without them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kashshaf.client import ApiError, AsyncClient, Client
    from kashshaf.embedded import OpenIndex, open_index

__all__ = ["ApiError", "AsyncClient", "Client", "OpenIndex", "open_index"]

_MODULES = {
    "ApiError": "client",
    "AsyncClient": "client",
    "Client": "client",
    "OpenIndex": "embedded",
    "open_index": "embedded",
}


def __getattr__(name: str) -> object:
    """Import a name of ``__all__``."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
