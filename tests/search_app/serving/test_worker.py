"""Room for one more connection: at whose cost it is made."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from kashshaf.search_app.serving.worker import Channel, Front

if TYPE_CHECKING:
    from collections.abc import Iterable

ONE, OTHER = "192.0.2.1", "192.0.2.2"


def channel(address: str, last: float, *, quiet: bool = True) -> Any:
    made: Any = SimpleNamespace(network=address, last_activity=last, closed=False)
    made.is_quiet = lambda: quiet
    made.handle_close = lambda: setattr(made, "closed", True)
    return made


def make_room(channels: Iterable[Any]) -> list[Any]:
    """The connections that are closed of some, which are one too many."""
    active = dict(enumerate(channels))
    front: Any = SimpleNamespace(active_channels=active, most=len(active) - 1)
    Front._make_room(front)
    return [each for each in active.values() if each.closed]


def test_who_holds_most_makes_room() -> None:
    others = [channel(OTHER, last=1)]
    held = [channel(ONE, last) for last in (5, 3, 4)]
    assert make_room([*others, *held]) == [held[1]]


def test_who_waits_for_an_answer_is_not_closed() -> None:
    quiet = channel(OTHER, last=1)
    assert make_room([quiet, *(channel(ONE, 1, quiet=False) for _ in range(3))]) == [quiet]
    assert make_room([channel(ONE, 1, quiet=False) for _ in range(3)]) == []


@pytest.mark.parametrize(
    ("address", "network"),
    [("192.0.2.1", "192.0.2.1"), ("2001:db8::5", "2001:db8::/64"), ("::ffff:192.0.2.1", "192.0.2.1")],
)
def test_a_client_is_counted_by_its_network(address: str, network: str) -> None:
    made = Channel.__new__(Channel)
    made.addr = (address, 1)
    assert made.network == network
