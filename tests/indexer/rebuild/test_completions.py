"""Completions out of counted articles: words, phrases, names and titles as they are mostly written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.documents import Article, Section
from kashshaf.indexer.rebuild import completions, written
from kashshaf.indexer.rebuild.completions import entries
from kashshaf.indexer.rebuild.written import WrittenTexts

if TYPE_CHECKING:
    from kashshaf.index.completions.entry import Entry, Kind


def made(*articles: Article, dropped: tuple[str, ...] = ()) -> list[Entry]:
    found, texts = written.nothing(), WrittenTexts()
    for article in articles:
        texts.note(article, found)
    return list(entries(found, dropped, len(articles)))


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
    assert set(WrittenTexts().phrases(text)) == expected


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


def test_what_is_replaced_is_taken_away() -> None:
    found, fewer, texts_of = written.nothing(), written.nothing(), WrittenTexts()
    for article in OIL:
        texts_of.note(article, found)
    texts_of.note(OIL[0], fewer)
    written.subtract(found, fewer)
    rest = list(entries(found, (), 3))
    assert "ترتفع" not in texts(rest, "word")
    assert "سالم" not in texts(rest, "name")
