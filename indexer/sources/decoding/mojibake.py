"""Arabic that was decoded wrongly and saved so: «ط§ظ„ط³ظ„ط§ظ…», «Ø§Ù„Ø³Ù„Ø§Ù…», «ÇáÓáÇã» are «السلام».

Read back are UTF-8 that was taken for windows-1256, windows-1252 or Latin-1, and windows-1256 that was taken
for one of the last two. The rules are strict, so that no good text is altered: a piece of text (a line, or
what stands between two tags) is mended as a whole or not at all, nearly all of what is not ASCII in it must
have been such bytes, and what they make must be Arabic words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kashshaf.analyzers.letters import (
    ALEF,
    BEH,
    HEH,
    LAM,
    LETTERS,
    MARKS,
    MEEM,
    NOON,
    REH,
    TEH,
    TEH_MARBUTA,
    WAW,
    YEH,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MOST_TIMES = 3
"""A text that went through such hands more often than that is left."""
_SHARE = 0.9
"""Share of what is not ASCII in a piece: the rest may be signs added later, or bytes that were lost."""
_EVERYDAY = (ALEF, LAM, YEH, MEEM, WAW, NOON, REH, TEH, TEH_MARBUTA, HEH, BEH)
_EVERYDAY_SHARE = 0.4
"""Share of these letters in a piece; in Arabic text they are over half."""
_MIXED = 0.05
"""Letters with accents beside plain ones, of all with accents: more is a European language."""

_WORD = re.compile(f"[{LETTERS}{MARKS}]{{3,}}")
_LONG_WORD = re.compile(f"[{LETTERS}{MARKS}]{{4,}}")
_ARABIC = re.compile(f"[{LETTERS}{MARKS}]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_ACCENTED_BESIDE_PLAIN = re.compile("[A-Za-z][\u00c0-\u00ff]|[\u00c0-\u00ff][A-Za-z]")
_PIECE = re.compile(r"[^\n<>]+")
_HAH = "\u062d".encode()
_LOST_HAH = re.compile(rb"\xd8(?![\x80-\xbf])(?!\Z)")
"""The second byte of this letter alone shows as nothing (a soft hyphen), so that many programs drop it."""
_LOST = re.compile(rb"[\xd8\xd9](?![\x80-\xbf])")
REPLACEMENT = "\ufffd"

SIGNS = (
    "\x80-\x9f\u00a7-\u00aa\u00ac-\u00b6\u00b8\u00b9\u00c0-\u00ff"
    "\u0192\u02c6\u0679\u06be\u201a\u201e\u2020\u2021\u2030"
)
"""Inside of a character class: one of these stands in every piece of such text of more than a word or two.

They are rare in good Arabic: quotation marks, dashes and the letters of Persian are not among them.
"""
_SIGN = re.compile(f"[{SIGNS}]")


@dataclass(frozen=True, slots=True)
class _Way:
    """One wrong decoding: ``table`` takes characters to the bytes they were (as Latin-1).

    ``sequences`` are runs of whole UTF-8 characters; in ``runs`` some may have lost their second byte.
    """

    name: str
    table: dict[int, int]
    sequences: re.Pattern[str]
    runs: re.Pattern[str]


def _table(codec: str) -> dict[int, int]:
    """Characters of a code page's upper half -> bytes; those it lacks were taken for control characters."""
    made = {ord(char): value for value in range(0x80, 0x100) if (char := _decoded(codec, value))}
    controls = {value: value for value in range(0x80, 0xA0)}
    return made if len(made) == 0x80 else controls | made


def _decoded(codec: str, value: int) -> str:
    return bytes((value,)).decode(codec, "ignore")


def _way(name: str, codec: str) -> _Way:
    table = _table(codec)

    def of(first: int, last: int) -> str:
        return "".join(re.escape(chr(char)) for char, value in table.items() if first <= value <= last)

    more = f"[{of(0x80, 0xBF)}]"
    two, three, four = (
        f"[{of(first, last)}]{more}{{{count}}}"
        for first, last, count in ((0xC2, 0xDF, 1), (0xE0, 0xEF, 2), (0xF0, 0xF4, 3))
    )
    whole = f"{two}|{three}|{four}"
    runs = re.compile(f"(?:{whole}|[{of(0xD8, 0xD9)}])+")
    return _Way(f"UTF-8 that had been taken for {name}", table, re.compile(f"(?:{whole})+"), runs)


