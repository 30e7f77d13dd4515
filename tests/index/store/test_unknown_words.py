"""Words that the frozen lexicon lacks: which count, once an article, within bounds, until a rebuild."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

import kashshaf.index.store.unknown_words
from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.index.documents import Article, Comment, Section
from kashshaf.index.records import RecordBuilder
from kashshaf.index.storage.database import Database
from kashshaf.index.store.unknown_words import UnknownWords
from tests.kashshaf.site import BRIDGE, SCHOOL, EngineWriter, Site, killed, row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COUNTED = {
    "منطاد": {"منطاد"},
    "المُنطادُ": {"المنطاد"},  # folded: without marks
    "منطاد منطاد": {"منطاد"},
    "كتاب": set(),  # the lexicon has it
    "غف": set(),  # too short for clitics and endings
    "covfefe": set(),
    "٣٠٠٠": set(),
    "من إلى": set(),
    "ظظظظ، ططططط.": {"ظظظظ", "ططططط"},
}


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    Lexicon.build(tmp_path / "lexicon", {"كتاب": 3, "الي": 2})
    return Lexicon.open(tmp_path / "lexicon")


@pytest.fixture
def unknown(tmp_path: Path, lexicon: Lexicon) -> Iterator[UnknownWords]:
    database = Database(tmp_path / "ledger.sqlite")
    yield UnknownWords(database, lexicon)
    database.close()


@pytest.mark.parametrize("text", COUNTED)
def test_which_words_count(lexicon: Lexicon, unknown: UnknownWords, text: str) -> None:
    record = RecordBuilder(Analyzer(lexicon), UTC).record(Article(id="1", title=text)).article
    assert unknown.of(record) == COUNTED[text]


def test_words_of_every_zone_count(lexicon: Lexicon, unknown: UnknownWords) -> None:
    article = Article(
        id="1",
        title="أسطرلاب",
        lead="منطاد",
        sections=(Section("طربوش", "صولجان"),),
        comments=(Comment(id="c", text="زرنيخ"),),
    )
    record = RecordBuilder(Analyzer(lexicon), UTC).record(article).article
    assert unknown.of(record) == {"اسطرلاب", "منطاد", "طربوش", "صولجان", "زرنيخ"}


def test_a_word_of_two_articles_is_one_word(unknown: UnknownWords) -> None:
    unknown.note("1", ["منطاد", "خطا"])
    unknown.note("1", ["منطاد"])
    assert unknown.count() == 0
    unknown.note("2", ["منطاد"])
    unknown.note("3\ud800", ["منطاد"])
    assert unknown.count() == 1


def test_the_table_is_bounded(unknown: UnknownWords, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kashshaf.index.store.unknown_words, "MOST_WORDS", 10)
    unknown.note("1", [f"مرة{at}" for at in range(50)])
    for article in ("2", "3"):
        unknown.note(article, ["منطاد", "طربوش"])
    assert unknown.count() == 2  # those of one article went
    for article in ("4", "5"):
        unknown.note(article, [f"كلمة{at}" for at in range(50)])
    assert unknown.count() == 10
    unknown.note("6", ["منطاد"])
    assert unknown.count() <= 11


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.build(BRIDGE, SCHOOL)
    return made


def noted(site: Site) -> int:
    return site.store.current().state().unknown


NEW = [row(f"new{at}", f"وصول المنطاد {word}", body="افتتاح") for at, word in enumerate(["بسلام", "متأخرا"])]


def test_updates_count_and_a_rebuild_forgets(site: Site) -> None:
    assert noted(site) == 0
    site.write("b.jsonl", NEW[0])
    site.index()
    assert noted(site) == 0, "one article is no evidence of a word"
    site.write("b.jsonl", {**NEW[0], "title": "وصول المنطاد غدا"}, NEW[1])
    site.index()
    assert noted(site) == 2  # «وصول», «المنطاد»
    site.remove("new1")
    assert noted(site) == 2
    site.reindex()
    assert noted(site) == 0


def test_a_crash_counts_nothing_twice(site: Site) -> None:
    site.write("b.jsonl", *NEW)
    assert killed(site.index, (EngineWriter, "commit", 2))
    site.index()
    assert noted(site) == 2


def test_a_state_of_before_words_were_counted(site: Site) -> None:
    path = site.store.current().folder / "state.json"
    path.write_bytes(path.read_bytes().replace(b'"unknown": 0', b'"articles": 2'))
    assert noted(site) == 0
    assert site.found("الجسر") == {"bridge"}
