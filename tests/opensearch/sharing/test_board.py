"""The board of a site on a cluster: what is put there, what is refused, and answers that are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kashshaf.index.engines.opensearch.board import OpenSearchBoard
from kashshaf.index.engines.opensearch.connection import Connection, connection
from kashshaf.index.engines.opensearch.errors import BusyError, UnreachableError
from kashshaf.index.storage.board import PIECE, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashshaf.index.settings import Settings


@pytest.fixture
def board(cluster: Settings) -> OpenSearchBoard:
    return OpenSearchBoard(connection(), cluster.opensearch_prefix, 0)


def test_before_anything_is_put_there_is_nothing(board: OpenSearchBoard) -> None:
    assert (board.version(), board.posted(), [*board.fetched(["a"])]) == (None, None, [None])
    assert board.lacking(["a"]) == {"a"}


def test_a_notice_is_replaced_by_who_has_seen_it_alone(board: OpenSearchBoard) -> None:
    assert board.replace({"n": 1}, None)
    first = board.posted()
    assert first is not None
    assert (first.content, board.version()) == ({"n": 1}, first.version)
    assert not board.replace({"n": 2}, None)
    assert board.replace({"n": 2}, first.version)
    assert not board.replace({"n": 3}, first.version)
    assert board.posted() == (board.version(), {"n": 2})


def test_pieces_are_kept_by_their_names_until_they_are_dropped(board: OpenSearchBoard) -> None:
    pieces = [bytes([number]) * PIECE for number in range(10)]
    names = [name_of(piece) for piece in pieces]
    board.put(pieces)
    assert board.lacking([*names, "other"]) == {"other"}
    assert [*board.fetched([names[3], names[0]])] == [pieces[3], pieces[0]]
    assert board.replace({}, None)
    assert sorted(board.pieces()) == sorted(names)
    board.drop([names[3], "other"])
    assert ([*board.fetched(names[3:4])], sorted(board.pieces())) == ([None], sorted({*names} - {names[3]}))


@pytest.mark.parametrize("error", [BusyError, UnreachableError])
@pytest.mark.parametrize("arrived", [False, True])
def test_a_cluster_that_is_busy_or_away_is_waited_for(
    error: type[Exception], arrived: bool, board: OpenSearchBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the request came to it, and only the answer was lost."""
    assert board.replace({"n": 1}, None)
    real = Connection.bulk

    def lost(self: Connection, target: str, lines: Iterable[bytes]) -> Any:
        monkeypatch.undo()
        if arrived:
            real(self, target, lines)
        raise error("come again")

    monkeypatch.setattr(Connection, "bulk", lost)
    assert board.replace({"n": 2}, board.version())
    assert board.posted() == (board.version(), {"n": 2})
