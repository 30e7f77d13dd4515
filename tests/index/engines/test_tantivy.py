"""What is the Tantivy engine's own: its files, versions, merging, and ranking where many documents tie."""

from __future__ import annotations

import itertools
import string
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.index.engine import open_engine
from kashshaf.index.engines.tantivy.engine import version_of
from kashshaf.index.engines.tantivy.query_builder import FEW_VALUES, READINGS
from kashshaf.index.engines.tantivy.schema import number
from kashshaf.index.engines.tantivy.top_hits import FEW, GROUPED, SPARE
from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.query import Filters, Phrase, Search, Term
from tests.conftest import ROOT
from tests.index.contract.bench import Bench, phrase, record, scored, term
from tests.kashshaf.command import without_rights

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.records import Record
    from kashshaf.index.results import Matches


MANY = 4 * (SPARE + FEW)
"""More documents that tie than are fetched or loaded at first."""


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(open_engine("tantivy"), tmp_path / "comments")


def names(count: int) -> list[str]:
    return [f"d{place:04}" for place in range(count)]


def by_memory(*records: Record, search: Search, tmp_path: Path) -> Matches:
    reference = Bench(open_engine("memory"), tmp_path / "reference")
    reference.put(*records)
    return reference.search(search)


VERSIONS = [
    ("tantivy v0.27.0, index_format v7", "2.7"),
    ("tantivy v1.0.0, index_format v12", "2.12"),
    ("another form", "2.another form"),
]


@pytest.mark.parametrize(("library", "version"), VERSIONS)
def test_the_version_names_the_format_of_the_files(library: str, version: str) -> None:
    assert version_of(library) == version
    assert open_engine("tantivy").version.startswith("2.")


def test_files_of_another_version_are_refused_with_a_sentence(bench: Bench) -> None:
    bench.put(record("1", "a"))
    for file in bench.folder.glob("*.*"):
        whole = file.read_bytes()
        file.write_bytes(whole.replace(b'"index_format_version":7', b'"index_format_version":1'))
    with pytest.raises(BrokenIndexError, match=r"another version of Tantivy.*kashshaf reindex SOURCE"):
        bench.reader()


