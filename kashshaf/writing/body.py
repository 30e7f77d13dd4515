"""Reads the bodies of the write API: one JSON object, or one a line; within bounds."""

from __future__ import annotations

from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from flask import request as http
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from kashshaf.indexer.sources.outcome import UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterator

MEGABYTE = 1_000_000
MOST_LINES = 1_000
"""Articles of one request: they are one commit, and other writes wait for it."""
OBJECT = "application/json"
LINES = ("application/x-ndjson", "application/jsonl")
UNKNOWN_TYPE = f"the body is of no type that is read; send it as Content-Type: {OBJECT}, or {LINES[0]}"
PACKED = "the body is packed; send it as it is, without Content-Encoding"


class Line(NamedTuple):
    """A line that is not empty: its number, from 1, and its value, or what is wrong with it."""

    number: int
    value: Any
    fault: str = ""


def is_lines() -> bool:
    """Tell whether the request has an object a line; 415 for a body that is of no type that is read."""
    if http.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaType(PACKED)
    if http.mimetype not in (OBJECT, *LINES):
        raise UnsupportedMediaType(UNKNOWN_TYPE)
    return http.mimetype in LINES


def read_object(megabytes: int) -> Any:
    """The value of the body; 413 for one that is too large, 400 for what is no JSON."""
    try:
        return _value(_read(megabytes))
    except UnfitError as error:
        raise BadRequest(f"the body cannot be read: {error}") from error


def read_lines(megabytes: int) -> list[Line]:
    """The lines of the body; 413 where it, or their number, is too large."""
    lines = list(islice(_lines(_read(megabytes)), MOST_LINES + 1))
    if len(lines) > MOST_LINES:
        raise RequestEntityTooLarge(
            f"the body has more than {MOST_LINES:,} lines; send {MOST_LINES:,} at a time"
        )
    return lines


def _lines(body: bytes) -> Iterator[Line]:
    for number, line in enumerate(BytesIO(body), 1):
        if line.strip():
            try:
                yield Line(number, _value(line))
            except UnfitError as error:
                yield Line(number, None, str(error))


def _read(megabytes: int) -> bytes:
    http.max_content_length = megabytes * MEGABYTE
    try:
        return http.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise RequestEntityTooLarge(
            f"the body is larger than {megabytes} MB; send it in parts, or raise the setting write_megabytes"
        ) from error


def _value(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise UnfitError(f"it is not JSON: {error.msg} at character {error.pos + 1}") from error
