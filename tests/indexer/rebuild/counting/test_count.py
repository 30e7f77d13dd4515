"""How often words are attested: by document, and once an author below an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kashshaf.indexer.rebuild.counting.count
import kashshaf.indexer.rebuild.spool
from kashshaf.analyzers.columns.pieces import new_key
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.index.documents import Article, Comment, Section
from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.store.generations import LEXICON, WORDS
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.counting.collected import Collected
from kashshaf.indexer.rebuild.counting.count import CountBatches, WordCounter
from kashshaf.indexer.rebuild.freeze import RepeatedPieces
from kashshaf.indexer.rebuild.spool import Spool
from kashshaf.indexer.rebuild.workers import Pool
from tests.kashshaf.site import BRIDGE, SCHOOL, EngineWriter, Site, killed, row

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = Article(
    id="1",
    title="جسر الجسر",
    sections=(Section("جسر", "افتتح الوزير جسراً"),),
    comments=(
        Comment(id="a", author="أول", text="مبروك مبروك"),
        Comment(id="b", author="أول", text="مبروك أيضا"),
        Comment(id="c", author="ثان", text="مَبْرُوك"),
    ),
)


def counts(folder: Path, *articles: Article) -> dict[str, int]:
    with (
        Spool(folder) as spool,
        Collected(folder) as collected,
        RepeatedPieces(folder) as pieces,
        Pool(folder) as pool,
    ):
        counting = WordCounter(spool, lambda _: None, collected, pieces, pool)
        for article in articles:
            spool.add(article)
            counting.count_full()
        with silent("", None) as step:
            return dict(counting.counts(step))


def test_words_count_once_a_document_and_once_an_author(tmp_path: Path) -> None:
    found = counts(tmp_path, ARTICLE, Article(id="2", title="جسر"))
    assert found["جسر"] == 2
    assert found["الجسر"] == 1
    assert found["مبروك"] == 2


def test_what_was_replaced_does_not_count(tmp_path: Path) -> None:
    found = counts(tmp_path, ARTICLE, Article(id="2", title="نهر جسر"), Article(id="2", title="بحر"))
    assert found["جسر"] == 1
    assert found["بحر"] == 1
    assert "نهر" not in found


def test_replaced_articles_that_stand_side_by_side_are_one_batch(tmp_path: Path) -> None:
    articles = [Article(id=str(at), title=f"نهر كلمة{at}") for at in range(10)]
    with Spool(tmp_path) as spool:
        for article in (*articles, *articles[:4], *articles[6:]):
            spool.add(article)
        assert [batch.articles for batch in spool.replaced()] == [4, 4]
        assert [each.id for batch in spool.replaced() for each in batch.read()] == list("01236789")


def test_the_table_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kashshaf.indexer.rebuild.counting.count, "MOST", 10)
    articles = [Article(id=str(at), title=f"نهر كلمة{at}") for at in range(50)]
    found = counts(tmp_path, *articles)
    assert found["نهر"] == 50
    assert len(found) <= 11


def test_what_one_piece_of_work_gives_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kashshaf.indexer.rebuild.counting.count, "MOST", 10)
    with Spool(tmp_path) as spool:
        for at in range(50):
            spool.add(Article(id=str(at), title=f"نهر جسر{'ا' * (at // 25)} بحر{'ا' * at}"))
        found = CountBatches(new_key())(spool.written())
    assert found.words == {"نهر": 50, "جسر": 25, "جسرا": 25}  # of those met once none is left


def test_a_vocabulary_that_is_full_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kashshaf.indexer.rebuild.counting.count, "READ_TOGETHER", 1)
    monkeypatch.setattr(kashshaf.indexer.rebuild.spool, "BATCH", 1)
    articles = [Article(id=str(at), title=f"نهر كلمة{at} جسر{at // 2}") for at in range(50)]
    whole = counts(tmp_path, *articles)
    monkeypatch.setattr(kashshaf.indexer.rebuild.counting.count, "MOST_PIECES", 10)
    assert counts(tmp_path, *articles) == whole


def test_other_processes_count_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kashshaf.indexer.rebuild.spool, "BATCH", 2_000)
    monkeypatch.setattr(kashshaf.indexer.rebuild.counting.count, "FEWEST", 2)
    articles = [Article(id=str(at % 90), title=f"نهر كلمة{at % 7} جسر{at}") for at in range(100)]
    alone = counts(tmp_path, *articles)
    monkeypatch.setattr(kashshaf.indexer.rebuild.counting.count, "processes_for", lambda _: 2)
    assert counts(tmp_path, *articles) == alone
    assert alone["نهر"] == 90


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.build(BRIDGE, SCHOOL)
    return made


def test_a_rebuild_freezes_the_words_of_its_corpus(site: Site) -> None:
    lexicon = Lexicon.open(site.store.current().folder / LEXICON)
    assert len(lexicon) > 0
    assert lexicon.forms("الجسر") is not None


def test_a_rebuild_writes_the_words_of_its_corpus(site: Site) -> None:
    words = site.store.current().words()
    assert words is not None
    assert [*words.words("الجس")] == ["الجسر"]
    assert words.count("الجسر") == 1


def test_an_index_whose_words_are_missing_is_damaged(site: Site) -> None:
    (site.store.current().folder / WORDS).unlink()
    with pytest.raises(BrokenIndexError, match=WORDS):
        site.verify()


def test_a_word_first_seen_after_the_freeze_is_found_with_its_clitics(site: Site) -> None:
    site.write("new.jsonl", row("new", "وصول المنطاد إلى العاصمة"))
    site.index()
    assert site.found("منطاد") == {"new"}
    assert site.found("المنطاد") == {"new"}


@pytest.mark.parametrize("damage", ["missing", "cut", "foreign"])
def test_a_damaged_lexicon_says_reindex(site: Site, damage: str) -> None:
    path = site.store.current().folder / LEXICON
    content = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(content[: len(content) // 2] if damage == "cut" else b"something else" * 100)
    with pytest.raises(BrokenIndexError, match="kashshaf reindex"):
        site.ask("الجسر")
    site.reindex()
    assert site.found("الجسر") == {"bridge"}


def test_a_rebuild_needs_the_sources_where_a_commit_waits_for_a_lexicon_that_is_gone(site: Site) -> None:
    site.write("new.jsonl", row("new", "وصول المنطاد"))
    assert killed(site.index, (EngineWriter, "commit", 2))
    (site.store.current().folder / LEXICON).unlink()
    with pytest.raises(BrokenIndexError, match="kashshaf reindex SOURCE"):
        site.reindex()
    site.reindex(site.sources)
    assert site.found("المنطاد") == {"new"}
