"""``python -m bench``: the table, its peers and its ratios, on the samples and on a corpus made up here."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from click.testing import CliRunner

from bench.__main__ import COLUMNS, cells, main, measure
from bench.baselines import lucene
from bench.baselines.lucene import Lucene
from bench.errors import NotHereError
from bench.measure.corpus import WARM, Asked, Part, asked, prepared
from bench.measure.step import percentiles, texts
from bench.peers import PEERS, Peer, words
from bench.report.rows import Row, clustered, lucenes, peers
from bench.report.targets import RAW, STOCK, TANTIVY, WHOOSH, processors, verdicts
from kashshaf.index import settings
from kashshaf.index.settings import Settings
from tests.conftest import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = [
    {"id": str(number), "title": f"حصاد القمح {number}", "lead": "في الشمال", "body": f"بدأ الحصاد {number}"}
    for number in range(12)
]
ROW = Row(100, 10.0, 8.0, 500_000_000, 1_000_000, 2.0, 9.0, 1.5, 300.0, 0.2, 0.9)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in ARTICLES))
    return path


@pytest.fixture
def parts(source: Path, tmp_path: Path) -> tuple[Part, Part]:
    return prepared([source], tmp_path, 5)


@pytest.fixture
def queries(parts: tuple[Part, Part], tmp_path: Path) -> Asked:
    return asked(tmp_path / "nowhere", parts[0], tmp_path, 6)


def test_the_table_is_of_the_same_articles_in_every_row(source: Path, tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    only = [word for name in (TANTIVY, RAW) for word in ("--only", name)]
    options = ["--topics", "4", "--shared", str(tmp_path), "--json", str(figures), *only]
    ran = CliRunner().invoke(main, [str(source), *options])
    assert ran.exit_code == 0, ran.output
    assert "12 articles with 0 comments" in ran.output
    assert "4 titles as topics" in ran.output
    assert "bm25s" not in ran.output
    found = orjson.loads(figures.read_bytes())
    assert {name: row["articles"] for name, row in found["rows"].items()} == {TANTIVY: 12, RAW: 12}
    assert all(row["rate"] > 0 and row["size"] > 0 < row["p50_ms"] for row in found["rows"].values())
    assert found["rows"][TANTIVY]["requests"] > 0
    assert len(found["targets"]) == 4


def test_a_corpus_without_articles_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    ran = CliRunner().invoke(main, [str(tmp_path / "empty.jsonl")])
    assert ran.exit_code == 1
    assert "there is no article in" in ran.output


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_each_peer_indexes_and_answers(
    peer: Peer, parts: tuple[Part, Part], queries: Asked, tmp_path: Path
) -> None:
    try:
        row = peers(peer, parts[0], queries, tmp_path / "index")
    except NotHereError as error:
        pytest.skip(f"{peer.name}: {error}")
    assert row.articles == len(ARTICLES)
    assert min(row.seconds, row.size, row.peak, row.p50_ms) > 0
    assert row.p50_ms <= row.p99_ms


def test_a_peer_that_is_not_installed_says_what_to_do() -> None:
    absent = Peer("x", "bench.peers.none", "no_such_module_here", "pip install x-search")
    with pytest.raises(NotHereError, match="not installed: pip install x-search"):
        absent.require()


def test_what_cannot_be_measured_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    def missing(folder: Path) -> Row:
        raise NotHereError(f"no {folder.name}")

    def measured(folder: Path) -> Row:
        del folder
        return ROW

    found, reasons = measure({"a": missing, "b": measured}, tmp_path)
    assert (found, reasons) == ({"b": ROW}, {"a": "no 0"})


def test_the_articles_stand_whole_and_flat(parts: tuple[Part, Part]) -> None:
    every, few = parts
    assert (every.articles, few.articles) == (12, 5)
    assert every.whole.read_bytes().startswith(few.whole.read_bytes())
    first = orjson.loads(every.flat.read_bytes().splitlines()[0])
    assert first == {"id": "0", "title": "حصاد القمح 0", "text": "في الشمال\nبدأ الحصاد 0"}


def test_the_samples_are_read_by_their_own_readers(tmp_path: Path) -> None:
    every, few = prepared([SAMPLES], tmp_path, 1_000)
    assert every[2:] == few[2:]
    assert every.comments > every.articles > 50


def test_topics_are_others_than_those_asked_before(parts: tuple[Part, Part], tmp_path: Path) -> None:
    log = tmp_path / "data" / "queries" / "topics_ar.jsonl.gz"
    log.parent.mkdir(parents=True)
    rows = [orjson.dumps({"id": str(n), "text": f"سؤال {n}"}) for n in range(WARM + 20)]
    log.write_bytes(gzip.compress(b"\n".join(rows)))
    found = asked(tmp_path, parts[0], tmp_path, 10)
    assert (found.number, len(texts(found.warm)), found.what) == (10, WARM, "topics of the query log")
    assert not {*texts(found.topics)} & {*texts(found.warm)}


def test_without_a_log_titles_are_asked(queries: Asked) -> None:
    assert queries.what == "titles as topics"
    assert texts(queries.topics) == [f"حصاد القمح {number}" for number in range(6, 12)]


def test_words_of_a_topic_are_no_query_language() -> None:
    assert words('ما "هو" (-ترتيب) زحل؟ a:b*') == ["ما", "هو", "ترتيب", "زحل", "a", "b"]


@pytest.mark.parametrize(
    ("times", "p50", "p99"),
    [([3.0], 3.0, 3.0), ([1.0, 3.0], 2.0, 2.98), ([float(n) for n in range(101)], 50.0, 99.0)],
)
def test_percentiles(times: list[float], p50: float, p99: float) -> None:
    assert percentiles(times) == pytest.approx({"p50_ms": p50, "p99_ms": p99})


def test_a_row_has_a_cell_for_each_column() -> None:
    assert cells(ROW) == ["100", "10", "8.0", "500", "1.0", "2.00", "9.00", "1.50", "300"]
    bare = ROW._replace(processor=None, processor_ms=None, requests=None, client=None, server=None)
    assert cells(bare) == ["100", "10", "", "500", "1.0", "2.00", "9.00", "", ""]
    assert len(cells(ROW)) + 1 == len(COLUMNS)


@pytest.mark.parametrize(
    ("change", "reached"),
    [({}, True), ({"seconds": 26.0}, False), ({"p50_ms": 10.1}, False), ({"p99_ms": 15.1}, False)],
)
def test_ratios_are_set_against_their_bounds(change: dict[str, Any], reached: bool) -> None:
    found = [*verdicts({TANTIVY: ROW._replace(**change), RAW: ROW})]
    assert len(found) == 4
    assert all(verdict.reached for verdict in found) is reached


def test_whoosh_must_be_three_times_as_quick_as_stock() -> None:
    rate, quarter = verdicts({WHOOSH: ROW, STOCK: ROW._replace(p50_ms=8.0)})
    assert (rate.value, quarter.value, quarter.reached) == (1.0, 0.25, True)
    assert str(rate).endswith(": 1 (reached: bound 0.8, aim 1.5)")
    assert not [*verdicts({WHOOSH: ROW})]


def test_processor_time_is_compared_where_it_is_known() -> None:
    assert [*processors({TANTIVY: ROW, RAW: ROW._replace(processor=4.0)})] == [
        f"processor time, {TANTIVY} to {RAW}: 2 to index, 1 to search"
    ]
    assert not [*processors({TANTIVY: ROW, RAW: ROW._replace(processor=None)})]


SCRIPT = """#!/bin/sh
case $1 in
  index) mkdir "$5" && echo x > "$5/segment" && echo '{"lucene": "9.9.1", "docs": 12, "total_s": 0.5}' ;;
  search) echo '{"p50_ms": 0.3, "p99_ms": 1.1}' ;;
esac
"""


def test_lucene_has_its_own_figures(
    parts: tuple[Part, Part], queries: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lucene, "TOOLS", ())
    script = tmp_path / "run"
    with pytest.raises(NotHereError, match="not beside the project"):
        lucenes(Lucene(script), parts[0], queries, tmp_path / "index")
    script.write_text(SCRIPT, encoding="utf-8")
    script.chmod(0o755)
    peer = Lucene(script)
    row = lucenes(peer, parts[0], queries, tmp_path / "index")
    assert peer.version == "9.9.1"
    assert (row.rate, row.size, row.p50_ms, row.p99_ms) == (24.0, 2, 0.3, 1.1)


def test_a_cluster_that_does_not_answer_has_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_in_use", [Settings(opensearch_url=("http://127.0.0.1:9",))])
    part = Part(tmp_path / "whole", tmp_path / "flat", 1, 0)
    with pytest.raises(NotHereError, match="opensearch_url"):
        clustered(part, [], Asked(tmp_path, tmp_path, 1, "titles"), tmp_path)
