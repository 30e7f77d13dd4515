"""``python -m bench.quality``: what it writes into a page, from small sets made up here."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import click
import orjson
import pytest
from click.testing import CliRunner

from bench.baselines import lucene
from bench.baselines.lucene import Lucene, read_run
from bench.baselines.plain import as_folded, by_snowball, ranking, terms
from bench.errors import NotHereError
from bench.quality import ODD, SETS, EvalSet, System, compared, main, no_base_list
from bench.report.page import BEGIN, END, into_page, table
from bench.short_queries import FOLDER, judged_only, wrong_of_ten
from bench.smoke import SHARED, judged, light10, ours, with_news
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.indexer.rebuild import workers
from tests.analyzers.stemming.test_smoke import MEET_AT_MOST
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.evaluate import Run

MEET_WITH_NEWS, NAMES_WITH_NEWS = 1_074, 582
CORPUS = [
    {"id": "1", "title": "", "text": "افتتح الوزير مدرسة جديدة على النهر"},
    {"id": "2", "title": "حصاد القمح", "text": "بدأ الحصاد في الشمال"},
]
QUERIES = [{"id": "a", "text": "المدرسة"}, {"id": "b", "text": "القمح"}]
QRELS = "a\t1\t1\nb\t2\t1\n"
PROSE = f"# How good\n\nBefore.\n\n{BEGIN}\nold\n{END}\n\nAfter.\n"
ROWS_FOUND = "1.0000 · 1.000 · 1.000"


def jsonl(rows: list[dict[str, str]]) -> bytes:
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """What stands beside the project, with one small set under the name of each, and no peer."""
    for name in (*SETS.values(), FOLDER):
        each = EvalSet(tmp_path / "shared" / "data" / "eval" / name)
        each.folder.mkdir(parents=True)
        each.corpus.write_bytes(gzip.compress(jsonl(CORPUS)))
        each.queries.write_bytes(jsonl(QUERIES))
        each.qrels.write_text(QRELS, encoding="utf-8")
    return tmp_path / "shared"


@pytest.fixture
def small(shared: Path) -> EvalSet:
    return EvalSet(shared / "data" / "eval" / "pool_qa")


def run_main(*words: str | Path) -> str:
    ran = CliRunner().invoke(main, [str(word) for word in words])
    assert ran.exit_code == 0, ran.output
    return ran.output


def test_figures_take_the_place_of_those_before_and_prose_stays() -> None:
    page = into_page(PROSE, "new\n")
    assert page == PROSE.replace("old", "new")
    assert into_page(page, "new") == page


@pytest.mark.parametrize("page", ["", BEGIN, END, f"{END}\n{BEGIN}\n"])
def test_a_page_without_its_markers_is_refused(page: str) -> None:
    with pytest.raises(click.ClickException, match="no place for figures"):
        into_page(page, "new")


def test_the_page_of_the_docs_has_its_markers() -> None:
    written = into_page((ROOT / "docs" / "quality.md").read_text(encoding="utf-8"), "new")
    assert f"{BEGIN}\nnew\n{END}" in written


def test_a_table() -> None:
    assert table(["", "a"], [["b", "1"]]) == ["|  | a |", "| --- | ---: |", "| b | 1 |"]


def test_both_tables_are_written_and_what_is_missing_is_said(shared: Path, tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text(PROSE, encoding="utf-8")
    run_main("--shared", shared, "--page", page, "--engine", "tantivy")
    written = page.read_text(encoding="utf-8")
    assert written.startswith("# How good\n\nBefore.")
    assert written.endswith("After.\n")
    assert f"| **Kashshaf**, Tantivy engine | {ROWS_FOUND} | {ROWS_FOUND} | {ROWS_FOUND} |" in written
    assert f"| {ODD} | {ROWS_FOUND}" in written
    assert "| Lucene, `ArabicAnalyzer` | not here | not here | not here |" in written
    assert "| **Kashshaf**, Tantivy engine | 1.0000 | 0.0 |" in written
    assert "| light10 | not here | not here | not here |" in written
    assert written.count("Not here: Lucene: its script") == 1
    assert "Whoosh engine" not in written
    assert re.search(
        r"Measured on \d{4}-\d\d-\d\d with Kashshaf \S+, .*Python 3\.\d+\.\d+, on \d+ cores of \S", written
    )


def test_without_the_sets_the_page_stays(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text(PROSE, encoding="utf-8")
    said = run_main("--shared", tmp_path, "--page", page)
    assert "Nothing was measured" in said
    assert page.read_text(encoding="utf-8") == PROSE


def test_a_row_has_every_set_and_a_second_one_the_odd_queries(small: EvalSet) -> None:
    def first(each: EvalSet) -> Run:
        del each
        return {"a": {"1": 1.0}}

    def missing(each: EvalSet) -> Run:
        raise NotHereError(f"no {each.folder.name}")

    systems = [System("x", first, ["here"], halved=True), System("y", missing, ["here"])]
    rows, reasons = compared(systems, {"here": small, "large": small})
    assert rows == [
        ["x", ".5000 · .500 · .500", "not run"],
        [ODD, ".0000 · .000 · .000", "not run"],
        ["y", "not here", "not run"],
    ]
    assert reasons == ["no pool_qa"]


def test_short_queries_pass_over_what_nobody_judged() -> None:
    grades = {"a": {"1": 2, "2": 0}, "b": {"3": 0}}
    run = {"a": {"9": 3.0, "2": 2.0, "1": 1.0}, "c": {"1": 1.0}}
    assert judged_only(run, grades) == {"a": {"2": 2.0, "1": 1.0}, "c": {}}


def test_wrong_ones_are_counted_among_the_first_ten() -> None:
    grades = {"a": {**{f"w{at}": 0 for at in range(20)}, "r": 1}, "b": {"r": 2}}
    run = {"a": {"r": 99.0, "other": 98.0, **{f"w{at}": float(at) for at in range(20)}}}
    assert wrong_of_ten(run, grades) == 4.0


def test_the_plain_searches_differ_by_their_terms_alone(small: EvalSet) -> None:
    assert terms("المدرسة على النهر", as_folded) == ["المدرسه", "النهر"]
    assert terms("المدرسة على النهر", by_snowball) == ["مدرس", "نهر"]
    assert terms("على", as_folded, stop_words=True) == ["علي"]
    asked = {"a": "المدرسة", "b": "القمح"}
    assert [*ranking(small.corpus, asked, as_folded)["a"]] == []
    assert {query: [*found] for query, found in ranking(small.corpus, asked, by_snowball).items()} == {
        "a": ["1"],
        "b": ["2"],
    }


def test_ties_of_a_run_stay_as_they_were_ranked(tmp_path: Path) -> None:
    path = tmp_path / "run"
    path.write_text("q Q0 z 1 2.5 x\nq Q0 a 2 2.5 x\n", encoding="utf-8")
    found = read_run(path)["q"]
    assert found["z"] > found["a"]


def test_without_the_base_list_only_the_corpus_is_evidence(tmp_path: Path) -> None:
    with no_base_list():
        Lexicon.build(tmp_path / "lexicon", {"كتاب": 2})
        bare = Lexicon.open(tmp_path / "lexicon")
    assert (bare.count("كتاب"), bare.count("مدرسه")) == (2, 0)
    Lexicon.build(tmp_path / "lexicon", {"كتاب": 2})
    assert Lexicon.open(tmp_path / "lexicon").count("مدرسه") > 0


def test_without_the_base_list_nothing_is_left_to_processes_that_have_it() -> None:
    with no_base_list():
        assert workers.processes_for(10 * workers.FROM) == 1


def test_the_smoke_list_is_judged() -> None:
    found = judged(ours)
    assert found.apart.whole - found.apart.part <= MEET_AT_MOST
    assert sum(share.part for share in found.phenomena.values()) == found.meet.part
    assert found.names.part >= 0.98 * found.names.whole


def test_the_smoke_list_holds_with_the_counts_of_news() -> None:
    try:
        found = judged(with_news(SHARED))
    except NotHereError as error:
        pytest.skip(str(error))
    assert found.meet.part >= MEET_WITH_NEWS
    assert found.apart.whole - found.apart.part <= MEET_AT_MOST
    assert found.names.part >= NAMES_WITH_NEWS


def test_news_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotHereError, match=r"ant1\.jsonl\.gz"):
        with_news(tmp_path)


PEER = """#!/bin/sh
case $1 in
  stems) while read -r line; do printf '%s\\t%s\\n' "$line" "x y"; done < "$3" ;;
  index) echo '{"mode": "index", "lucene": "9.9.1"}' ;;
  search) printf 'a Q0 1 1 2.5 x\\n' > "$7.1.2_0.75.trec" ;;
esac
"""


def peer(tmp_path: Path, script: str) -> Lucene:
    path = tmp_path / "run"
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)
    return Lucene(path)


def test_the_peer_is_asked_by_its_script(
    small: EvalSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lucene, "TOOLS", ())
    asked = peer(tmp_path, PEER)
    assert asked.ranking(small.corpus, small.queries) == {"a": {"1": -1.0}}
    assert asked.version == "9.9.1"
    assert light10(asked)("مدرسة") == ["x", "y"]


@pytest.mark.parametrize(
    ("tools", "script", "said"),
    [
        ((), "#!/bin/sh\necho first >&2; echo no network >&2; exit 3\n", "failed: no network"),
        ((), "#!/bin/sh\nexit 3\n", "does not say why"),
        (("java-of-nowhere",), PEER, "java-of-nowhere cannot be found"),
    ],
)
def test_why_the_peer_is_not_here(
    tools: tuple[str, ...], script: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lucene, "TOOLS", tools)
    with pytest.raises(NotHereError, match=said):
        peer(tmp_path, script).stems(["مدرسة"])
