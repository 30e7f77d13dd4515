from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import html

from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.reading.comments import GROUP, LISTED, SHOWN
from kashshaf.search_app.web.reading.page import SIMILAR
from tests.kashshaf.site import BRIDGE, SCHOOL, Site
from tests.search_app.stories import CROWD, HARBOUR, HOSTILE_ID

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient


def _page(client: FlaskClient, path: str, status: int = 200, **query: object) -> Any:  # lxml has no types
    response = client.get(path, query_string=query or None)
    assert response.status_code == status
    return html.fromstring(response.data.decode())


def _text(node: Any) -> str:
    return " ".join(node.text_content().split())


def test_an_article_is_read_with_its_comments(client: FlaskClient) -> None:
    page = _page(client, f"/articles/{HARBOUR}", q="الميناء")
    assert [_text(heading) for heading in page.cssselect(".text h2")] == ["العاصفة وما بعدها", "أرقام"]
    depths = [node.get("class").split()[1] for node in page.cssselect(".comment")]
    assert depths == ["depth-0", "depth-1", "depth-2", "depth-3", "depth-4", "depth-4", "depth-0", "depth-0"]
    assert [node.get("id") for node in page.cssselect(".comment.matching")] == ["c-1", "c-2", "c-7", "c-8"]
    assert "تكرر مرتين" in _text(page)
    assert page.cssselect("link[rel=canonical]")[0].get("href").startswith("https://news.example/")


def test_matching_comments_are_reached_from_the_head(client: FlaskClient) -> None:
    page = _page(client, f"/articles/{HARBOUR}", q="الميناء")
    links = page.cssselect(".found-in a")
    assert [link.get("href") for link in links] == ["#c-1", "#c-2", "#c-7", "#c-8"]
    assert len(page.cssselect(".found-in details a")) == 4 - SHOWN
    assert all(link.cssselect("mark") for link in links)
    assert _page(client, f"/articles/{HARBOUR}").cssselect(".found-in") == []
    crowd = _page(client, f"/articles/{CROWD}", q="سريع").cssselect(".found-in a")
    assert len(crowd) == LISTED + 1
    assert f"article={CROWD}" in crowd[-1].get("href")


def test_each_matching_comment_links_to_the_next(client: FlaskClient) -> None:
    page = _page(client, f"/articles/{HARBOUR}", q="الميناء")
    assert [link.get("href") for link in page.cssselect(".next-match a")] == ["#c-2", "#c-7", "#c-8"]


def test_a_crowd_of_comments_is_folded_but_for_groups_that_match(client: FlaskClient) -> None:
    page = _page(client, f"/articles/{CROWD}")
    assert len(page.cssselect(".comments > ol > li")) in range(GROUP, 2 * GROUP)
    assert [_text(node) for node in page.cssselect(".group summary")][-1].endswith("–620")
    assert len(page.cssselect(".comment")) == 620
    assert page.cssselect(".group[open]") == []
    matching = _page(client, f"/articles/{CROWD}", q="سريع").cssselect(".group")
    assert matching
    assert all(group.get("open") is not None for group in matching)


def test_comments_are_sorted_by_links(client: FlaskClient) -> None:
    page = _page(client, f"/articles/{HARBOUR}", q="الميناء")
    links = {_text(link): link.get("href") for link in page.cssselect(".orders a")}
    assert list(links) == ["المحادثات", "الأكثر إعجاباً", "الأحدث أولاً"]
    assert all("#comments" in link and "q=" in link for link in links.values())
    liked = _page(client, links["الأكثر إعجاباً"].partition("#")[0])
    assert [node.get("id") for node in liked.cssselect(".comment")][:2] == ["c-1", "c-7"]
    assert [_text(link) for link in liked.cssselect(".orders [aria-current]")] == ["الأكثر إعجاباً"]
    assert liked.cssselect(".depth-1") == []
    assert liked.cssselect("#c-4 .reply")[0].get("href").endswith("#c-4")


def test_what_the_page_does_not_know_is_passed_over(client: FlaskClient) -> None:
    page = _page(client, f"/articles/{HARBOUR}", utm_source="x", colour="y", order="best", q="س" * 1_100)
    assert [_text(link) for link in page.cssselect(".orders [aria-current]")] == ["المحادثات"]


def test_the_way_back_keeps_filters_page_and_order(client: FlaskClient) -> None:
    state = "in=comments&section=اقتصاد&page=2"
    page = _page(client, f"/articles/{HARBOUR}", q="الميناء", back=state)
    way = page.cssselect(".back a")[0].get("href")
    assert [part in way for part in ("in=comments", "section=", "page=2", "q=")] == [True] * 4
    assert all("back=in%3Dcomments" in link.get("href") for link in page.cssselect(".orders a"))
    assert _page(client, f"/articles/{HARBOUR}").cssselect(".back") == []


def test_an_article_is_cited(client: FlaskClient) -> None:
    page = _page(client, f"/articles/{HARBOUR}")
    cited = _text(page.cssselect("#citation")[0])
    assert cited.startswith("ليلى الحموي، «ميناء المدينة القديم")
    assert cited.endswith("»، صحيفة الساحل، 24 مايو 2016، https://news.example/economy/2016/harbour")
    response = client.get(page.cssselect(".cite a")[0].get("href"))
    assert response.mimetype == "application/x-research-info-systems"
    assert response.headers["Content-Disposition"] == "attachment; filename=citation.ris"
    assert "UR  - https://news.example/economy/2016/harbour\r\n" in response.get_data(as_text=True)


def test_a_hostile_article_is_cited_by_our_own_address(client: FlaskClient) -> None:
    ris = client.get(f"/articles/{HOSTILE_ID}/citation.ris").get_data(as_text=True)
    assert "javascript" not in ris
    assert f"UR  - http://localhost/articles/{HOSTILE_ID}\r\n" in ris
    assert client.get("/articles/nothing/citation.ris").status_code == 404


def test_what_needs_the_script_is_marked_so(client: FlaskClient) -> None:
    page = _page(client, f"/articles/{HARBOUR}", q="الميناء")
    buttons = page.cssselect("main button")
    assert len(buttons) == 5
    for button in buttons:
        assert "needs-script" in button.get("class") or "hidden" in button.getparent().attrib


def test_similar_articles_follow(client: FlaskClient) -> None:
    page = _page(client, "/articles/brief/9", q="الميناء")
    links = [link.get("href") for link in page.cssselect(".similar h3 a")]
    assert 0 < len(links) <= SIMILAR
    assert "/articles/brief/9" not in links
    assert all(client.get(link).status_code == 200 for link in links)


def test_a_picture_stands_between_head_and_text(tmp_path: Path) -> None:
    site = Site(tmp_path)
    place = "https://news.example"
    site.build({**BRIDGE, "url": f"{place}/1", "image": f"{place}/bridge.jpg"}, SCHOOL)
    client = create_app(SearchService(site.settings), site.settings).test_client()
    shown = _page(client, "/articles/bridge").cssselect("figure img")
    assert [(image.get("src"), image.get("alt")) for image in shown] == [(f"{place}/bridge.jpg", "")]
    assert [image.get("referrerpolicy") for image in shown] == ["no-referrer"]
    assert _page(client, "/articles/school").cssselect("figure") == []
