"""What is the Whoosh engine's own: the known bugs of Whoosh that it must not have, and its posting lists."""

from __future__ import annotations

import errno
import itertools
import random
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from whoosh.writing import SegmentWriter

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.index.documents import Article, Section
from kashshaf.index.engine import open_engine
from kashshaf.index.engines.whoosh import codec
from kashshaf.index.engines.whoosh.codec import FieldWriter, Writer
from kashshaf.index.engines.whoosh.postings import NO_FIELD, FieldInverter, PostingsFile, write
from kashshaf.index.errors import BrokenIndexError, NoSpaceError
from kashshaf.index.query import EVERYTHING, AnyOf, Filters, Search, Weighted
from kashshaf.index.records import RecordBuilder
from tests.index.contract.bench import Bench, phrase, record, scored, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

    from kashshaf.analyzers.errors import KashshafError
    from kashshaf.index.query import Clause, Order
    from kashshaf.index.records import Record
    from kashshaf.index.results import Matches

OPEN_FILES = Path("/proc/self/fd")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(open_engine("whoosh"), tmp_path / "comments")


def some_records(count: int, first: int = 0) -> list[Record]:
    """Records with a word of their own, one of two sources, and dates in no order."""
    return [
        record(f"d{n:03}", f"a b w{n} a", (n * 37 % 101, n * 37 % 101), source="xy"[n % 2])
        for n in range(first, first + count)
    ]


def answers(bench: Bench) -> list[Matches]:
    """What the index says to questions of every kind."""
    ranked = (*scored("a", "b", "w7"), Weighted(phrase("a", "b"), 0.5))
    clauses: list[Clause] = [
        EVERYTHING,
        term("a"),
        term("w7"),
        phrase("b", "w7"),
        AnyOf((term("w3"), term("w9"))),
    ]
    orders: list[Order] = ["relevance", "newest", "oldest"]
    searches = [Search(clause, ranked, order=order, limit=99) for clause in clauses for order in orders]
    with bench.reader() as reader:
        return [reader.search(search) for search in searches]


# Known bugs of Whoosh, each with what it did.


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize(
    "clause", [EVERYTHING, term("a"), phrase("a", "b"), AnyOf((term("a"), term("w1")))], ids=str
)
def test_filters_hold_whatever_else_is_asked(bench: Bench, clause: Clause, order: Order) -> None:
    """``filter=`` and ``mask=`` were silently ignored together with a time limit."""
    bench.put(*some_records(20))
    bench.put(*some_records(20, first=20))
    for filters in (
        Filters((("source", ("x",)),)),
        Filters(without=(("source", ("y",)),)),
        Filters((("source", ("x",)),), start=0, end=1000),
    ):
        found = bench.search(Search(clause, scored("a", "w1"), filters, order, limit=99))
        assert {hit.id for hit in found.hits} == {f"d{n:03}" for n in range(0, 40, 2)}
        with bench.reader() as reader:
            groups = reader.groups(Search(clause, scored("a"), filters, order), "article", 99)
        assert groups["a"].total == found.total == 20


def test_orders_are_right_after_many_commits_and_removals(bench: Bench) -> None:
    """``BufferedWriter`` scrambled sorting: what it held and what it had written were numbered apart."""
    every = some_records(60)
    for start in range(0, 60, 6):
        bench.put(*every[start : start + 6])
        bench.remove(f"d{start:03}")
        left = [each for each in every[: start + 6] if int(each.id[1:]) % 6]
        by_date = sorted(left, key=lambda each: (each.span or (0, 0))[0])
        assert bench.ids(Search(order="oldest", limit=99)) == [each.id for each in by_date]
        assert bench.ids(Search(order="newest", limit=99)) == [each.id for each in reversed(by_date)]


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def broken(*_: object, **__: object) -> None:
    raise ValueError("no")


FAILURES = [
    (Writer, "add"),
    (Writer, "write_per_doc"),
    (FieldWriter, "add"),
    (FieldWriter, "add_postings"),
    (FieldInverter, "columns"),
    (SegmentWriter, "_commit_toc"),
]


