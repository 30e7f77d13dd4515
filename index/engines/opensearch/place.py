"""The place of an index: a file in its folder, with the name that the index has on the cluster.

The name is of the generation, so that indexes of older ones can be told from it. The file is written before
the index is created: whatever happens between, the sweep of the generation finds the name.
"""

from __future__ import annotations

import re
import secrets
import shutil
import socket
from hashlib import blake2b
from typing import TYPE_CHECKING

import orjson

from kashshaf.index.disk import link, sync, writing
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.schema import IndexName

FILE, LOCK = "cluster.json", "writer.lock"
GENERATIONS = "generations"
"""The folder whose folders are named as their generations (``index/store/generations.py``)."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,200}")
MEND = "go back with: kashshaf rollback, or rebuild it with: kashshaf reindex SOURCE"


def new_name(prefix: str, folder: Path, index: IndexName) -> str:
    """Make the name of a new index: prefix, generation (a random word where there is none), what it holds."""
    own = _generation(folder) or f"{secrets.token_hex(6)}"
    return f"{prefix}-{own.lower()}-{index}"


def home_of(folder: Path) -> str:
    """Name the folder of all generations on this machine, by a hash: whose an index on a cluster is."""
    root = folder.resolve()
    for parent in (root, *root.parents):
        if parent.name == GENERATIONS:
            root = parent
    return blake2b(f"{socket.gethostname()}:{root}".encode(errors="replace"), digest_size=12).hexdigest()


def alias_of(name: str) -> str:
    """Name the alias by which an index is written to: where it is gone, a bulk request makes no new one."""
    return f"{name}-write"


def write_name(folder: Path, name: str) -> None:
    """Write the name of an index, lastingly; raises NoSpaceError and IndexingError."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(orjson.dumps({"index": name}))
        sync(folder / FILE)
        sync(folder)


def read_name(folder: Path) -> str:
    """Read the name of the index of a folder; raises BrokenIndexError where there is none."""
    try:
        found = orjson.loads((folder / FILE).read_bytes())["index"]
    except FileNotFoundError:
        raise BrokenIndexError(
            f"there is no index in {folder}; build one with: kashshaf reindex SOURCE"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder) from error
    if not isinstance(found, str) or not _NAME.fullmatch(found):
        raise _damaged(folder)
    return found


def copy_name(folder: Path, to: Path) -> None:
    """Have another folder name the index of ``folder``; raises BrokenIndexError and IndexingError."""
    read_name(folder)
    with writing(to):
        to.mkdir()
        link(folder / FILE, to / FILE)


def forget_name(folder: Path) -> None:
    """Take a folder away."""
    shutil.rmtree(folder, ignore_errors=True)


def _generation(folder: Path) -> str:
    parts = folder.absolute().parts
    if GENERATIONS not in parts[:-1]:
        return ""
    name = parts[len(parts) - 1 - parts[::-1].index(GENERATIONS) + 1]
    return name if _NAME.fullmatch(name.lower()) else ""


def _damaged(folder: Path) -> BrokenIndexError:
    return BrokenIndexError(f"the index is damaged: {folder / FILE} is not as it was written; {MEND}")