_WAYS = (_way("windows-1256", "cp1256"), _way("windows-1252 or Latin-1", "cp1252"))
_LATIN = _table("cp1252")
_LEGACY = "windows-1256 that had been taken for windows-1252 or Latin-1"


def mend(text: str, say: Callable[[str], None]) -> str:
    """The text with wrongly decoded pieces read back; ``say`` is told each way that was used.

    Once pieces of a text have shown the way it went, those too short to show it are read back in that way.
    """
    if not _SIGN.search(text):
        return text
    known: dict[str, None] = {}
    mended = _PIECE.sub(lambda found: _mended(found[0], known), text)
    if known:
        sure = dict(known)
        mended = _PIECE.sub(lambda found: _mended(found[0], sure, sure=True), mended)
    for name in known:
        say(f"{name} was read back")
    if mended.count(REPLACEMENT) > text.count(REPLACEMENT):
        say(f"letters that had been lost before stand as {REPLACEMENT}")
    return mended


def _mended(piece: str, known: dict[str, None], *, sure: bool = False) -> str:
    """The piece as it was, the ways it went added to ``known``; ``sure``: by these ways, without proof."""
    if not sure and not _SIGN.search(piece):
        return piece
    text, names = _as_utf8(piece, known if sure else None)
    if names and (sure or (_WORD.search(text) and _is_arabic(text))):
        known |= dict.fromkeys(names)
        return text
    if (not sure or _LEGACY in known) and (text := _as_legacy(piece, _WORD if sure else _LONG_WORD)):
        known[_LEGACY] = None
        return text
    return piece


def _as_utf8(piece: str, among: Iterable[str] | None) -> tuple[str, list[str]]:
    """The piece read back as UTF-8, and the ways it went; some texts went one twice."""
    names: list[str] = []
    ways = [way for way in _WAYS if among is None or way.name in among]
    for _ in range(_MOST_TIMES):
        found = next(((way, text) for way in ways if (text := _once(piece, way))), None)
        if found is None:
            break
        names.append(found[0].name)
        piece = found[1]
    return piece, names


def _once(piece: str, way: _Way) -> str:
    """The piece one wrong decoding before; empty if too little of it went that way."""
    covered = sum(found.end() - found.start() for found in way.sequences.finditer(piece))
    if not covered or covered < _SHARE * len(_NOT_ASCII.findall(piece)):
        return ""
    text = way.runs.sub(lambda found: _utf8(found[0], way), piece)
    return text if text != piece else ""


def _utf8(run: str, way: _Way) -> str:
    """The text that a run of bytes is in UTF-8; itself if it is none, or has no whole character."""
    if not way.sequences.search(run):
        return run
    raw = run.translate(way.table).encode("latin-1")
    try:
        return _LOST.sub(REPLACEMENT.encode(), _LOST_HAH.sub(_HAH, raw)).decode("utf-8")
    except UnicodeDecodeError:
        return run


def _as_legacy(piece: str, word: re.Pattern[str]) -> str:
    """The piece read back as windows-1256; empty if it was not."""
    strange = len(_NOT_ASCII.findall(piece))
    if len(_ACCENTED_BESIDE_PLAIN.findall(piece)) > _MIXED * strange:
        return ""
    raw = piece.translate(_LATIN).encode("latin-1", "replace")
    text = raw.decode("cp1256")
    lost = raw.count(b"?") - piece.count("?")
    everyday = sum(map(text.count, _EVERYDAY))
    if lost or not word.search(text) or everyday < _EVERYDAY_SHARE * strange:
        return ""
    return text if _is_arabic(text) else ""


def _is_arabic(text: str) -> bool:
    """True if at least half of what is not ASCII is Arabic letters."""
    return 2 * len(_ARABIC.findall(text)) >= len(_NOT_ASCII.findall(text))
