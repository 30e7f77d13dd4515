"""Words that the frozen lexicon lacks: which count, once an article, within bounds, until a rebuild."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

import index.store.ledger
from analyzers.analyzer import Analyzer
from analyzers.lexicon import Lexicon
from index.documents import Article, Comment, Section
from index.records import RecordBuilder
from index.store.ledger import Ledger
from index.store.unknown_words import Unknown
from tests.kashshaf.site import BRIDGE, SCHOOL, EngineWriter, Site, killed, row

if TYPE_CHECKING:
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


@pytest.mark.parametrize("text", COUNTED)
def test_which_words_count(lexicon: Lexicon, text: str) -> None:
    record = RecordBuilder(Analyzer(lexicon), UTC).article(Article(id="1", title=text))
    assert Unknown(lexicon).words(record) == COUNTED[text]


def test_words_of_every_zone_count(lexicon: Lexicon) -> None:
    article = Article(
        id="1",
        title="أسطرلاب",
        lead="منطاد",
        sections=(Section("طربوش", "صولجان"),),
        comments=(Comment(id="c", text="زرنيخ"),),
    )
    record = RecordBuilder(Analyzer(lexicon), UTC).article(article)
    assert Unknown(lexicon).words(record) == {"اسطرلاب", "منطاد", "طربوش", "صولجان", "زرنيخ"}


def test_a_word_of_two_articles_is_one_word(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.note_words("1", ["منطاد", "خطا"])
        ledger.note_words("1", ["منطاد"])
        assert ledger.unknown_words() == 0
        ledger.note_words("2", ["منطاد"])
        ledger.note_words("3\ud800", ["منطاد"])
        assert ledger.unknown_words() == 1


def test_the_table_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.store.ledger, "MOST_WORDS", 10)
    with Ledger(tmp_path) as ledger:
        ledger.note_words("1", [f"مرة{at}" for at in range(50)])
        for article in ("2", "3"):
            ledger.note_words(article, ["منطاد", "طربوش"])
        assert ledger.unknown_words() == 2  # those of one article went
        for article in ("4", "5"):
            ledger.note_words(article, [f"كلمة{at}" for at in range(50)])
        assert ledger.unknown_words() == 10
        ledger.note_words("6", ["منطاد"])
        assert ledger.unknown_words() <= 11


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.build(BRIDGE, SCHOOL)
    return made


def unknown(site: Site) -> int:
    return site.store.current().state().unknown


NEW = [row(f"new{at}", f"وصول المنطاد {word}", body="افتتاح") for at, word in enumerate(["بسلام", "متأخرا"])]


def test_updates_count_and_a_rebuild_forgets(site: Site) -> None:
    assert unknown(site) == 0
    site.write("b.jsonl", NEW[0])
    site.index()
    assert unknown(site) == 0, "one article is no evidence of a word"
    site.write("b.jsonl", {**NEW[0], "title": "وصول المنطاد غدا"}, NEW[1])
    site.index()
    assert unknown(site) == 2  # «وصول», «المنطاد»
    site.remove("new1")
    assert unknown(site) == 2
    site.reindex()
    assert unknown(site) == 0


def test_a_crash_counts_nothing_twice(site: Site) -> None:
    site.write("b.jsonl", *NEW)
    assert killed(site.index, (EngineWriter, "commit", 2))
    site.index()
    assert unknown(site) == 2


def test_a_state_of_before_words_were_counted(site: Site) -> None:
    path = site.store.current().folder / "state.json"
    path.write_bytes(path.read_bytes().replace(b'"unknown": 0', b'"articles": 2'))
    assert unknown(site) == 0
    assert site.found("الجسر") == {"bridge"}
