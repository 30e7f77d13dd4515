"""Bodies: how much is taken in of whom, as the head says who it is."""

from __future__ import annotations

from copy import copy
from typing import Any

import pytest
from waitress.adjustments import Adjustments

from kashshaf.search_app.serving.parser import Parser

LARGEST, SMALL = 5_000, 1_000
WRITER = "Bearer right"


def received(size: int, authorization: str = "", *, chunked: bool = False) -> Parser:
    """A request with a body of that size, as it comes."""
    options = Adjustments(max_request_body_size=LARGEST)
    small = copy(options)
    small.max_request_body_size = SMALL
    parser = Parser(options, small, WRITER.__eq__)
    said = f"Authorization: {authorization}\r\n" if authorization else ""
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {size}"
    data = f"POST /api/v1/articles HTTP/1.1\r\n{said}{length}\r\n\r\n".encode()
    if chunked:
        data += b"".join(b"64\r\n" + b"x" * 100 + b"\r\n" for _ in range(size // 100)) + b"0\r\n\r\n"
    while data and not parser.completed:
        taken = parser.received(data[:150])
        data = data[taken:] or (b"" if chunked or parser.completed else b"x" * 150)
    return parser


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    ("size", "authorization", "taken"),
    [
        (900, "", True),
        (2_000, "", False),
        (2_000, "Bearer wrong", False),
        (2_000, WRITER, True),
        (6_000, WRITER, False),
    ],
)
def test_a_large_body_needs_a_key(size: int, authorization: str, taken: bool, chunked: bool) -> None:
    parser = received(size, authorization, chunked=chunked)
    error: Any = parser.error
    assert (error is None) is taken
    if not taken:
        assert error.code == 413
        assert ("admin key" in error.body) is (authorization != WRITER)
        assert parser.body_bytes_received <= LARGEST + 200


def test_nothing_of_a_large_body_is_taken_in_without_a_key() -> None:
    assert received(4_000).body_bytes_received == 0
    assert received(4_000, chunked=True).body_bytes_received < SMALL + 200
