"""The memory of a worker, as the system tells it."""

from __future__ import annotations

from bench.load.memory import read

ROLLUP = """55d000000000-7ffd00000000 ---p 00000000 00:00 0                          [rollup]
Rss:              131072 kB
Shared_Clean:      40960 kB
Private_Clean:     10240 kB
Private_Dirty:     61440 kB
Swap:                  0 kB
"""


def test_what_was_written_is_told_apart_from_what_is_mapped() -> None:
    assert read(ROLLUP) == (60, 10)
    assert str(read(ROLLUP)) == "60 (10)"
