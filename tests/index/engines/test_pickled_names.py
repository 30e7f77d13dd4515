"""Names that Whoosh pickles into indexes on disk: whoever changes one makes these indexes unreadable."""

from __future__ import annotations

import pickle
import pickletools
from typing import TYPE_CHECKING

import pytest

from kashshaf.analyzers.whoosh import ArabicAnalyzer
from kashshaf.index.engine import open_engine
from tests.index.contract.bench import Bench, record

if TYPE_CHECKING:
    from pathlib import Path

PICKLED = [
    ("kashshaf.index.engines.whoosh.codec", "Codec"),
    ("kashshaf.index.engines.whoosh.schema", "ListedField"),
]


@pytest.mark.parametrize(("module", "name"), PICKLED)
def test_an_index_on_disk_holds_the_name(module: str, name: str, tmp_path: Path) -> None:
    bench = Bench(open_engine("whoosh"), tmp_path)
    bench.put(record("1", "a"))
    written = b"".join(file.read_bytes() for file in sorted(tmp_path.glob("*.toc")))
    assert module.encode() in written
    assert name.encode() in written


def test_a_schema_of_others_holds_the_name_of_the_analyzer() -> None:
    names = [argument for _, argument, _ in pickletools.genops(pickle.dumps(ArabicAnalyzer()))]
    assert {"kashshaf.analyzers.whoosh", "ArabicAnalyzer"} <= set(names)
