"""The reading of requests: a large body is taken in only from who names an admin key.

Waitress takes a whole body in before the application sees the request. Whoever has no key could have it keep
tens of megabytes for each connection; so the head decides how much follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

if TYPE_CHECKING:
    from collections.abc import Callable

    from waitress.adjustments import Adjustments
    from waitress.utilities import Error

WITHOUT_KEY = 1 << 20
"""Bytes of a body of which nobody knows yet who sends it."""
TOO_LARGE = (
    f"A body of more than {WITHOUT_KEY >> 20} MB is taken in with an admin key alone: send it as"
    " Authorization: Bearer KEY. Nothing was changed."
)


class Parser(HTTPRequestParser):  # type: ignore[misc] # waitress is untyped
    """A request that is coming. ``may_send`` judges its ``Authorization``; ``small`` holds for the others."""

    error: Error | None

    def __init__(self, adj: Adjustments, small: Adjustments, may_send: Callable[[str], bool]) -> None:
        super().__init__(adj)
        self._small = small
        self._may_send = may_send

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head, and choose the bound of the body by it."""
        super().parse_header(header_plus)
        has_body = self.chunked or self.content_length >= self._small.max_request_body_size
        if has_body and not self._may_send(self.headers.get("AUTHORIZATION", "")):
            self.adj = self._small

    def received(self, data: bytes) -> int:
        """Take bytes in; the number of those that are the request's."""
        taken = int(super().received(data))
        if self.adj is self._small and isinstance(self.error, RequestEntityTooLarge):
            self.error = RequestEntityTooLarge(TOO_LARGE)
        return taken
