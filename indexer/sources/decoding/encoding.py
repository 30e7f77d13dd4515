r"""Decodes bytes into text; every file comes in through here.

In order: a byte order mark; UTF-16 without a mark, by where its NULs stand; strict UTF-8; UTF-8 with a few
bad bytes; ISO-8859-6 where it is declared and fits; what faust-cchardet says, where that is an encoding
Arabic was written in; windows-1256. Text that was decoded wrongly before it was saved is read back
(:mod:`kashshaf.indexer.sources.decoding.mojibake`), and so is text that stands in visual order
(:mod:`kashshaf.indexer.sources.decoding.visual_order`). It leaves in NFC, without NUL, lone surrogates or
control characters, its lines parted by ``\\n``.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cchardet

from kashshaf.analyzers.letters import PRESENTED
from kashshaf.indexer.sources.decoding import mojibake, visual_order
from kashshaf.indexer.sources.decoding.unpack import HEAD
from kashshaf.indexer.sources.outcome import Mended, UnfitError

if TYPE_CHECKING:
    from collections.abc import Callable

ARABIC_FALLBACK = "windows-1256"
ISO = "iso-8859-6"
_DETECTED = (ARABIC_FALLBACK, ISO)
"""Outcomes of the detector that are believed; it also names encodings no Arabic paper was ever written in."""
BYTE_ORDER_MARK = "\ufeff"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16's, which it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200_000
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_BAD_BYTES = 0.02
"""Share of the non-ASCII characters that may be broken in a text that is still taken for UTF-8."""
_CONTROLS = 0.03
_NULS = 0.001

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_MOST_MARKS = 30
"""UAX #15: normalization of longer runs takes time that grows with their square."""
_PILED = re.compile(rf"[^\w\s]{{{_MOST_MARKS + 1},}}")
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs by their category that show nothing: Hangul fillers, the empty Braille cell."""
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ROUGH = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff{mojibake.SIGNS}{PRESENTED}]"
)
"""Quick test: a text that needs cleaning contains one of these characters."""
_STRIDE = 7
_PILED_SAMPLE = re.compile(rf"[^\w\s]{{{_MOST_MARKS // _STRIDE},}}")
"""A run of piled marks, seen through every seventh character."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text; ``mended`` is empty if the bytes told their encoding plainly."""

    text: str
    encoding: str
    mended: tuple[str, ...] = ()


def decode(raw: bytes) -> Decoded:
    """The text of a file. Raises UnfitError for an empty or a binary one."""
    if not raw.strip(b"\0 \t\r\n\x0c"):
        raise UnfitError("the file is empty")
    text, encoding, guessed = _marked(raw) or _unmarked(raw)
    notes = Mended()
    text = mojibake.mend(text, notes.say).removeprefix(BYTE_ORDER_MARK)
    text = visual_order.mend(text, notes.say)
    _refuse_binary(text)
    guessed = guessed and encoding != _declared(raw)
    mended = [f"the bytes are not UTF-8 and were read as {encoding}"] if guessed else []
    mended.extend(notes.sentences())
    if (bad := text.count("\ufffd")) and "\ufffd".encode() not in raw:
        mended.append(f"{bad} bytes that are not {encoding} were replaced")
    if _CONTROL.search(text):
        mended.append("control characters were taken out")
    return Decoded(clean(text), encoding, tuple(mended))


def clean(text: str, say: Callable[[str], None] | None = None) -> str:
    r"""Text in NFC, without NUL, lone surrogates and control characters, every line end a ``\\n``.

    With ``say``, text that was decoded wrongly before it was saved, or stands in visual order, is read back
    too, and that is said.
    """
    if text.isascii() and text.isprintable():
        return text
    if _ROUGH.search(text):
        text = mojibake.mend(visual_order.mend(text, say), say) if say else text
        text = _CONTROL.sub("", _LINE_ENDS.sub("\n", text))
    if _PILED_SAMPLE.search(text[::_STRIDE]):
        text = _PILED.sub(_fewer_marks, text)
    return unicodedata.normalize("NFC", text)


def shown(text: str) -> str:
    """Text without space at its ends; empty if nothing in it can be seen (direction marks, joiners)."""
    text = text.strip()
    return text if any(map(_is_seen, text)) else ""


def _is_seen(char: str) -> bool:
    """A letter, digit, sign or symbol: marks need one to stand on."""
    return unicodedata.category(char)[0] in "LNPS" and char not in _FILLERS


def _fewer_marks(piled: re.Match[str]) -> str:
    """Signs and marks with no more marks on one character than Unicode's stream-safe format has."""
    kept: list[str] = []
    marks = 0
    for char in piled[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _marked(raw: bytes) -> tuple[str, str, bool] | None:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace"), encoding, False
    return None


def _unmarked(raw: bytes) -> tuple[str, str, bool]:
    if wide := _wide(raw[:_SAMPLE]):
        return raw.decode(wide, "replace"), wide, True
    try:
        return raw.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        pass
    text = raw.decode("utf-8", "replace")
    if text.count("\ufffd") <= _BAD_BYTES * sum(not char.isascii() for char in text):
        return text, "utf-8", False
    encoding = _detected(raw)
    return raw.decode(encoding, "replace"), encoding, True


def _wide(sample: bytes) -> str | None:
    """UTF-16 has a NUL beside each space and line end, all of them at even or all at odd places."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd < len(sample) / 100 or min(even, odd) > max(even, odd) / 20:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    return encoding if sum(map(_is_letter, text)) > len(text) / 2 else None


def _is_letter(char: str) -> bool:
    """A letter of the scripts up to Arabic: binary data read as UTF-16 looks Chinese."""
    return char.isspace() or (char.isprintable() and char < "\u0780")


def _detected(raw: bytes) -> str:
    """The detector's word for it where it can be believed, else windows-1256.

    ISO-8859-6 lacks letters' places of windows-1256, so that a text in the latter cannot pass for it; the
    detector takes one short text in a hundred for the wrong one of the two.
    """
    if _declared(raw) == ISO and _fits(raw, ISO):
        return ISO
    guess = (cchardet.detect(raw[:_SAMPLE]).get("encoding") or "").lower()
    return guess if guess in _DETECTED and _fits(raw, guess) else ARABIC_FALLBACK


def _fits(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _declared(raw: bytes) -> str:
    """The encoding that a page or an XML file says it has, under its usual name; empty if none is known."""
    found = _DECLARED.search(raw[:HEAD])
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return ""
    return ARABIC_FALLBACK if name == "cp1256" else name.replace("iso8859", "iso-8859")


def _refuse_binary(text: str) -> None:
    sample = text[:_SAMPLE]
    controls = len(_CONTROL.findall(sample))
    if sample.count("\0") > _NULS * len(sample) or controls > _CONTROLS * len(sample):
        raise UnfitError("the file is binary, not text")
