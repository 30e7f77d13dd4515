"""The engine of a rebuild: the one that is asked for, else the one that the index has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from kashshaf.index.engine import Engine, open_engine
from kashshaf.index.errors import BrokenIndexError, NoIndexError
from kashshaf.index.settings import ENGINES

if TYPE_CHECKING:
    from kashshaf.index.store.generations import Store

NEW = ENGINES[0]
"""The engine of a first index."""


def chosen_engine(store: Store, asked: str) -> Engine:
    """The engine by the name ``asked`` for; if that is empty, the index's own, whatever format it has."""
    return open_engine(asked or _present(store) or NEW)


def _present(store: Store) -> str:
    """The name of the engine of the generation that serves; empty where that cannot be told."""
    try:
        name = orjson.loads((store.current().folder / "manifest.json").read_bytes())["engine"]
    except (NoIndexError, BrokenIndexError, OSError, ValueError, KeyError, TypeError):
        return ""
    return name if name in ENGINES else ""
