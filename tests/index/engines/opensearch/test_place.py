"""The file that names the index of a folder on a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.engines.opensearch.place import (
    FILE,
    copy_name,
    home_of,
    new_name,
    read_name,
    write_name,
)
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from pathlib import Path


def test_the_name_is_of_the_generation(tmp_path: Path) -> None:
    folder = tmp_path / "generations" / "20261129T0123" / "commits" / "1" / "articles"
    assert new_name("site", folder, "articles") == "site-20261129t0123-articles"


def test_outside_generations_it_is_another_each_time(tmp_path: Path) -> None:
    names = {new_name("site", tmp_path / "x", "comments") for _ in range(20)}
    assert len(names) == 20
    assert all(name.startswith("site-") and name.endswith("-comments") for name in names)


def test_the_home_is_that_of_all_generations_of_an_index(tmp_path: Path) -> None:
    root = tmp_path / "one" / "generations"
    homes = {home_of(root), home_of(root / "a"), home_of(root / "b" / "commits" / "1" / "articles")}
    assert len(homes) == 1
    assert home_of(tmp_path / "two" / "generations") not in homes


def test_a_copy_names_the_same_index(tmp_path: Path) -> None:
    write_name(tmp_path / "before", "site-1-articles")
    copy_name(tmp_path / "before", tmp_path / "after")
    assert read_name(tmp_path / "after") == read_name(tmp_path / "before") == "site-1-articles"


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"index": 1}', '{"index": "../_all"}', '{"index": "*"}', "{"]
)
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    with pytest.raises(BrokenIndexError, match=r"cluster\.json.*kashshaf reindex"):
        read_name(tmp_path)


def test_without_a_file_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(BrokenIndexError, match="there is no index"):
        read_name(tmp_path)
