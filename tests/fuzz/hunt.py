"""The hunt: cases of the corpus cut, joined and damaged by Hypothesis, until one brings out a fault."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import SearchStrategy

    from tests.fuzz.targets import Target

LARGEST = 20_000
"""Bytes of a case."""
PATIENCE = 60.0
"""Seconds that a case may take to be made smaller."""
_HOSTILE = [
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\xc2\x85", b"\xe2\x80\xa8", b"\r", b"\n",
    b"<", b">", b"&", b'"', b"'", b"\\", b"%", b"]]>", b"<!--", b"<![CDATA[", b"&#0;", b"&#xD800;", b"{",
    b"[", b"9" * 30, b"-1", b"1e999", b"null", b"\\ud800", b"(" * 30, b"\xd9\x8e" * 40, b"\xd9\x80",
    b"\xe2\x80\x8f", b"00:60", b"+99:99", b"9999", b"0001", b"\xd9\xa3", b"\xf0\x9f\x98\x80", b"\xd9\x88",
    b"\xd8\xa3\xd9\x88",
]  # fmt: skip
"""Pieces that many programs have stumbled on: ends of text, marks, numbers, brackets, years at the edges."""
_WORD = re.compile(rb"<[^<>]*>|[^\s<>]+")
_STRAY = st.sampled_from(_HOSTILE) | st.binary(max_size=12)


def _part(case: bytes, start: int, length: int) -> bytes:
    return case[start % (len(case) + 1) :][:length]


def _damaged(case: bytes, edits: Sequence[tuple[int, int, bytes]]) -> bytes:
    """A case with some of its bytes taken out, and others put there."""
    for place, length, put in edits:
        at = place % (len(case) + 1)
        case = case[:at] + put + case[at + length :]
    return case


def _words(cases: Sequence[bytes]) -> list[bytes]:
    """The distinct words and tags of the cases."""
    return list(dict.fromkeys(word for case in cases for word in _WORD.findall(case[:LARGEST]))) or [b""]


def inputs(cases: Sequence[bytes]) -> SearchStrategy[bytes]:
    """Bytes like those of the cases: one that is damaged, parts or words of several, or any bytes."""
    known, place, length = st.sampled_from(cases), st.integers(0, LARGEST), st.integers(0, 400)
    part = st.builds(_part, known, place, length)
    edits = st.lists(st.tuples(place, st.integers(0, 12), _STRAY | part), max_size=6)
    joined = st.lists(part | _STRAY, max_size=8).map(b"".join)
    words = st.lists(st.sampled_from(_words(cases)) | _STRAY, max_size=12).map(b" ".join)
    made = st.builds(_damaged, known, edits) | joined | words | st.binary(max_size=200)
    return made.map(lambda raw: raw[:LARGEST])


def smaller(target: Target, raw: bytes) -> bytes:
    """A case without the bytes that its fault does not need, as far as ``PATIENCE`` goes.

    Hypothesis makes edits fewer, but knows nothing of the bytes within a case of the corpus.
    """
    until = time.monotonic() + PATIENCE
    size = len(raw)
    while size := size // 2:
        at = 0
        while at < len(raw) and time.monotonic() < until:
            without = raw[:at] + raw[at + size :]
            at, raw = (at, without) if target.fault(without) else (at + size, raw)
    return raw


def hunt(target: Target, cases: Sequence[bytes], examples: int, *, random: bool) -> bytes | None:
    """A small case that brings out a fault; None where ``examples`` of them brought out none.

    Not ``random``: each time the same.
    """

    def fails(raw: bytes) -> bool:
        return bool(target.fault(raw))

    try:
        found = hypothesis.find(inputs(cases), fails, settings=_settings(examples, random=random))
    except NoSuchExample:
        return None
    return smaller(target, found)


def _settings(examples: int, *, random: bool) -> hypothesis.settings:
    return hypothesis.settings(
        max_examples=examples,
        derandomize=not random,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
