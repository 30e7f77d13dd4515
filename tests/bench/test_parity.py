"""The engines beside the reference engine on the samples, and an index that was updated in place."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import orjson
import pytest
from click.testing import CliRunner

from bench.measure.corpus import articles
from bench.parity import Agreement, agreements, is_same, main, updated
from bench.quality import EvalSet
from kashshaf.index.results import Hit, Matches
from kashshaf.index.settings import Settings
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from tests.conftest import SAMPLES, SAVED
from tests.opensearch.cluster import KEPT

if TYPE_CHECKING:
    from pathlib import Path

TOPICS = 40


@pytest.mark.parametrize("engine", KEPT)
def test_every_engine_ranks_the_samples_as_the_reference_engine_does(engine: str, tmp_path: Path) -> None:
    settings = replace(Settings(), index=tmp_path / "index", engine=engine)
    rebuild(settings, [SAMPLES], Options(SAVED, UTC), silent)
    titles = [article.title for article in articles([SAMPLES])][:TOPICS]
    quoted = ['"حصاد القمح"', "=المدرسة", "", "zzz"]
    found = agreements(settings, [*titles, *quoted])
    assert found["articles"].found >= TOPICS
    assert [*found] == ["articles", "comments"]
    for each in found.values():
        assert each.best == each.totals == each.found


def matches(*hits: tuple[str, float]) -> Matches:
    return Matches(len(hits), tuple(Hit(id_, score) for id_, score in hits))


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        (matches(), matches(), True),
        (matches(("a", 2.0), ("b", 1.0)), matches(("a", 2.5), ("b", 1.0)), True),
        (matches(("a", 2.0), ("b", 1.9995)), matches(("b", 2.0), ("a", 2.0)), True),
        (matches(("a", 2.0), ("b", 1.99)), matches(("b", 2.0), ("a", 2.0)), False),
        (matches(("a", 2.0)), matches(("a", 2.0), ("b", 1.0)), False),
    ],
)
def test_the_same_ten(ours: Matches, theirs: Matches, same: bool) -> None:
    assert is_same(ours, theirs) is same


def test_shares_are_of_topics_that_find_something() -> None:
    assert str(Agreement(200, 198, 200)) == (
        "of 200 topics that find something 99.0% have the same best 10, 100.0% the same total"
    )
    assert Agreement(200, 190, 0).reached()
    assert not Agreement(200, 189, 200).reached()
    assert "none" in str(Agreement(0, 0, 0))


WORDS = ["قمح", "جسر", "نهر", "مدرسة", "قطار", "سوق", "ميناء", "مطار", "حديقة", "متحف", "مكتبة", "ملعب"]


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A set of questions as it stands beside the project."""
    each = EvalSet(tmp_path / "shared" / "data" / "eval" / "pool_qa")
    each.folder.mkdir(parents=True)
    rows = [{"id": str(at), "title": word, "text": f"افتتح {word} جديد"} for at, word in enumerate(WORDS)]
    each.corpus.write_bytes(gzip.compress(b"".join(orjson.dumps(row) + b"\n" for row in rows)))
    each.queries.write_bytes(
        b"".join(orjson.dumps({"id": str(at), "text": word}) + b"\n" for at, word in enumerate(WORDS))
    )
    each.qrels.write_text("".join(f"{at}\t{at}\t1\n" for at in range(len(WORDS))), encoding="utf-8")
    return tmp_path / "shared"


def test_an_index_updated_in_place_ranks_as_a_fresh_one(shared: Path) -> None:
    assert updated("tantivy", EvalSet(shared / "data" / "eval" / "pool_qa")) == (1.0, 1.0)


def test_questions_that_are_not_there_are_missed_at_once(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["--updated", "--shared", str(tmp_path)])
    assert ran.exit_code == 1
    assert "pool_qa cannot be found" in ran.output


def test_the_command_says_what_is_reached(shared: Path) -> None:
    ran = CliRunner().invoke(main, ["--topics", "10", "--updated", "--shared", str(shared)])
    assert ran.exit_code == 0, ran.output
    assert "tantivy, articles: of 10 topics that find something 100.0% have the same best 10" in ran.output
    assert "tantivy: nDCG@10 1.0000 on a fresh index, 1.0000 after" in ran.output
