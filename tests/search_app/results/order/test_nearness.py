"""The few words of a query near each other: in what an article opens with, or side by side."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.index.documents import Article, Section
from kashshaf.index.engine import open_engine
from kashshaf.index.query import Filters, Search
from kashshaf.index.records import LEAD_WORDS, RecordBuilder
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.parser import read
from kashshaf.search_app.query.plan import plan
from kashshaf.search_app.results.order.nearness import narrowed
from tests.index.contract.bench import Bench, zoned
from tests.search_app.query.language.typed import TODAY

if TYPE_CHECKING:
    from pathlib import Path

ANALYZER = Analyzer()
EVERY = Filters()
ARTICLES = (
    zoned("title", "كتاب نادر غريب", title="نادر كتاب"),
    zoned("opening", "كتاب جديد نادر غريب", title="كتاب", lead="غريب نادر"),
    zoned("beside", "غريب جديد كتاب نادر", lead="غريب"),
    zoned("apart", "كتاب غريب نادر", title="كتاب"),
    zoned("one", "كتاب جديد", title="كتاب"),
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    made = Bench(open_engine("memory"), tmp_path_factory.mktemp("near") / "articles", "articles")
    made.put(*ARTICLES)
    return made


def near(typed: str, bench: Bench, among: Filters = EVERY) -> set[str]:
    asked = read(parse(typed, TODAY), ANALYZER)
    with bench.reader() as reader:
        planned = narrowed(plan(asked, reader, "articles"), asked, ANALYZER, reader, among)
        search = Search(planned.full, filters=among, excluded=planned.excluded)
        return {hit.id for hit in reader.search(search).hits}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("كتاب نادر", {"title", "opening", "beside"}),
        ("نادر كتاب", {"title", "opening"}),
        ("كتاب من نادر", {"title", "opening"}),  # side by side with its stop word alone
        ("كتاب نادر -جديد", {"title"}),
        ("كتاب جديد غريب", {"opening"}),  # one of three may stand further down
        ("غريب جديد كتاب", {"opening", "beside"}),
        ("كتاب كتاب نادر", {"title", "opening"}),  # typed twice it is one word
    ],
)
def test_words_are_near_in_what_an_article_opens_with_or_side_by_side(
    typed: str, expected: set[str], bench: Bench
) -> None:
    assert near(typed, bench) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("كتاب", {"title", "opening", "beside", "apart", "one"}),  # one word is near to none
        ("نادر جديد", {"opening", "beside"}),  # where none has them near, all count
        ("كتاب AND نادر", {"title", "opening", "beside", "apart"}),
        ('"كتاب نادر" غريب', {"title", "beside"}),
        ("من إلى", set()),
        ("مليون", set()),  # one word, and the number that it amounts to
    ],
)
def test_where_nearness_is_not_told_every_full_match_counts(
    typed: str, expected: set[str], bench: Bench
) -> None:
    assert near(typed, bench) == expected


def test_a_number_in_words_counts_once(tmp_path: Path) -> None:
    builder = RecordBuilder(ANALYZER, UTC)
    before = " ".join(f"كلمة{number}" for number in range(LEAD_WORDS))
    made = Bench(open_engine("memory"), tmp_path / "articles", "articles")
    for id_, said in (("opening", f"خمسة عشر كتابا {before}"), ("further", f"{before} خمسة عشر كتابا جديدا")):
        made.put(builder.record(Article(id=id_, title="خبر", sections=(Section("", said),))).article)
    assert near("خمسة عشر", made) == {"opening", "further"}
    assert near("كتاب خمسة عشر", made) == {"opening"}


def test_where_the_filters_leave_none_near_all_that_they_leave_count(bench: Bench) -> None:
    assert near("كتاب نادر", bench, Filters((("id", ("apart", "one")),))) == {"apart"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("صدر قرار لمجلس الأمن", True),
        ("اجتمع ومجلس الامن", True),
        ("اجتمعت مجالس الأمن", False),
        ("اجتمع مجلس للأمن", False),
        ("اجتمع مجلس أعلى للأمن", False),
    ],
)
def test_side_by_side_the_first_word_may_have_any_proclitic(text: str, found: bool, tmp_path: Path) -> None:
    before = " ".join(f"كلمة{number}" for number in range(LEAD_WORDS))
    builder = RecordBuilder(ANALYZER, UTC)
    made = Bench(open_engine("memory"), tmp_path / "articles", "articles")
    for id_, said in (("beside", "في مجلس الأمن"), ("this", text)):
        article = Article(id=id_, title="خبر", sections=(Section("", f"{before} {said}"),))
        made.put(builder.record(article).article)
    assert near("مجلس الأمن", made) == ({"beside", "this"} if found else {"beside"})
