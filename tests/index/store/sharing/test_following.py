"""The reader's side, on a board in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf.index.errors import BrokenIndexError, NoIndexError, SettingsError
from kashshaf.index.storage.board import PIECE, Posted, name_of
from kashshaf.index.store.sharing.following import Follower
from kashshaf.index.store.sharing.notice import Row, notice_of
from kashshaf.index.store.sharing.publishing import Publisher
from tests.index.store.sharing.boards import MemoryBoard, files

if TYPE_CHECKING:
    from pathlib import Path

STATE = "generations/G1/state.json"


@pytest.fixture
def board() -> MemoryBoard:
    return MemoryBoard()


@pytest.fixture
def publisher(board: MemoryBoard, tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "writer", board)


@pytest.fixture
def follower(board: MemoryBoard, tmp_path: Path) -> Follower:
    return Follower(tmp_path / "reader", board)


def content(root: Path) -> dict[str, bytes]:
    """What lies below a folder, without what the two sides note for themselves."""
    own = ("published.json", "followed.json", "follow.lock", "current.json")
    paths = (path for path in root.rglob("*") if path.is_file() and path.name not in own)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def names(follower: Follower) -> dict[str, str | None]:
    found: dict[str, str | None] = orjson.loads((follower.root / "current.json").read_bytes())
    return found


def test_a_folder_becomes_as_the_writers(publisher: Publisher, follower: Follower, tmp_path: Path) -> None:
    publisher.publish("G1", files(tmp_path / "writer", frozen=bytes(PIECE) + b"end"))
    follower.follow()
    assert content(follower.root) == content(tmp_path / "writer")
    assert names(follower) == {"current": "G1", "before": None}


def test_only_what_changed_is_fetched(
    publisher: Publisher, follower: Follower, board: MemoryBoard, tmp_path: Path
) -> None:
    publisher.publish("G1", files(tmp_path / "writer"))
    follower.follow()
    fetched: list[None] = []
    board.before_piece = lambda: fetched.append(None)
    publisher.claim()
    follower.follow()
    assert not fetched
    publisher.publish("G1", files(tmp_path / "writer", commit=2))
    follower.follow()
    assert len(fetched) == 2  # the state, and the name of the index that the commit has in its folder
    assert sorted(path for path in content(follower.root) if "commits/" in path) == [
        "generations/G1/commits/2/articles/cluster.json"
    ]


def test_the_generation_before_stays_and_older_ones_go(
    publisher: Publisher, follower: Follower, tmp_path: Path
) -> None:
    for name in ("G1", "G2", "G3"):
        publisher.publish(name, files(tmp_path / "writer", name))
        follower.follow()
    assert names(follower) == {"current": "G3", "before": "G2"}
    assert sorted(path.name for path in follower.root.glob("generations/*")) == ["G2", "G3"]


def test_before_the_first_notice_it_is_said_what_is_missing(follower: Follower) -> None:
    with pytest.raises(NoIndexError, match=r"the writer has told nothing yet.*opensearch_role to writer"):
        follower.follow()


@pytest.mark.parametrize("damage", [b"", b"others"])
def test_a_damaged_piece_is_refused_and_what_is_there_stays(
    damage: bytes, publisher: Publisher, follower: Follower, board: MemoryBoard, tmp_path: Path
) -> None:
    publisher.publish("G1", files(tmp_path / "writer"))
    follower.follow()
    before = content(follower.root)
    publisher.publish("G2", files(tmp_path / "writer", "G2", frozen=b"new words"))
    board.kept[name_of(b"new words")] = damage
    with pytest.raises(BrokenIndexError, match=r"lexicon\.bin .* is not in the board .* as it was written"):
        follower.follow()
    assert names(follower)["current"] == "G1"
    assert before.items() <= content(follower.root).items()
    board.kept[name_of(b"new words")] = b"new words"
    follower.follow()
    assert names(follower)["current"] == "G2"


def test_a_piece_that_goes_while_it_is_fetched_is_of_a_notice_that_went(
    publisher: Publisher, follower: Follower, board: MemoryBoard, tmp_path: Path
) -> None:
    publisher.publish("G1", files(tmp_path / "writer"))

    def newer() -> None:
        board.before_piece = lambda: None
        for commit in (2, 3):
            publisher.publish("G1", files(tmp_path / "writer", commit=commit))

    board.before_piece = newer
    follower.follow()
    assert content(follower.root)[STATE] == b'{"commits":3}'


def test_a_piece_that_is_missing_is_told(
    publisher: Publisher, follower: Follower, board: MemoryBoard, tmp_path: Path
) -> None:
    publisher.publish("G1", files(tmp_path / "writer"))
    del board.kept[name_of(b"words")]
    with pytest.raises(BrokenIndexError, match=r"lexicon\.bin .* is not whole"):
        follower.follow()
    assert not (follower.root / "current.json").exists()


@pytest.mark.parametrize(
    "path", ["../../stolen", "/var/stolen", "generations/../../stolen", "a//b", ".hidden", ""]
)
def test_no_path_leads_out_of_the_folder(
    path: str, publisher: Publisher, follower: Follower, board: MemoryBoard, tmp_path: Path
) -> None:
    publisher.publish("G1", files(tmp_path / "writer"))
    assert board.notice is not None
    notice = notice_of(board.notice.content)
    hostile = replace(notice, files=(Row(path, 5, (name_of(b"words"),)),))
    board.notice = Posted((9, 9), hostile.to_dict())
    with pytest.raises(BrokenIndexError, match="names files that no index has"):
        follower.follow()
    assert not content(follower.root)


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"format": 2}, "another version"), ({"files": 3}, "damaged"), ({"generation": "../x"}, "no index has")],
)
def test_a_notice_that_cannot_be_read_is_told(
    changed: dict[str, object], said: str, publisher: Publisher, board: MemoryBoard, tmp_path: Path
) -> None:
    publisher.publish("G1", files(tmp_path / "writer"))
    assert board.notice is not None
    with pytest.raises(BrokenIndexError, match=said):
        notice_of({**board.notice.content, **changed})


@pytest.mark.parametrize("damaged", ["followed.json", "current.json"])
def test_what_is_damaged_in_the_folder_is_had_again(
    damaged: str, publisher: Publisher, follower: Follower, tmp_path: Path
) -> None:
    publisher.publish("G1", files(tmp_path / "writer"))
    follower.follow()
    (follower.root / damaged).write_bytes(b"{")
    publisher.claim()
    follower.follow()
    assert content(follower.root) == content(tmp_path / "writer")
    assert names(follower)["current"] == "G1"


def test_a_folder_with_an_index_of_its_own_is_left_alone(
    publisher: Publisher, follower: Follower, tmp_path: Path
) -> None:
    publisher.publish("G1", files(tmp_path / "writer"))
    follower.root.mkdir()
    (follower.root / "current.json").write_text('{"current": "mine"}')
    with pytest.raises(SettingsError, match="holds an index that was built here"):
        follower.follow()
    assert names(follower)["current"] == "mine"
