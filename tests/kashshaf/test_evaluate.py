"""``kashshaf evaluate``: the measures of a known ranking, and the whole command on a small set."""

from __future__ import annotations

import gzip
import math
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf.evaluate import judge, ranked
from kashshaf.index.settings import Settings
from kashshaf.indexer.progress import silent
from tests.index.stories.test_shingles import NEWS
from tests.kashshaf.command import kashshaf

if TYPE_CHECKING:
    from pathlib import Path

CORPUS = [
    {"id": "1:1", "title": "", "text": "افتتح الوزير جسرا جديدا على النهر"},
    {"id": "2", "title": "حصاد القمح", "text": "بدأ حصاد القمح في الشمال"},
    {"id": "3", "title": "المدرسة", "text": "عاد الطلاب إلى المدرسة بعد العطلة"},
]
QUERIES = [{"id": "q1", "text": "جسر النهر"}, {"id": "q2", "text": "القمح"}, {"id": "q3", "text": "زرافة"}]
QRELS = "q1\t1:1\t1\nq2\t3\t1\nq3\t3\t1\n"


def jsonl(path: Path, rows: list[dict[str, str]]) -> Path:
    text = b"".join(orjson.dumps(row) + b"\n" for row in rows)
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    qrels = tmp_path / "qrels.tsv"
    qrels.write_text(QRELS, encoding="utf-8")
    corpus, queries = jsonl(tmp_path / "c.jsonl.gz", CORPUS), jsonl(tmp_path / "q.jsonl", QUERIES)
    return ["evaluate", "--corpus", str(corpus), "--queries", str(queries), "--qrels", str(qrels)]


def test_the_measures() -> None:
    run = {"a": {"x": 3.0, "y": 2.0}, "b": {f"d{at}": 100.0 - at for at in range(20)}}
    figures = judge(run, {"a": {"y": 1}, "b": {"d15": 1}, "c": {"z": 1}})
    assert figures == {
        "ndcg@10": round(1 / math.log2(3) / 3, 4),
        "mrr@10": round(0.5 / 3, 4),
        "recall@100": round(2 / 3, 4),
    }


def test_the_command_indexes_asks_and_judges(words: list[str], tmp_path: Path) -> None:
    run = tmp_path / "run.trec"
    ran = kashshaf(*words, "--json", "--run", str(run), index=tmp_path / "index")
    figures = orjson.loads(ran.out)
    assert ran.status == 0
    assert list(figures) == ["ndcg@10", "mrr@10", "recall@100", "p50_ms", "p99_ms", "queries", "documents"]
    assert (figures["ndcg@10"], figures["queries"], figures["documents"]) == (0.3333, 3, 3)
    rows = [line.split() for line in run.read_text(encoding="utf-8").splitlines()]
    assert rows[0][:4] == ["q1", "Q0", "1:1", "1"]
    assert all(len(row) == 6 for row in rows)


def test_each_copy_of_a_text_is_judged(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index")
    copies = [{**CORPUS[0], "id": id_, "text": NEWS} for id_ in ("a", "b")]
    run = ranked(settings, jsonl(tmp_path / "c.jsonl", copies), {"q": "الجسر"}, silent).run
    assert run["q"].keys() == {"a", "b"}


def test_it_leaves_no_index_behind(words: list[str], tmp_path: Path) -> None:
    assert kashshaf(*words, index=tmp_path / "index").status == 0
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("q.jsonl", b'{"id": 1}\n', "q.jsonl:1"),
        ("q.jsonl", b"\xff\xfe\n", "q.jsonl"),
        ("q.jsonl", b"", "no queries"),
        ("qrels.tsv", b"q1\t1\t99999999999999999999\n", "qrels.tsv:1: the grade"),
        ("qrels.tsv", b"q1 1 1\n", "qrels.tsv:1"),
        ("qrels.tsv", b"", "no grades"),
        ("c.jsonl.gz", gzip.compress(mtime=0, data=b'{"id": "1", "text": "x"}\n{}\n'), "refused"),
        ("c.jsonl.gz", b"\x1f\x8b cut", "c.jsonl.gz"),
    ],
)
def test_bad_files_are_named(words: list[str], tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    ran = kashshaf(*words, index=tmp_path / "index")
    assert ran.status == 1
    assert said in ran.err
