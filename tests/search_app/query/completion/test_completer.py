"""Completions of a text, over a handful of entries: found as they may be typed, shown as they are written."""

from __future__ import annotations

import pytest

from kashshaf.index.completions.entry import Entry
from kashshaf.index.completions.entry_file import EntryFile
from kashshaf.index.completions.new_titles import NewTitles
from kashshaf.index.store import word_trie
from kashshaf.index.store.word_trie import WordTrie
from kashshaf.search_app.query.completion import candidates, completer
from kashshaf.search_app.query.completion.candidates import Candidate, Sources
from kashshaf.search_app.query.completion.completer import completions

COUNTS = {"مدرسه": 5, "مدرس": 9, "مدينه": 20, "وزير": 3, "وزاره": 8, "علي": 90, "عليها": 70, "عليل": 1}
WORDS = WordTrie.of(COUNTS)
ENTRIES = EntryFile.of(
    [
        Entry("المدرسة", "word", 50),
        Entry("مدينة", "word", 80),
        Entry("مدرّس", "word", 40),
        Entry("الوزير", "word", 30),
        Entry("الفلوجة", "word", 20),
        Entry("مدرسة النور", "phrase", 60),
        Entry("مدير المدرسة", "phrase", 45),
        Entry("الأستاذ مدحت", "name", 10, "author"),
        Entry("مدرسة النور تفتح أبوابها", "title", 5, "a"),
        Entry("مدينة بلا ماء", "title", 4, "gone"),
        Entry("أطفال المدارس في الشارع", "title", 3, "b"),
    ]
)


def nobody_asked(_: str) -> list[str]:
    return []


ALL = Sources(ENTRIES, NewTitles({"n": "مدرسة جديدة في المدينة"}), WORDS, nobody_asked)
BARE = Sources(None, NewTitles({}), WORDS, nobody_asked)


class Judge:
    """Finds everything but the article that is gone; a text means its letters without the article."""

    def meaning(self, text: str) -> tuple[str, ...]:
        return tuple(word.removeprefix("ال") for word in text.split())

    def searchable(self, candidate: Candidate) -> str | None:
        return None if candidate.origin == "gone" else candidate.text


def found(text: str, sources: Sources = ALL) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in completions(text, sources, Judge())]


def texts(text: str, sources: Sources = ALL) -> list[str]:
    return [text for _, text in found(text, sources)]


def test_kinds_are_mixed() -> None:
    assert found("مد") == [
        ("word", "مدينة"),
        ("phrase", "مدرسة النور"),
        ("word", "المدرسة"),
        ("phrase", "مدير المدرسة"),
        ("word", "مدرّس"),
        ("title", "مدرسة جديدة في المدينة"),
        ("title", "مدرسة النور تفتح أبوابها"),
        ("title", "أطفال المدارس في الشارع"),
    ]


@pytest.mark.parametrize("typed", ["مُدرسه", "المدرسة ن", "مدرسه الن", "مدرسة النو", "  مدرسة   النو"])
def test_marks_article_hamza_and_teh_marbuta_are_no_matter(typed: str) -> None:
    assert "مدرسة النور" in texts(typed)


def test_after_a_space_the_next_word_is_completed() -> None:
    assert texts("مدرسة ") == ["مدرسة النور", "مدرسة جديدة في المدينة", "مدرسة النور تفتح أبوابها"]


def test_what_stands_inside_comes_after_what_begins_so() -> None:
    assert texts("النو") == ["مدرسة النور", "مدرسة النور تفتح أبوابها"]
    assert texts("استاذ") == ["الأستاذ مدحت"]


def test_a_text_that_is_already_typed_is_not_offered() -> None:
    assert "مدرسة النور" not in texts("مدرسة النور")
    assert texts("مدرسة جديدة في المدينة") == []


@pytest.mark.parametrize("typed", ["", " ", "?", "وزير!", "مدرسة:", "ققق"])
def test_texts_from_which_nothing_goes_on(typed: str) -> None:
    assert texts(typed) == []


def test_no_two_mean_the_same() -> None:
    sources = ALL._replace(queries=lambda _: ["مدينة", "مدرسة النور"])
    assert found("مد", sources)[:2] == [("query", "مدينة"), ("query", "مدرسة النور")]
    assert texts("مد", sources).count("مدرسة النور") == texts("مد", sources).count("مدينة") == 1


def test_there_are_eight_at_most() -> None:
    many = EntryFile.of(
        [Entry("ب" + chr(0x0628 + at) + "ت", "word", 1) for at in range(1, 18)]
        + [Entry("ب" + chr(0x0628 + at) + "ت خبر", "title", 1, str(at)) for at in range(1, 18)]
    )
    kinds = [kind for kind, _ in found("ب", ALL._replace(entries=many))]
    assert kinds == ["word"] * 5 + ["title"] * 3


def test_titles_fill_up_where_there_is_nothing_else() -> None:
    many = EntryFile.of([Entry(f"خبر {at} ب", "title", at, str(at)) for at in range(1, 18)])
    assert len(texts("خبر", ALL._replace(entries=many))) == completer.MOST


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hg,.dv", "الوزير"),  # on the wrong keyboard
        ("lvs", None),
        ("fallu", "الفلوجة"),  # in Latin letters
        ("الوزبر", "الوزير"),  # misspelt
    ],
)
def test_what_was_meant_is_completed_where_nothing_goes_on(typed: str, expected: str | None) -> None:
    words = WordTrie.of({**COUNTS, "الفلوجه": 3, "الوزير": 2})
    assert texts(typed, ALL._replace(words=words))[:1] == [expected] * bool(expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("مد", ["مدينه", "مدرس", "مدرسه"]),
        ("وزير مدر", ["وزير مدرس", "وزير مدرسه"]),
        ("عل", ["عليل"]),
        ("و ", []),
    ],
)
def test_an_index_without_completions_is_completed_by_its_words(typed: str, expected: list[str]) -> None:
    assert texts(typed, BARE) == expected


def test_of_a_beginning_with_many_words_the_commonest_of_the_corpus_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(candidates, "MAX_WORDS", 2)
    monkeypatch.setattr(word_trie, "FREQUENT", 4)
    words = WordTrie.of({"مدرسه": 5, "مدرس": 9, "مدينه": 20, "وزير": 30, "وزاره": 8})
    assert words.frequent == ["وزير", "مدينه", "مدرس", "وزاره"]
    assert texts("مد", BARE._replace(words=words)) == ["مدينه", "مدرس"]
