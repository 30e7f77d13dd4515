"""The check that files are as they were written: each of Tantivy's ends with a checksum."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

import orjson

from kashshaf.index.engines.errors import MEND, parsing
from kashshaf.index.engines.tantivy.open_index import META
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from pathlib import Path

_WORD = 4
_AT_ONCE = 1 << 20


def segments(folder: Path) -> list[dict[str, Any]]:
    """The segments that the last commit names, as Tantivy writes them."""
    with parsing("read"):
        found: list[dict[str, Any]] = orjson.loads((folder / META).read_bytes())["segments"]
    return found


def check_files(folder: Path) -> None:
    """Raise BrokenIndexError unless every file of the last commit has the checksum it was written with."""
    for segment in segments(folder):
        name = str(segment["segment_id"]).replace("-", "")
        for file in sorted(folder.glob(f"{name}.*")):
            if not _is_whole(file):
                raise BrokenIndexError(f"the index is damaged: {file.name} has changed; {MEND}")


def _is_whole(file: Path) -> bool:
    """The body, then its checksum in a JSON object, then the length of that, then a mark."""
    with file.open("rb") as opened:
        size = opened.seek(0, 2)
        opened.seek(max(0, size - 2 * _WORD))
        footer = int.from_bytes(opened.read(_WORD), "little")
        body = size - footer - 2 * _WORD
        if body < 0:
            return False
        opened.seek(body)
        try:
            expected = json.loads(opened.read(footer))["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        opened.seek(0)
        found = 0
        while body > 0:
            part = opened.read(min(body, _AT_ONCE))
            found = zlib.crc32(part, found)
            body -= len(part) or body
    return bool(found == expected)
