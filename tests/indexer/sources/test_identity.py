"""Ids, copies, parents and dates that every article is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.index.documents import Article, Comment, Section
from kashshaf.indexer.sources.identity import (
    LONGEST_NAME,
    LONGEST_TITLE,
    MOST_TAGS,
    canonical,
    complete,
    is_sane,
)
from kashshaf.indexer.sources.outcome import Found, pointer
from kashshaf.indexer.sources.reading import ReaderOptions, Reading
from tests.indexer.conftest import NOON

if TYPE_CHECKING:
    from collections.abc import Sequence


def done(reading: Reading, *comments: Comment, one_page: bool = False, **fields: Any) -> Found:
    return complete(
        Found(Article(comments=comments, **fields), "f", one_page=one_page), reading, "folder/f.txt#1"
    )


def said(comments: Sequence[Comment]) -> list[tuple[str, int]]:
    return [(comment.text, comment.copies) for comment in comments]


def test_the_same_comment_is_one_with_copies(reading: Reading) -> None:
    found = done(
        reading,
        Comment(pointer(0), "سالم", text="خبر  سعيد"),
        Comment(pointer(1), "سالم", text="خبر سعيد"),
        Comment(pointer(2), "هدى", text="خبر سعيد"),
        Comment(pointer(3), "ليث", text="نعم", parent=pointer(1)),
    ).article.comments
    assert said(found) == [("خبر  سعيد", 2), ("خبر سعيد", 1), ("نعم", 1)]
    assert found[2].parent == found[0].id


def test_made_ids_are_plain_and_do_not_depend_on_dates(reading: Reading) -> None:
    one = Comment(pointer(0), "سالم", "2024-03-21", "day", "نعم")
    first = done(reading, one, title="ع")
    second = done(reading, replace(one, id="", date="2023-01-01", date_precision="year"), title="ع")
    assert first.article.comments[0].id == second.article.comments[0].id
    for name in (first.article.id, first.article.comments[0].id):
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_given_ids_stay_unless_they_are_unsafe_or_taken(reading: Reading) -> None:
    found = done(
        reading, *(Comment(name, text=name + str(n)) for n, name in enumerate(["a", "a", "x\n", "y" * 201]))
    )
    ids = [comment.id for comment in found.article.comments]
    assert ids[0] == "a"
    assert all(is_sane(name) for name in ids)
    assert len(set(ids)) == 4


def test_an_answer_to_nobody_stands_for_itself_and_is_said(reading: Reading) -> None:
    found = done(reading, Comment("1", text="أ", parent="9"), Comment("2", text="ب", parent="2"))
    assert [comment.parent for comment in found.article.comments] == ["", ""]
    assert found.mended


def test_a_title_beyond_its_bound_is_cut_and_the_whole_of_it_heads_the_body(reading: Reading) -> None:
    title = "خبر " * LONGEST_TITLE
    found = done(reading, title=title, sections=(Section("", "نص"),))
    assert len(found.article.title) <= LONGEST_TITLE
    assert [section.text for section in found.article.sections] == [title, "نص"]
    assert found.mended[0].startswith("title has more than 1,000 characters")
    assert complete(found, reading, "") == found


def test_names_and_tags_beyond_their_bounds_are_cut_and_left_out(reading: Reading) -> None:
    many = tuple(f"وسم {number}" for number in range(MOST_TAGS + 3))
    found = done(reading, title="ع", author="ك" * 999, tags=("و" * 999, *many))
    assert (len(found.article.author), found.article.tags) == (LONGEST_NAME, many[:MOST_TAGS])
    assert found.mended[:2] == (
        "author has more than 300 characters and was cut",
        "4 tags were left out: 200 of 300 characters may stand",
    )


def test_names_within_their_bounds_stay(reading: Reading) -> None:
    fields: dict[str, Any] = {
        "title": "ع" * LONGEST_TITLE,
        "source": "م" * LONGEST_NAME,
        "tags": ("و" * LONGEST_NAME,) * 2,
    }
    article = done(reading, **fields).article
    assert {name: getattr(article, name) for name in fields} == fields
    assert not article.sections


def test_circles_are_opened(reading: Reading) -> None:
    found = done(
        reading, *(Comment(n, text=n, parent=p) for n, p in (("1", "2"), ("2", "3"), ("3", "1"), ("4", "1")))
    )
    parents = {comment.id: comment.parent for comment in found.article.comments}
    assert sorted(parents.values()).count("") == 1
    assert parents["4"] == "1"


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://EXAMPLE.org/a?x=1", "https://example.org/a?utm_source=n&x=1#top"),
        ("https://example.org", "HTTPS://example.org/"),
    ],
)
def test_one_address_in_two_spellings_is_one_article(url: str, same: str, reading: Reading) -> None:
    assert done(reading, url=url).article.id == done(reading, url=same).article.id


@pytest.mark.parametrize("url", ["", "a/b", "http://[", "mailto:x@y", "//host/a"])
def test_what_is_no_address_gives_no_id(url: str) -> None:
    assert canonical(url) == ""


def test_the_date_is_stated_or_the_oldest_comments_or_the_files(reading: Reading) -> None:
    comments = [
        Comment(date="2020-05-01", date_precision="month", text="أ"),
        Comment(date="2019-01-02", text="ب"),
    ]
    stated = done(reading, *comments, date="2018-01-01", date_precision="day").article
    assert (stated.date, stated.date_source) == ("2018-01-01", "stated")
    oldest = done(reading, *comments).article
    assert (oldest.date, oldest.date_source) == ("2019-01-02", "comment")
    from_file = done(reading, one_page=True)
    assert (from_file.article.date, from_file.article.date_source) == ("2024-03-24", "file")
    assert from_file.mended
    assert done(reading).article.date is None


COMMENTS = st.builds(
    Comment,
    id=st.sampled_from(["", "1", "2", "3", "\0", "é"]),
    author=st.sampled_from(["أ", "ب"]),
    text=st.text(max_size=3),
    parent=st.sampled_from(["", "1", "2", "3", "9", "\0"]),
    date=st.sampled_from([None, "2020-01-01", "2020-01-01T10:00:00+03:00"]),
)


@given(st.lists(COMMENTS, max_size=8))
def test_any_comments_end_with_their_own_ids_and_parents_that_are_there(comments: list[Comment]) -> None:
    reading = Reading(ReaderOptions(NOON, UTC), NOON)
    found = done(reading, *comments, title="ع")
    made = found.article.comments
    ids = [comment.id for comment in made]
    assert len(set(ids)) == len(ids)
    assert all(is_sane(name) for name in ids)
    assert {comment.parent for comment in made} <= {"", *ids}
    assert sum(comment.copies for comment in made) == len(comments)
    assert complete(found, reading, "folder/f.txt#1").article == found.article
