"""Kashshaf: search for Arabic news sites.

``open_index``, ``Client``, ``AsyncClient`` and ``ApiError`` are for programs (``docs/python.md``). Each is
imported when it is asked for: the command line starts without them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kashshaf.library.client import ApiError, AsyncClient, Client
    from kashshaf.library.embedded import OpenIndex, open_index

__all__ = ["ApiError", "AsyncClient", "Client", "OpenIndex", "open_index"]

_MODULES = {
    "ApiError": "library.client",
    "AsyncClient": "library.client",
    "Client": "library.client",
    "OpenIndex": "library.embedded",
    "open_index": "library.embedded",
}


def __getattr__(name: str) -> object:
    """Import a name of ``__all__``."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