@pytest.mark.parametrize(("fail", "error"), [(full, NoSpaceError), (broken, BrokenIndexError)])
@pytest.mark.parametrize(("owner", "name"), FAILURES, ids=[name for _, name in FAILURES])
def test_a_write_that_fails_is_an_error_and_loses_nothing(
    bench: Bench,
    owner: type[object],
    name: str,
    fail: Callable[..., None],
    error: type[KashshafError],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """``AsyncWriter`` dropped documents silently when its thread failed."""
    bench.put(*some_records(10))
    before = answers(bench)
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fail)
        with pytest.raises(error):
            rewrite(bench)
    assert answers(bench) == before
    rewrite(bench)
    with bench.reader() as reader:
        assert reader.count() == 15


def rewrite(bench: Bench) -> None:
    """So much anew that all segments are merged."""
    bench.put(*some_records(10, first=5))


@pytest.mark.parametrize("size", [1, 7, 100])
def test_every_document_written_is_counted(bench: Bench, size: int) -> None:
    """``writer(procs=N)`` lost documents in some set-ups. We write in one process; a rebuild counts too."""
    every = some_records(100)
    for start in range(0, 100, size):
        bench.put(*every[start : start + size])
    with bench.reader() as reader:
        assert reader.count() == reader.search(Search()).total == len(list(reader.scan())) == 100
        assert dict(reader.values("source")) == {"x": 50, "y": 50}
        assert len(reader.stored(each.id for each in every)) == 100


def test_a_comment_without_its_article_hides_no_other(bench: Bench) -> None:
    """``NestedParent`` dropped every article after an orphan comment. Ours are records of their own."""
    bench.put(
        record("1", "a", article="gone"), record("2", "a", article="here"), record("3", "b", article="")
    )
    bench.put(record("4", "a", article="later"))
    with bench.reader() as reader:
        groups = reader.groups(Search(term("a"), scored("a")), "article", 9)
    assert {article: group.total for article, group in groups.items()} == {"gone": 1, "here": 1, "later": 1}
    assert bench.ids(Search(order="oldest")) == ["1", "2", "3", "4"]


@pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="open files are counted in /proc, which is not here")
def test_commits_and_readers_leave_no_file_open(bench: Bench) -> None:
    """A file descriptor leaked each time a segment was closed."""

    def work(first: int) -> None:
        bench.put(*some_records(3, first))
        bench.remove(f"d{first:03}")
        answers(bench)

    work(0)
    before = len(list(OPEN_FILES.iterdir()))
    for turn in range(1, 30):
        work(turn * 3)
    assert len(list(OPEN_FILES.iterdir())) <= before


def test_marks_inside_a_word_do_not_split_it(tmp_path: Path) -> None:
    """The default tokenizer splits at combining marks, so that a vocalised word was found by no one."""
    engine = open_engine("whoosh")
    engine.create(tmp_path / "articles", "articles")
    recorder = RecordBuilder(Analyzer(), UTC)
    with engine.writer(tmp_path / "articles", "articles") as writer:
        writer.put(
            recorder.record(Article("1", "", title="صَدَرَ الكِتَابُ", sections=(Section("", "مُدَرِّسَةٌ"),))).article
        )
        writer.commit()
    (book,) = Analyzer().tokens("كتاب")
    (teacher,) = Analyzer().tokens("مدرّسة")
    with engine.reader(tmp_path / "articles", "articles") as reader:
        for token in (book, teacher):
            assert reader.search(Search(term(token.forms.stem[0]))).total == 1


# Posting lists.


def test_lists_put_aside_come_together_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, bit_by_bit = (Bench(open_engine("whoosh"), tmp_path / name) for name in ("one", "many"))
    at_once.put(*some_records(40))
    monkeypatch.setattr(codec, "POOL", 200)
    written = 0

    def counted(file: BinaryIO, fields: Iterable[tuple[str, FieldInverter]]) -> None:
        nonlocal written
        written += 1
        write(file, fields)

    monkeypatch.setattr(codec, "write", counted)
    bit_by_bit.put(*some_records(40))
    assert written > 4, "nothing was put aside"
    assert answers(bit_by_bit) == answers(at_once)


