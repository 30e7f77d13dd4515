"""Columns that grow: of numbers, and of strings that stand one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_ROOM = 4
"""The part of a column, of so many, that is added to it as room where it is full."""


class Column:
    """Numbers of one type."""

    def __init__(self, numbers: NDArray[Any]) -> None:
        self._numbers = numbers
        self._size = len(numbers)

    def __len__(self) -> int:
        return self._size

    def all(self) -> NDArray[Any]:
        """Give a view of them."""
        return self._numbers[: self._size]

    def extend(self, more: NDArray[Any]) -> None:
        """Add numbers at the end."""
        end = self._size + len(more)
        if end > len(self._numbers):
            room = np.empty(end + end // _ROOM, self._numbers.dtype)
            room[: self._size] = self.all()
            self._numbers = room
        self._numbers[self._size : end] = more
        self._size = end

    def cut(self, size: int) -> None:
        """Keep so many from the beginning."""
        self._size = size


class RaggedColumn:
    """Strings of ``units`` of one type, as bytes outside; ``starts``: of each, and the end of the last."""

    def __init__(self, starts: NDArray[np.int32], units: NDArray[Any]) -> None:
        self.starts = Column(starts)
        self.units = Column(units)

    def __getitem__(self, at: int) -> bytes:
        start, end = self.starts.all()[at : at + 2]
        return self.units.all()[start:end].tobytes()

    def extend(self, strings: Sequence[bytes]) -> None:
        """Add strings at the end, as the bytes of their units."""
        more = np.frombuffer(b"".join(strings), self.units.all().dtype)
        lengths = np.array([*map(len, strings)], np.int32) // more.itemsize
        self.starts.extend(len(self.units) + np.cumsum(lengths, dtype=np.int32))
        self.units.extend(more)

    def cut(self, size: int) -> None:
        """Keep so many strings from the beginning."""
        self.starts.cut(size + 1)
        self.units.cut(int(self.starts.all()[-1]))

    def joined(self, numbers: NDArray[np.int64]) -> bytes:
        """Join the strings with such numbers, in that order."""
        starts = self.starts.all()
        begins = starts[numbers]
        lengths = starts[numbers + 1] - begins
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        places = np.repeat(begins - ends + lengths, lengths)
        places += np.arange(total)
        return bytes(self.units.all()[places].data)
