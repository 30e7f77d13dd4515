"""The digest of a contract: another one as soon as anything in it but its version changes."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

LENGTH = 12


def digest(contract: dict[str, Any]) -> str:
    """The first hexadecimal digits of the SHA-256 of an OpenAPI document without its version."""
    info = {name: value for name, value in contract["info"].items() if name != "version"}
    whole = orjson.dumps({**contract, "info": info}, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(whole).hexdigest()[:LENGTH]
