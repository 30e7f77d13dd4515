"""The other publications of a text: on the pages, in the API, in a terminal; whatever their sources say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from kashshaf.index.settings import Settings
from kashshaf.search_app.query.parameters import SearchRequest
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.terminal import response_text
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.localize import also_name
from tests.kashshaf.site import Site
from tests.search_app.stories import ARTICLES, HARBOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from kashshaf.search_app.results.shapes import AlsoAt


def other(id_: str, source: str = "", title: str = "", url: str = "", date: str | None = None) -> AlsoAt:
    known = "day" if date else None
    return {"id": id_, "url": url, "title": title, "source": source, "date": date, "date_precision": known}


ORIGINAL = next(article for article in ARTICLES if article.id == HARBOUR)
TITLE = ORIGINAL.title
OTHERS = [
    other("a/b", "المرفأ", "الميناء يتسع", date="2016-05-25"),
    other("h", "", TITLE, "https://www.harbour.example/9", "2016-05-26"),
    other("t", title="سفن <3>", date="2016-05-27"),
    other("k", "الرصيف", TITLE, date="2016-05-28"),
    other("l", "المنارة", TITLE, date="2016-05-29"),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """The search over an article and five that have its text."""
    site = Site(tmp_path_factory.mktemp("republished"))
    text = {"lead": ORIGINAL.lead, "sections": ORIGINAL.to_dict()["sections"]}
    site.build(ORIGINAL.to_dict(), *({**each, **text} for each in OTHERS))
    service = SearchService(site.settings)
    yield service
    service.close()


def _page(client: FlaskClient, path: str, **query: str) -> Any:  # lxml has no types
    return html.fromstring(client.get(path, query_string=query).data.decode())


def _texts(nodes: Any) -> list[str]:
    return [" ".join(node.text_content().split()) for node in nodes]


def test_a_result_names_three_and_says_how_many_more(client: FlaskClient) -> None:
    page = _page(client, "/search", q=TITLE, article=HARBOUR)
    line = page.cssselect(".hit .also")[0]
    assert _texts(line.cssselect(".place")) == [
        "المرفأ 25 مايو 2016",
        "harbour.example 26 مايو 2016",
        "«سفن <3>» 27 مايو 2016",
        "وفي موضعين آخرين",
    ]
    links = [link.get("href").split("?")[0] for link in line.cssselect("a")]
    assert links[:3] == ["/articles/a/b", "/articles/h", "/articles/t"]
    assert line.cssselect("a")[3].get("href").endswith("#also")
    assert all(link.cssselect("bdi") for link in line.cssselect("a")[:3])


def test_an_article_names_all(client: FlaskClient) -> None:
    page = _page(client, f"/articles/{HARBOUR}")
    assert len(page.cssselect("#also .place")) == len(OTHERS)


def test_what_was_published_once_says_nothing(stories: SearchService) -> None:
    client = create_app(stories, Settings()).test_client()
    assert not _page(client, "/search", q=TITLE, article=HARBOUR).cssselect(".also")
    assert not _page(client, f"/articles/{HARBOUR}").cssselect("#also, .also")


def test_the_api_has_them(client: FlaskClient) -> None:
    assert client.get(f"/api/v1/articles/{HARBOUR}").get_json()["also_at"] == OTHERS


def test_a_terminal_names_them_without_control_characters(service: SearchService) -> None:
    request = SearchRequest(text=TITLE, filters={"article": (HARBOUR,)})
    response = service.search(request)
    (hit,) = response["hits"]
    assert hit["type"] == "article"
    hit["also_at"] = [other("x", "المرفأ", "سفن\x1b[31m\nأخرى")]
    text = response_text(request, response)
    assert "also published:" in text
    assert "سفن [31m أخرى" in text


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (other("1", "المرفأ", "سفن"), "المرفأ"),
        (other("1", "الساحل", "سفن"), "«سفن»"),
        (other("1", "", "سفن", "https://www.harbour.example/9"), "harbour.example"),
        (other("1", "", "سفن", "javascript:alert(1)"), "«سفن»"),
        (other("1", "الساحل"), "الساحل"),
        (other("1"), "مقال من غير عنوان"),
    ],
)
def test_the_name_of_another(named: AlsoAt, expected: str) -> None:
    assert also_name(named, "الساحل") == expected


def test_the_form_keeps_what_was_chosen(client: FlaskClient) -> None:
    page = _page(client, "/search", q="الميناء", fold="no")
    assert page.cssselect("select[name=fold] option[selected]")[0].get("value") == "no"
    assert _texts(page.cssselect(".chips .what")) == ["المعاد نشره"]
    assert not _page(client, "/search", q="الميناء", fold="").cssselect(".chips")


@pytest.fixture
def client(service: SearchService) -> FlaskClient:
    return create_app(service, Settings()).test_client()
