"""What has been found out about texts, within bounds."""

from __future__ import annotations

from typing import Generic, TypeVar

LONGEST = 64
"""Characters of a remembered text: longer ones are rare and could be of any size."""

Value = TypeVar("Value")


class Memo(dict[str, Value], Generic[Value]):
    """Texts and what was found out about them: the last ``size`` of them, and at most twice as many.

    There are two generations. When the young one, which is the dict itself, is full, it becomes the old one,
    and what is asked for again comes back from there. So frequent words stay and rare ones go, and a hit is a
    plain look-up in a dict that counts nothing. Safe to share between threads: at worst one finds out again.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        self._old: dict[str, Value] = {}

    def find(self, text: str) -> Value | None:
        """What is known of a text, in either generation."""
        value = self.get(text)
        if value is None and (value := self._old.get(text)) is not None:
            self.keep(text, value)
        return value

    def keep(self, text: str, value: Value) -> Value:
        """Remembers ``value``, and gives it back."""
        if len(text) <= LONGEST:
            if len(self) >= self._size:
                self._old = self.copy()
                self.clear()
            self[text] = value
        return value
