"""The part of an article that is shown at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.documents import Article, Section
from kashshaf.index.errors import NotFoundError
from kashshaf.search_app.query.parameters import SearchRequest
from kashshaf.search_app.results import article_view
from kashshaf.search_app.results.article_page import LOOKED_AT, PAGE, Part, beginning, text_parts
from kashshaf.search_app.results.service import ELSEWHERE, SearchService
from tests.kashshaf.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = 2 * PAGE + 5
LONG = "\n\n".join(f"الفقرة {number} من كتاب طويل عن الميناء." for number in range(6_000))


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    """A site with an article of many comments, every tenth of which says «مطابق», and one of a long text."""
    site = Site(tmp_path_factory.mktemp(request.param), request.param)
    said = [
        {"id": f"c{at}", "text": f"تعليق مطابق {at}" if at % 10 == 9 else f"رأي آخر {at}"}
        for at in range(MANY)
    ]
    crowd = {"id": "crowd", "title": "سؤال مطابق للقرّاء", "comments": said}
    site.build(crowd, {"id": "book", "title": "كتاب", "body": LONG}, {"id": "short", "title": "خبر"})
    service = SearchService(site.settings)
    yield service
    service.close()


@pytest.mark.parametrize(
    ("asked", "number", "first", "count"),
    [
        (Part(), 1, "c0", PAGE),
        (Part(comments=2), 2, "c1000", PAGE),
        (Part(comments=3), 3, "c2000", 5),
        (Part(comments=99), 3, "c2000", 5),
        (Part(comment="c1234"), 2, "c1000", PAGE),
        (Part(comments=3, comment="c0"), 1, "c0", PAGE),
        (Part(comments=3, comment="nobody's"), 1, "c0", PAGE),
    ],
)
def test_comments_are_given_by_pages(
    service: SearchService, asked: Part, number: int, first: str, count: int
) -> None:
    view = service.view("crowd", "", asked)
    assert (view["comments_page"], view["comments_pages"], view["comments_total"]) == (number, 3, MANY)
    assert [comment["id"] for comment in view["comments"]][:1] == [first]
    assert len(view["comments"]) == count
    given, _ = service.page("crowd", asked)
    assert [comment.id for comment in given.article.comments] == [each["id"] for each in view["comments"]]


def test_matching_comments_of_other_pages_are_named(service: SearchService) -> None:
    view = service.view("crowd", "مطابق", Part(comments=3))
    assert view["matching"] == MANY // 10
    assert not any(comment["matching"] for comment in view["comments"])
    assert len(view["elsewhere"]) == ELSEWHERE
    assert view["elsewhere"][0]["id"] == "c9"
    assert all("<mark>" in comment["paragraphs_html"][0] for comment in view["elsewhere"])
    first = service.view("crowd", "مطابق")
    assert sum(comment["matching"] for comment in first["comments"]) == PAGE // 10


def test_an_article_that_is_not_there_has_no_part(service: SearchService) -> None:
    with pytest.raises(NotFoundError):
        service.page("nothing")


def test_a_long_text_is_read_in_parts(service: SearchService) -> None:
    parts = service.view("book", "")["parts"]
    views = [service.view("book", "الميناء", Part(part=part)) for part in (1, 2, parts, parts + 1)]
    assert [view["part"] for view in views] == [1, 2, parts, parts]
    shown = [
        paragraph for view in views[:2] for part in view["sections"] for paragraph in part["paragraphs_html"]
    ]
    assert [paragraph.split()[1] for paragraph in shown] == [str(number) for number in range(len(shown))]
    assert all("<mark>" in paragraph for paragraph in shown)
    assert views[2]["sections"][-1]["paragraphs_html"][-1].startswith("الفقرة 5999 ")


def test_the_whole_of_a_long_text_is_found_and_kept(service: SearchService) -> None:
    found = service.search(SearchRequest("الفقرة 5998"))
    assert [hit["id"] for hit in found["hits"]] == ["book"]
    assert service.article("book").sections == (Section("", LONG),)
    assert len(service.article("crowd").comments) == MANY


def test_parts_are_the_text_cut_between_paragraphs() -> None:
    sections = (Section("أول", "كلمة " * 50 + "\n\n" + "أخرى " * 50), Section("ثان", "قصير"))
    assert text_parts(sections, 10_000) == [sections]
    parts = text_parts(sections, 300)
    assert [len(part) for part in parts] == [1, 2]
    assert [piece.heading for part in parts for piece in part] == ["أول", "", "ثان"]
    assert parts[0][0].text == "كلمة " * 50
    assert parts[1][0].text == "أخرى " * 50
    unbroken = text_parts((Section("", "ط" * 1_000),), 300)
    assert "".join(piece.text for part in unbroken for piece in part) == "ط" * 1_000
    assert text_parts((), 10) == [()]


def test_hits_are_told_from_the_beginning() -> None:
    short = Article("1", sections=(Section("", "نص"),))
    assert beginning(short) == short
    long = beginning(Article("1", sections=(Section("", LONG),)))
    assert LOOKED_AT / 2 < sum(len(part.text) for part in long.sections) <= LOOKED_AT


def test_a_long_comment_is_cut(service: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_view, "LONGEST", 6)
    assert service.view("crowd", "")["comments"][0]["paragraphs_html"] == ["رأي آخ…"]