def test_a_read_only_folder_is_read_and_refuses_a_writer(bench: Bench) -> None:
    bench.put(record("1", "a"))
    everything = [bench.folder.parent, bench.folder, *bench.folder.iterdir()]
    for each in everything:
        each.chmod(0o555 if each.is_dir() else 0o444)
    try:
        found = subprocess.run(
            [*without_rights(), sys.executable, "-c", READ_ONLY, str(bench.folder)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
    finally:
        for each in everything:
            each.chmod(0o755)
    assert found.stdout.splitlines()[0] == "1 found"
    assert "cannot read the index" in found.stdout.splitlines()[1]
    assert "damaged" not in found.stdout


READ_ONLY = """
import sys
from pathlib import Path
from kashshaf.analyzers.errors import KashshafError
from kashshaf.index.engine import open_engine
from kashshaf.index.query import Search
engine, folder = open_engine("tantivy"), Path(sys.argv[1])
with engine.reader(folder, "comments") as reader:
    print(reader.search(Search()).total, "found")
try:
    engine.writer(folder, "comments")
except KashshafError as error:
    print(error)
"""


@pytest.mark.parametrize("order", ["newest", "oldest", "relevance"])
@pytest.mark.parametrize("span", [None, (5, 5)])
@pytest.mark.parametrize("offset", [0, 3, FEW, MANY - 3])
def test_pages_are_exact_where_many_documents_tie(
    bench: Bench, order: str, span: tuple[int, int] | None, offset: int, tmp_path: Path
) -> None:
    alike = [record(name, "a", span) for name in reversed(names(MANY))]
    others = [record("first", "a a", (9, 9)), record("last", "a z z", (1, 1)), record("none", "z")]
    half = len(alike) // 2
    bench.put(*alike[:half], *others)
    bench.put(*alike[half:])
    search = Search(term("a"), scored("a"), order=order, offset=offset)  # type: ignore[arg-type] # of three
    expected = by_memory(*alike, *others, search=search, tmp_path=tmp_path)
    found = bench.search(search)
    assert found.total == expected.total
    assert [hit.id for hit in found.hits] == [hit.id for hit in expected.hits]


def test_groups_are_exact_where_many_documents_tie(bench: Bench, tmp_path: Path) -> None:
    records = [record(name, "a", article=f"of {place % 3}") for place, name in enumerate(names(GROUPED + 9))]
    bench.put(*reversed(records))
    reference = Bench(open_engine("memory"), tmp_path / "reference")
    reference.put(*records)
    for scoring in ((), scored("a")):
        search = Search(term("a"), scoring)
        with bench.reader() as reader, reference.reader() as other:
            assert reader.groups(search, "article", 3) == other.groups(search, "article", 3)
            counts = {value: group.total for value, group in other.groups(search, "article", 3).items()}
            only_counted = reader.groups(search, "article", 0)
        assert {value: group.total for value, group in only_counted.items()} == counts


def test_a_page_too_deep_or_of_nothing_asks_for_no_more_than_there_is(bench: Bench) -> None:
    bench.put(record("1", "a"), record("2", "a"))
    for order in ("relevance", "newest"):
        deep = Search(term("a"), scored("a"), order=order, offset=10**12, limit=10**12)
        assert bench.search(deep).total == 2
        assert bench.search(deep).hits == ()
        assert bench.search(Search(term("a"), scored("a"), order=order, limit=0)).hits == ()


def test_a_phrase_reaches_across_no_gap_and_no_alternative(bench: Bench) -> None:
    bench.put(record("gap", "a - b"), record("two", "a|x b|y c"), record("ends", "- a b -"))
    assert bench.ids(Search(phrase("a", "b"))) == ["ends", "two"]
    assert bench.ids(Search(phrase("x", "y", "c"))) == ["two"]
    assert bench.ids(Search(phrase("a", "x"))) == []
    assert bench.ids(Search(phrase("b", "y"))) == []


def test_a_phrase_with_very_many_readings(bench: Bench) -> None:
    odd = "a.*b"
    bench.put(record("1", f"q {odd} q q"), record("2", "q axxb q q"), record("3", f"q q {odd} q"))
    slots = (("q", "r", "s", "t", "u"), (odd, "(", "[", "\\"), ("q", "-", "^", "x"), ("q", "v", "w", "y"))
    assert len(slots[0]) * len(slots[1]) * len(slots[2]) * len(slots[3]) > READINGS
    assert bench.ids(Search(Phrase("text", "folded", slots))) == ["1"]


def test_a_phrase_at_a_level_without_positions_matches_nothing(bench: Bench) -> None:
    bench.put(record("1", "a b"))
    assert bench.ids(Search(phrase("a", "b", level="stem"))) == []
    assert bench.ids(Search(phrase("a", "b", level="none"))) == []


def test_filters_by_many_values(bench: Bench) -> None:
    every = names(FEW_VALUES + 30)
    bench.put(*(record(name, "a", source=name) for name in every))
    for many in (every[:-1], every[: FEW_VALUES - 1]):
        assert bench.ids(Search(filters=Filters((("source", tuple(many)),)), limit=999)) == many
        rest = [name for name in every if name not in many]
        assert bench.ids(Search(filters=Filters(without=(("id", tuple(many)),)), limit=999)) == rest
    assert bench.ids(Search(filters=Filters((("source", ()),)))) == []
    assert bench.ids(Search(filters=Filters((("colour", ("red",)),)))) == []


def test_odd_values(bench: Bench) -> None:
    odd = ["x" * 70_000, "a\tb\nc", "\0", "", " ", "🎉", "{}", "/a/b"]
    bench.put(*(record(f"{place}\n{value[:9]}", "a", author=value) for place, value in enumerate(odd)))
    assert bench.search(Search()).total == len(odd)
    for place, value in enumerate(odd[1:], start=1):
        assert bench.ids(Search(filters=Filters((("author", (value,)),)))) == [f"{place}\n{value[:9]}"]


def test_values_of_removed_documents_are_gone(bench: Bench) -> None:
    bench.put(*(record(name, "a", source="s") for name in names(30)), record("x", "a", source="t"))
    bench.remove("x", "d0000")
    with bench.reader() as reader:
        assert dict(reader.values("source")) == {"s": 29}


def test_stored_of_many_ids(bench: Bench) -> None:
    many = names(1_500)
    bench.put(*(record(name, "a") for name in many))
    with bench.reader() as reader:
        assert list(reader.stored([*reversed(many), "no", many[0]])) == list(reversed(many))
        assert reader.stored([]) == {}
        assert len(list(reader.scan())) == 1_500


def test_readers_are_shared_by_threads(bench: Bench) -> None:
    bench.put(*(record(name, "a " * (place % 7 + 1)) for place, name in enumerate(names(200))))
    searches = [Search(term("a"), scored("a"), offset=at) for at in range(0, 200, 10)]
    with bench.reader() as reader, ThreadPoolExecutor(4) as pool:
        for _ in range(5):
            found = list(pool.map(reader.search, searches))
            assert [hit.id for page in found for hit in page.hits] == [
                hit.id for search in searches for hit in reader.search(search).hits
            ]
        assert all(found[0].total == 200 for _ in found)


def test_opening_leaves_no_links_behind(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bench.put(record("1", "a"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    for _ in range(50):
        bench.reader().close()
    assert not list((tmp_path / "temporary").iterdir())


def test_a_closed_reader_says_so(bench: Bench) -> None:
    reader = bench.reader()
    reader.close()
    with pytest.raises(BrokenIndexError, match="closed"):
        reader.stored(["bridge"])


def test_numbers_of_values_differ() -> None:
    assert len({number(f"article {place}") for place in range(10_000)}) == 10_000
    assert 0 <= number("") < 2**64


@pytest.mark.parametrize(("name", "other"), [("whoosh", "tantivy"), ("tantivy", "whoosh")])
def test_one_engine_imports_nothing_of_the_other(name: str, other: str) -> None:
    code = (
        "import sys; from kashshaf.index.engine import open_engine;"
        f"open_engine({name!r}); print(sorted(m for m in sys.modules if {other!r} in m))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == b"[]"


def test_a_word_that_only_scores_at_an_unknown_field_adds_nothing(bench: Bench) -> None:
    bench.put(record("1", "a"))
    assert bench.search(Search(Term("title", "stem", "a"), scored("a"))).total == 0
    with bench.reader() as reader:
        assert reader.frequencies([Term("title", "stem", "a"), term("a")]) == [0, 1]


@settings(deadline=None)
@given(
    st.text()
    | st.lists(st.sampled_from(["كتاب", "a", "1", *string.whitespace, "\xa0", "\u2003"])).map("".join)
)
def test_no_term_holds_what_terms_are_parted_by(text: str) -> None:
    for token in Analyzer().tokens(text):
        for found in itertools.chain.from_iterable(token.forms):
            assert not any(letter.isspace() for letter in found)
