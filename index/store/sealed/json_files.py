"""Small JSON files of the store: written whole, each with a checksum of its own content.

Reading does not compare it, so that what is old or foreign is told as that; ``check_json`` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

import orjson

from kashshaf.index.disk import write_whole
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OWN = "checksum"
"""The key of the checksum: the CRC-32 of the file as it would be without it."""


def read_json(path: Path) -> dict[str, Any]:
    """Read an object without its checksum; raises BrokenIndexError where there is none."""
    try:
        data = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise BrokenIndexError(
            f"{path} is missing or damaged; rebuild with: kashshaf reindex SOURCE"
        ) from error
    if not isinstance(data, dict):
        raise _damaged(path)
    return {key: value for key, value in data.items() if key != OWN}


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Replace the file in one step; raises NoSpaceError or IndexingError."""
    write_whole(path, _written(data))


def check_json(path: Path) -> None:
    """Raise BrokenIndexError unless the file is, byte by byte, as ``write_json`` wrote it."""
    data = read_json(path)
    if path.read_bytes() != _written(data):
        raise _damaged(path)


def _written(data: Mapping[str, Any]) -> bytes:
    return _dumped({**data, OWN: crc32(_dumped(data))})


def _dumped(data: Mapping[str, Any]) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_INDENT_2)


def _damaged(path: Path) -> BrokenIndexError:
    return BrokenIndexError(f"{path} is damaged; rebuild with: kashshaf reindex SOURCE")