def test_merged_segments_answer_like_one(tmp_path: Path) -> None:
    one, merged = (Bench(open_engine("whoosh"), tmp_path / name) for name in ("one", "merged"))
    one.put(*some_records(30, first=10))
    for start in range(0, 40, 10):
        merged.put(*some_records(10, start))
    merged.remove(*(f"d{n:03}" for n in range(10)))
    assert len(list(merged.folder.glob("*.stored.col"))) == 1, "they were not merged"
    assert answers(merged) == answers(one)


def test_a_merge_keeps_new_documents_and_old_ones(bench: Bench) -> None:
    bench.put(*some_records(20))
    bench.put(*some_records(20, first=10))  # half of the old ones replaced: merged with the new
    with bench.reader() as reader:
        assert reader.count() == 30
    assert bench.ids(Search(phrase("w15", "a"))) == ["d015"]
    assert bench.ids(Search(phrase("w5", "a"))) == ["d005"]


def lists_of(tmp_path: Path, positioned: bool, *documents: str) -> PostingsFile:
    field = FieldInverter(positioned)
    for number, terms in enumerate(documents):
        field.add(number, terms)
    with (tmp_path / "lists").open("w+b") as file:
        write(file, [("field", field)])
        file.flush()
        return PostingsFile(file)


@pytest.mark.parametrize("repeated", [255, 256, 65_535, 65_536, 70_000])
def test_numbers_of_two_and_of_four_bytes(tmp_path: Path, repeated: int) -> None:
    file = lists_of(tmp_path, True, "a " * repeated + "end", "a")
    field = file.field("field")
    found = field.postings("a")
    assert [weight >> 8 for weight in found.weights] == [repeated, 1]
    assert found.positions.tolist() == [*range(repeated), 0]
    assert field.postings("end").positions.tolist() == [repeated]
    assert (field.length, list(field.terms())) == (repeated + 2, ["a", "end"])
    file.close()


def test_any_terms_are_found_again(tmp_path: Path) -> None:
    shuffle = random.Random(7)  # noqa: S311 - the same words every time
    words = sorted({"".join(shuffle.choices("abاب🎉ﷺ", k=shuffle.randint(1, 4))) for _ in range(300)})
    texts = [" ".join(shuffle.choices(words, k=20)) for _ in range(50)]
    file = lists_of(tmp_path, True, *texts)
    field = file.field("field")
    for word in words:
        having = [number for number, text in enumerate(texts) if word in text.split()]
        found = field.postings(word)
        assert found.documents.tolist() == having
        assert field.frequency(word) == len(having)
        starts = [0, *found.ends()]
        for number, (start, end) in zip(having, itertools.pairwise(starts), strict=True):
            places = [at for at, each in enumerate(texts[number].split()) if each == word]
            assert found.positions[start:end].tolist() == places
    file.close()


def test_what_is_not_there_has_no_postings(tmp_path: Path) -> None:
    file = lists_of(tmp_path, False, "b d")
    for field in (file.field("field"), file.field("another"), NO_FIELD):
        for word in ("a", "c", "e", ""):
            assert field.frequency(word) == 0
            assert field.postings(word).documents.tolist() == []
    assert list(NO_FIELD.terms()) == []
    file.close()


def test_a_flipped_byte_anywhere_in_the_lists_is_seen(bench: Bench) -> None:
    bench.put(*some_records(3))
    path = max(bench.folder.glob("*.lists"), key=lambda each: each.stat().st_size)
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        with pytest.raises(BrokenIndexError, match="reindex"), bench.reader() as reader:
            reader.check()


def test_postings_that_come_another_way_are_refused(tmp_path: Path) -> None:
    """Whoosh's own pool would be a second way in, and what came through it would be lost."""
    with (tmp_path / "lists").open("wb") as file, pytest.raises(NotImplementedError):
        FieldWriter(file, str(tmp_path)).add_postings({}, None, [("field", b"a", 0, 1.0, b"")])
