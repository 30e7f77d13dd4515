"""Bytes as text, in the encoding that their head tells: a piece at a time, line by line, or whole."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from kashshaf.indexer.sources.decoding import encoding
from kashshaf.indexer.sources.outcome import UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.indexer.sources.decoding.unpack import Peekable

LARGEST_PAGE = 50_000_000
"""Bytes of a page, unpacked. Files of many articles are read as streams and have no bound."""

_HEAD = 200_000
"""Bytes by which the encoding is told."""
_LONGEST_LETTER = 4
"""Bytes of a letter in UTF-8 and whatever else files are in: a head may be cut in the last one."""
_CHUNK = 1 << 16
_MEGABYTE = 1_000_000
_STATED = re.compile(rb"""\A\s{0,100}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._-]{1,40})""")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML forbids."""
_WIDE = ("utf-16", "utf-32")
CONTROLS_OUT = "control characters were taken out"


class TextStream:
    """A stream of bytes as text, a piece at a time, without characters that cannot be.

    The encoding is the one stated, if the head fits it, else as
    :func:`kashshaf.indexer.sources.decoding.encoding.decode` tells it from the head. Raises
    UnfitError for an empty or a binary stream.
    """

    def __init__(self, stream: Peekable) -> None:
        self._stream = stream
        self._head = stream.read(_HEAD)
        self.encoding = _stated(self._head) or encoding.decode(_whole(self._head)).encoding
        self._decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        self._odd = False
        self._replaced = 0

    def pieces(self) -> Iterator[str]:
        """The text from its beginning, without its byte order mark."""
        raw, first = self._head, True
        while raw:
            text = self._decoder.decode(raw)
            yield self._plain(text.removeprefix("\ufeff") if first else text)
            raw, first = self._stream.read(_CHUNK), False
        yield self._plain(self._decoder.decode(b"", final=True))

    def _plain(self, text: str) -> str:
        plain = _CONTROL.sub("", text) if _CONTROL.search(text) else text
        self._odd = self._odd or len(plain) != len(text)
        self._replaced += text.count("\ufffd")
        return plain

    def mended(self) -> list[str]:
        """A sentence for each thing that had to be put right so far."""
        sentences = [CONTROLS_OUT] if self._odd else []
        if self._replaced:
            sentences.append(f"{self._replaced} bytes that are not {self.encoding} were replaced")
        return sentences


def whole(stream: Peekable) -> encoding.Decoded:
    """All of a stream as text. Raises UnfitError for one that is empty, binary, or larger than a page."""
    raw = stream.read(LARGEST_PAGE + 1)
    if len(raw) > LARGEST_PAGE:
        raise UnfitError(f"the page is larger than {LARGEST_PAGE // _MEGABYTE} MB")
    return encoding.decode(raw)


def lines(text: TextStream, longest: int) -> Iterator[str | None]:
    """The lines with their ends; None for one of more than ``longest`` characters, which is passed over."""
    held: list[str] = []
    length = 0
    for piece in text.pieces():
        for part in piece.splitlines(keepends=True):
            length += len(part)
            held.append(part)
            if length > longest:
                held.clear()
            if part.endswith(("\n", "\r")):
                yield "".join(held) if length <= longest else None
                held.clear()
                length = 0
    if length:
        yield "".join(held) if length <= longest else None


def _whole(head: bytes) -> bytes:
    """A head without the beginning of a letter of UTF-8 that it was cut in."""
    if len(head) < _HEAD:
        return head
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    decoder.decode(head)
    return head[: len(head) - len(decoder.getstate()[0])]


def _stated(head: bytes) -> str:
    """The encoding that an XML file says it has, if it is known and the head can be read by it."""
    found = _STATED.match(head.removeprefix(codecs.BOM_UTF8))
    if not found:
        return ""
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
        head.decode(name)
    except UnicodeDecodeError as error:
        if len(head) < _HEAD or error.start <= len(head) - _LONGEST_LETTER:
            return ""
    except (LookupError, UnicodeError):
        return ""
    return "" if name.startswith(_WIDE) else name  # ASCII could be read, so it is none of these
