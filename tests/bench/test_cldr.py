"""The words of CLDR that are shipped are those that Babel has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.shipped.cldr import texts

if TYPE_CHECKING:
    from pathlib import Path

FILES = texts()


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_the_shipped_words_are_those_of_cldr(file: Path) -> None:
    assert file.read_text(encoding="utf-8") == FILES[file], "run: python -m bench.shipped.cldr"
