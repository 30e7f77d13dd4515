"""The writer's side, on a board in memory."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import ClusterError, NotWriterError
from kashshaf.index.storage.board import PIECE, name_of
from kashshaf.index.store.sharing.notice import notice_of
from kashshaf.index.store.sharing.publishing import Publisher
from tests.index.store.sharing.boards import MemoryBoard, files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def board() -> MemoryBoard:
    return MemoryBoard()


def unreachable() -> None:
    raise ClusterError("no node answers")


def told(board: MemoryBoard) -> dict[str, list[bytes]]:
    assert board.notice is not None
    notice = notice_of(board.notice.content)
    return {row.path: [board.kept[piece] for piece in row.pieces] for row in notice.files}


def test_files_are_told_in_their_order_with_their_pieces(board: MemoryBoard, tmp_path: Path) -> None:
    large = bytes(PIECE) + b"end"
    Publisher(tmp_path, board).publish("G1", files(tmp_path, frozen=large))
    assert [*told(board).items()] == [
        ("generations/G1/lexicon.bin", [bytes(PIECE), b"end"]),
        ("generations/G1/commits/1/articles/cluster.json", [b"G1"]),
        ("generations/G1/state.json", [b'{"commits":1}']),
    ]


def test_what_is_unchanged_is_not_sent_again(board: MemoryBoard, tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, board)
    publisher.publish("G1", files(tmp_path))
    board.sent.clear()
    publisher.claim()
    publisher.publish("G1", files(tmp_path, commit=2))
    assert board.sent == [name_of(b'{"commits":2}')]
    before = board.notice
    publisher.publish("G1", files(tmp_path, commit=2))
    assert board.notice is before


def test_pieces_stay_for_one_notice_more(board: MemoryBoard, tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, board)
    for commit in (1, 2):
        publisher.publish("G1", files(tmp_path, commit=commit))
    assert b'{"commits":1}' in board.kept.values()
    publisher.publish("G1", files(tmp_path, commit=3))
    assert sorted(board.kept.values()) == [b"G1", b"words", b'{"commits":2}', b'{"commits":3}']


def test_the_loser_of_a_race_is_told_who_won_and_changes_nothing(board: MemoryBoard, tmp_path: Path) -> None:
    ours, theirs = Publisher(tmp_path / "ours", board), Publisher(tmp_path / "theirs", board)

    def quicker() -> None:
        board.before_notice = lambda: None
        theirs.publish("G2", files(tmp_path / "theirs", "G2"))

    board.before_notice = quicker
    with pytest.raises(NotWriterError, match=f"last written by .*{tmp_path}/theirs.*kashshaf take-over"):
        ours.publish("G1", files(tmp_path / "ours"))
    assert b"G2" in [piece for pieces in told(board).values() for piece in pieces]
    with pytest.raises(NotWriterError):
        ours.claim()


def test_of_a_folder_and_its_copy_the_first_to_write_goes_on(board: MemoryBoard, tmp_path: Path) -> None:
    publisher = Publisher(tmp_path / "index", board)
    publisher.publish("G1", files(tmp_path / "index"))
    shutil.copytree(tmp_path / "index", tmp_path / "copy")
    copy = Publisher(tmp_path / "copy", board)
    copy.require_ours()
    publisher.claim()
    with pytest.raises(NotWriterError):
        copy.claim()
    publisher.publish("G1", files(tmp_path / "index", commit=2))


@pytest.mark.parametrize("arrived", [False, True])
def test_a_claim_whose_answer_is_lost_stays_ours(
    arrived: bool, board: MemoryBoard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher = Publisher(tmp_path, board)
    publisher.publish("G1", files(tmp_path))
    replace = board.replace

    def cut(*given: object) -> bool:
        if arrived:
            replace(*given)  # type: ignore[arg-type]
        raise ClusterError("no node answers")

    monkeypatch.setattr(board, "replace", cut)
    with pytest.raises(ClusterError, match="no node answers"):
        publisher.claim()
    monkeypatch.undo()
    publisher.claim()


def test_a_publication_that_is_cut_short_is_made_up_for(board: MemoryBoard, tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, board)
    publisher.publish("G1", files(tmp_path))
    before, board.before_notice = board.notice, unreachable
    with pytest.raises(ClusterError):
        publisher.publish("G1", files(tmp_path, commit=2))
    assert board.notice == before
    board.before_notice = lambda: None
    publisher.publish("G1", files(tmp_path, commit=2))
    assert told(board)["generations/G1/state.json"] == [b'{"commits":2}']


def test_pieces_that_no_notice_names_go_with_the_next_generation(board: MemoryBoard, tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, board)
    publisher.publish("G1", files(tmp_path))
    board.put([b"orphan"])
    publisher.publish("G1", files(tmp_path, commit=2))
    assert b"orphan" in board.kept.values()
    publisher.publish("G2", files(tmp_path, "G2"))
    assert b"orphan" not in board.kept.values()


def test_a_board_that_was_lost_is_filled_again(board: MemoryBoard, tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, board)
    publisher.publish("G1", files(tmp_path))
    board.notice = None
    board.kept.clear()
    publisher.claim()
    publisher.publish("G1", files(tmp_path))
    assert told(board)["generations/G1/lexicon.bin"] == [b"words"]


def test_a_notice_of_another_version_is_replaced(board: MemoryBoard, tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, board)
    publisher.publish("G1", files(tmp_path))
    assert board.notice is not None
    board.notice = board.notice._replace(content={**board.notice.content, "format": 0})
    publisher.claim()
    publisher.publish("G2", files(tmp_path, "G2"))
    assert told(board)["generations/G2/lexicon.bin"] == [b"words"]
