"""What wrk says, and how long it is to pause."""

from __future__ import annotations

import pytest

from bench.errors import NotHereError
from bench.load import wrk
from bench.load.wrk import CLIENTS, SHARE, Load, pause_for, read

SAID = "Running 5s test\n  2 threads\nFOUND 1000 5000000 2500 40000 3 1\n"


def test_figures_are_in_milliseconds_and_by_the_second() -> None:
    assert read(SAID) == Load(200, 2.5, 40, 3, 1)


def test_anything_else_is_told() -> None:
    with pytest.raises(NotHereError, match="something else"):
        read("unable to connect")


def test_a_pause_brings_a_connection_to_its_share() -> None:
    top = Load(1000, 10, 30, 0, 0)
    seconds = (pause_for(top) + SHARE * top.p50) / 1000
    assert CLIENTS / seconds == pytest.approx(SHARE * top.rate, rel=0.05)


def test_a_machine_without_wrk_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrk, "WRK", None)
    with pytest.raises(NotHereError, match="apt-get install wrk"):
        wrk.ask("127.0.0.1:1", wrk.__file__, 1)  # type: ignore[arg-type]
