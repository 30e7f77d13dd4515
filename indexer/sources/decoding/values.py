"""Values of JSON, of a table or a database as text and as counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.letters import COMMA
from kashshaf.indexer.sources.decoding.encoding import clean, shown

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST_COUNT = 2**53 - 1
"""The largest whole number that every reader of JSON keeps."""
_LONGEST_NUMBER = 40


def count(value: object, least: int = 0) -> int | None:
    """A whole number, also written with commas; None for any other value and for what no count can be.

    ``least``: the smallest that it can be; votes may be less than none.
    """
    if isinstance(value, bool) or (isinstance(value, str) and len(value) > _LONGEST_NUMBER):
        return None
    try:
        number = int(str(value).replace(",", "").strip())
    except ValueError:  # also for more digits than Python takes
        return None
    return number if least <= number <= LARGEST_COUNT else None


def plain(value: object, say: Callable[[str], None] | None = None) -> str | None:
    """A value as text: a number written out, a list joined, an object's name; None for any other.

    With ``say``, text that was decoded wrongly before it was saved is read back, and that is said.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return shown(clean(value, say))
    if isinstance(value, dict):
        return plain(value["name"], say) if isinstance(value.get("name"), str) else None
    if isinstance(value, list):
        parts = [plain(part, say) for part in value if not isinstance(part, list)]
        return None if None in parts else f"{COMMA} ".join(part for part in parts if part)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
