"""What wrk says, and how long it is to pause."""

from __future__ import annotations

import pytest

from bench.errors import NotHereError
from bench.load import wrk
from bench.load.wrk import CLIENTS, Load, paced, read

SAID = "Running 5s test\n  2 threads\nFOUND 1000 5000000 2500 40000 3 1\n"


def test_figures_are_in_milliseconds_and_by_the_second() -> None:
    assert read(SAID) == Load(200, 2.5, 40, 3, 1)


def test_anything_else_is_told() -> None:
    with pytest.raises(NotHereError, match="something else"):
        read("unable to connect")


@pytest.mark.parametrize("latency", [0.5, 3.0, 9.0])
def test_the_pause_is_tried_until_the_rate_is_near(latency: float) -> None:
    """Where answers take so many milliseconds at that rate, whatever they took at the top."""
    tried: list[float] = []

    def ask_for(pause: float) -> Load:
        tried.append(pause)
        return Load(1000 * CLIENTS / (latency + pause), latency, latency, 0, 0)

    pause = paced(ask_for, 700)
    assert ask_for(pause).rate == pytest.approx(700, rel=0.03)
    assert len(tried) <= 3


def test_a_rate_that_is_out_of_reach_is_asked_for_without_a_pause() -> None:
    assert paced(lambda _: Load(100, 160, 200, 0, 0), 700) == 0


def test_a_machine_without_wrk_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrk, "WRK", None)
    with pytest.raises(NotHereError, match="apt-get install wrk"):
        wrk.ask("127.0.0.1:1", wrk.__file__, 1)  # type: ignore[arg-type]
