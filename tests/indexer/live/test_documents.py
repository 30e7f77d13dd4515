"""What a document sent to the write API has to be."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from kashshaf.indexer.live.documents import read_article, read_comment
from kashshaf.indexer.sources.outcome import UnfitError

DEEP: Any = []
for _ in range(900):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "no JSON object"),
        (["a"], "no JSON object"),
        ({"id": "a"}, "neither a title nor a body"),
        ({"title": "عنوان"}, "neither an id nor a url"),
        ({"title": "عنوان", "url": "/only/a/path"}, "neither an id nor a url"),
        ({"id": "a\nb", "title": "عنوان"}, "its id cannot be one"),
        ({"id": "../a", "title": "عنوان"}, "its id cannot be one"),
        ({"id": " a", "title": "عنوان"}, "its id cannot be one"),
        ({"id": "a" * 201, "title": "عنوان"}, "its id cannot be one"),
        ({"id": "a", "title": DEEP}, "neither a title nor a body"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(value: object, reason: str) -> None:
    with pytest.raises(UnfitError, match=reason):
        read_article(value, UTC)


def test_an_article_is_read_as_sources_are() -> None:
    given = read_article(
        {"url": "https://a.example/1", "text": "نص", "date": "24/05/2016", "tags": "أ، ب", "likes": 3}, UTC
    )
    article = given.article
    assert (article.date, article.tags, article.sections[0].text) == ("2016-05-24", ("أ", "ب"), "نص")
    assert article.id.startswith("u-")
    assert not given.with_comments


def test_what_is_mended_is_told() -> None:
    given = read_article({"id": "a", "title": "عنوان", "date": "يوماً ما", "comments": "?"}, UTC)
    assert len(given.mended) == 2


@pytest.mark.parametrize("value", ["شكراً", {"id": "c1"}, {"text": "  "}, {"id": "a\0", "text": "شكراً"}])
def test_what_is_no_comment_is_refused(value: object) -> None:
    with pytest.raises(UnfitError):
        read_comment(value, UTC)
