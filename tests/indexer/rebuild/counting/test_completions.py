"""Completions out of counted articles: words, phrases, names and titles as they are mostly written."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

import kashshaf.indexer.rebuild.counting.collected
from kashshaf.analyzers.folded_words import FoldedWords
from kashshaf.index.completions.entry import KINDS
from kashshaf.index.completions.entry_file import EntryFile
from kashshaf.index.documents import Article, Section
from kashshaf.index.errors import NoSpaceError
from kashshaf.indexer.rebuild.counting import completions
from kashshaf.indexer.rebuild.counting.collected import Collected
from kashshaf.indexer.rebuild.counting.completions import WriteCompletions, entries
from kashshaf.indexer.rebuild.counting.count import CountBatches
from kashshaf.indexer.rebuild.counting.written import PieceWords, pairs, triples, unbroken
from kashshaf.indexer.rebuild.spool import Spool
from kashshaf.indexer.rebuild.workers import Pool

if TYPE_CHECKING:
    from kashshaf.analyzers.columns.pieces import Hashes
    from kashshaf.index.completions.entry import Entry, Kind
from kashshaf.indexer.rebuild.counting.written import Written


def made(*articles: Article, dropped: tuple[str, ...] = ()) -> list[Entry]:
    with TemporaryDirectory() as name, Collected(Path(name)) as collected:
        collected.add(read(*articles, key=collected.key))
        return list(entries(collected, dropped, len(articles), FoldedWords()))


def read(*articles: Article, key: Hashes) -> Written:
    with TemporaryDirectory() as name, Spool(Path(name)) as spool:
        for article in articles:
            spool.add(article)
        return CountBatches(key)(spool.batches()).written


def texts(found: list[Entry], kind: Kind) -> list[str]:
    ordered = sorted(found, key=lambda entry: (-entry.score, entry.text))
    return [entry.text for entry in ordered if entry.kind == kind]


OIL = (
    Article(id="1", title="أسعار النفط ترتفع", date="2016-05-01", source="وكالة الساحل", author="سالم"),
    Article(id="2", title="اسعار النفط اليوم", date="2016-05-03", source="وكالة الساحل", tags=("نفط",)),
    Article(
        id="3",
        title="هبوط أسعار النفط",
        lead="قال الوزير، إن أَسعار النفط هبطت",
        sections=(Section("", "والنفط في العالم، والأسعار"),),
    ),
)


def test_a_word_is_shown_as_it_is_mostly_written() -> None:
    found = texts(made(*OIL), "word")
    assert found[:2] == ["أسعار", "النفط"]
    assert "اسعار" not in found


def test_a_word_is_not_shown_with_a_conjunction_before_its_article() -> None:
    found = texts(made(*OIL), "word")
    assert "والنفط" not in found
    assert "والأسعار" in found  # which is not written without it


def test_stop_words_and_numbers_are_no_words() -> None:
    assert texts(made(Article(id="1", title="في عام 2016 من 5g ب")), "word") == ["عام"]


def test_a_phrase_is_frequent_and_in_a_title() -> None:
    assert texts(made(*OIL), "phrase") == ["أسعار النفط"]
    body = [Article(id=str(at), title="خبر", lead="أسعار النفط اليوم") for at in range(5)]
    assert texts(made(*body), "phrase") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("كرة القدم", {"كرة القدم"}),
        ("كرة، القدم", set()),
        ("كرة من القدم", set()),
        ("مجلس الأمن الدولي", {"مجلس الأمن", "الأمن الدولي", "مجلس الأمن الدولي"}),
        ("«مجلس الأمن»: قرار", {"مجلس الأمن"}),
        ("مونديال 2018", {"مونديال 2018"}),
        ("2018 مونديال", set()),
    ],
)
def test_phrases(text: str, expected: set[str]) -> None:
    runs = unbroken(PieceWords().written(text))
    assert {*pairs(runs), *triples(runs)} == expected


def test_a_part_of_one_longer_phrase_is_none_of_its_own() -> None:
    articles = [Article(id=str(at), title="قرار مجلس الأمن الدولي") for at in range(8)]
    articles += [Article(id="x", title="مجلس الأمن")]
    assert texts(made(*articles), "phrase") == ["قرار مجلس الأمن", "مجلس الأمن الدولي"]


def test_words_that_seldom_stand_together_are_no_phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [Article(id=str(at), title="أعلن الوزير") for at in range(30)]
    articles += [Article(id=f"x{at}", title="أعلن الجسر") for at in range(2)]
    articles += [Article(id=f"y{at}", title="سقط الجسر") for at in range(30)]
    assert "أعلن الجسر" not in texts(made(*articles), "phrase")
    monkeypatch.setattr(completions, "_TOGETHER", 0.0)
    assert "أعلن الجسر" in texts(made(*articles), "phrase")


def test_names_have_their_keyword() -> None:
    names = {(each.text, each.origin) for each in made(*OIL) if each.kind == "name"}
    assert names == {("وكالة الساحل", "source"), ("سالم", "author"), ("نفط", "tag")}


def test_titles_are_there_once_the_newest_first_and_without_dropped_ones() -> None:
    more = (Article(id="4", title="أسعارُ النفط ترتفع", date="2016-06-01"), Article(id="5", title="محذوف"))
    found = [each for each in made(*OIL, *more, dropped=("5",)) if each.kind == "title"]
    assert [each.origin for each in found] == ["4", "2", "3"]
    assert found[0].score > found[-1].score


def test_what_is_replaced_is_taken_away(tmp_path: Path) -> None:
    again = Article(id="1", title="هبوط أسعار الذهب")
    with Collected(tmp_path) as collected:
        collected.add(read(*OIL, key=collected.key))
        collected.add(read(again, key=collected.key))
        collected.replace(read(OIL[0], key=collected.key))
        rest = list(entries(collected, (), 3, FoldedWords()))
        assert collected.counts({"أسعار النفط", "هبوط أسعار"}) == {"أسعار النفط": 1, "هبوط أسعار": 2}
    assert "ترتفع" not in texts(rest, "word")
    assert "سالم" not in texts(rest, "name")
    assert set(texts(rest, "title")) == {"هبوط أسعار الذهب", "اسعار النفط اليوم", "هبوط أسعار النفط"}


def test_what_waits_on_disk_leaves_no_file(tmp_path: Path) -> None:
    with Collected(tmp_path) as collected:
        collected.add(read(*OIL, key=collected.key))
    assert [*tmp_path.iterdir()] == []


def test_what_a_run_that_was_killed_left_is_forgotten(tmp_path: Path) -> None:
    killed = Collected(tmp_path)
    killed.__enter__()
    killed.add(read(*OIL, key=killed.key))
    with Collected(tmp_path) as collected:
        assert ([*collected.titles()], collected.counts({"أسعار النفط"})) == ([], {"أسعار النفط": 0})


def test_another_process_writes_the_same(tmp_path: Path) -> None:
    with Collected(tmp_path) as collected:
        collected.add(read(*OIL, key=collected.key))
        expected = [*entries(collected, (), 3, FoldedWords())]
        with Pool(tmp_path) as pool:
            workers = pool.workers(WriteCompletions(tmp_path / "file", (), 3), 2)
            assert workers.submit(collected.put_aside()).result() == len(expected)
        assert not collected.words  # they are on disk
    found = EntryFile.open(tmp_path / "file")
    assert {entry for kind in KINDS for entry in found.starting(kind, "")} == {*expected}
    assert texts(expected, "phrase") == ["أسعار النفط"]


def test_phrases_counted_by_several_processes_are_added_up(tmp_path: Path) -> None:
    with Spool(tmp_path) as spool, Collected(tmp_path) as collected, Pool(tmp_path) as pool:
        workers = pool.workers(CountBatches(collected.key), 2)
        for article in OIL:
            spool.add(article)
        (batch,) = spool.batches()
        for counted in workers.results([[batch]] * 4):
            collected.add(counted.written)
        assert collected.counts(["أسعار النفط"]) == {"أسعار النفط": 8}


def test_phrases_are_read_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("أسعار النفط", "النفط ترتفع", "أسعار النفط ترتفع", "النفط ترتفع اليوم")
    with Collected(tmp_path) as collected:
        collected.add(read(*OIL, key=collected.key))
        monkeypatch.setattr(kashshaf.indexer.rebuild.counting.collected, "AT_ONCE", 1)
        found = collected.counts(asked)
        assert found == dict(zip(asked, (2, 1, 1, 0), strict=True))
        assert collected.neighbours(["أسعار", "ترتفع"]) == {"أسعار": (2, 2), "ترتفع": (0, 1)}


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Collected(tmp_path) as collected:
        monkeypatch.setattr(collected, "_pairs", Path("/dev/full"))
        with pytest.raises(NoSpaceError):
            collected.add(read(*OIL, key=collected.key))
        monkeypatch.undo()
