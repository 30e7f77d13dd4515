"""The deadline of a piece of work."""

from __future__ import annotations

import threading

import pytest

from kashshaf.index.errors import TimeLimitError
from kashshaf.index.limits import deadline
from kashshaf.index.limits.deadline import PATIENCE, in_time, seconds_to_wait, time_limit
from tests.index.clock import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock.of(monkeypatch)


def test_work_ends_after_its_seconds(clock: Clock) -> None:
    with time_limit(2) as limit:
        clock.work = 1.9
        deadline.check()
        assert not limit.reached
        clock.work = 2.1
        with pytest.raises(TimeLimitError, match="ask for less"):
            deadline.check()
        assert limit.reached
    deadline.check()


def test_what_waits_ends_by_the_clock(clock: Clock) -> None:
    with time_limit(2):
        clock.now = 2 * PATIENCE - 0.5
        deadline.check()
        assert seconds_to_wait() == 0.5
        clock.now = 2 * PATIENCE + 1
        assert seconds_to_wait() == 0
        assert deadline.is_over()
    assert seconds_to_wait() == -1


def test_the_earlier_of_two_deadlines_counts(clock: Clock) -> None:
    with time_limit(2) as outer:
        with time_limit(5) as later:
            assert later is outer
        with time_limit(1) as sooner:
            clock.work = 1.5
            assert deadline.is_over()
            assert sooner.reached
        assert not deadline.is_over()


def test_a_deadline_belongs_to_its_thread(clock: Clock) -> None:
    seen: list[bool] = []
    with time_limit(1):
        clock.work = 2
        thread = threading.Thread(target=lambda: seen.append(deadline.is_over()))
        thread.start()
        thread.join()
        assert deadline.is_over()
    assert seen == [False]


def test_what_is_not_done_in_time_is_left_out(clock: Clock) -> None:
    def slow() -> str:
        clock.work = 3
        deadline.check()
        return "done"

    assert in_time(lambda: "quick", "none") == "quick"
    with time_limit(2):
        assert in_time(slow, "none") == "none"
        assert in_time(lambda: "quick", "none") == "none"
    assert in_time(slow, "none") == "done"
