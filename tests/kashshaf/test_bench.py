"""``kashshaf bench tokens``: what it counts, and what it says of a corpus that it cannot read."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf import bench
from kashshaf.bench import batches, measure
from tests.kashshaf.command import kashshaf

if TYPE_CHECKING:
    from pathlib import Path

CORPUS = [
    {"id": "1", "title": "حصاد القمح", "text": "بدأ حصاد القمح في الشمال"},
    {"id": "2", "title": "", "body": "افتتح الوزير جسرا"},
]
CHARACTERS, TOKENS = 52, 10


@pytest.fixture(params=["c.jsonl", "c.jsonl.gz"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path: Path = tmp_path / request.param
    text = b"".join(orjson.dumps(row) + b"\n" for row in CORPUS)
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


def test_it_counts_title_and_text_of_every_article(corpus: Path, tmp_path: Path) -> None:
    ran = kashshaf("bench", "tokens", "--corpus", str(corpus), "--json", index=tmp_path / "index")
    figures = orjson.loads(ran.out)
    assert ran.status == 0
    assert list(figures)[:2] == ["characters_per_s", "tokens_per_s"]
    assert (figures["characters"], figures["tokens"]) == (CHARACTERS, TOKENS)
    assert figures["characters_per_s"] > figures["tokens_per_s"] > 0
    assert not (tmp_path / "index").exists()


def test_without_json_it_prints_the_same_figures(corpus: Path, tmp_path: Path) -> None:
    ran = kashshaf("bench", "tokens", "--corpus", str(corpus), index=tmp_path / "index")
    assert "characters_per_s" in ran.out


@pytest.mark.parametrize("content", [b"", b"{}\n", b"\xff\xfe\x00"])
def test_a_corpus_without_text_is_an_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(content)
    ran = kashshaf("bench", "tokens", "--corpus", str(path), index=tmp_path / "index")
    assert ran.status == 1
    assert "holds no text" in ran.err


def test_a_corpus_is_read_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "BATCH", 8)
    texts = ["كتاب"] * 5
    assert [len(batch) for batch in batches(iter(texts))] == [2, 2, 1]
    speed = measure(iter(texts))
    assert (speed.characters, speed.tokens) == (20, 5)
