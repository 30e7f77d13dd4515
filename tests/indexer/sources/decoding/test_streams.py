"""Streams as text: the encoding is told by their head, wherever that is cut."""

from __future__ import annotations

from io import BufferedReader, BytesIO

import pytest

from kashshaf.indexer.sources.decoding import streams
from kashshaf.indexer.sources.decoding.streams import TextStream

PROLOG = b"<?xml version='1.0' encoding='UTF-8'?>"
NEWS = "خبر 😀"


def told(raw: bytes) -> tuple[str, str, list[str]]:
    text = TextStream(BufferedReader(BytesIO(raw)))
    return "".join(text.pieces()), text.encoding, text.mended()


@pytest.mark.parametrize("prolog", [b"", PROLOG])
@pytest.mark.parametrize("cut", range(len(NEWS.encode()) + 1))
def test_a_head_may_be_cut_in_a_letter(prolog: bytes, cut: int) -> None:
    raw = prolog + b"x" * (streams._HEAD - len(prolog) - cut) + NEWS.encode() * 2
    assert told(raw) == (raw.decode(), "utf-8", [])


@pytest.mark.parametrize("prolog", [b"", PROLOG])
@pytest.mark.parametrize("length", [300, streams._HEAD + 100])
def test_what_is_not_utf_8_is_not_taken_for_it(prolog: bytes, length: int) -> None:
    news = "افتتاح الجسر الجديد".encode("windows-1256")
    raw = prolog + b"x" * (length - len(prolog) - len(news) - 150) + news
    raw += b"x" * (length - len(raw))
    assert told(raw)[:2] == (raw.decode("windows-1256"), "windows-1256")


def test_a_short_text_is_not_cut() -> None:
    raw = b"title\n" + "خبر".encode("windows-1256")
    assert told(raw)[1] == "windows-1256"
