from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from kashshaf.index.settings import Settings
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app
from tests.kashshaf.site import BRIDGE, Site
from tests.search_app.failing import FailingService
from tests.search_app.stories import CROWD, HARBOUR, HOSTILE_ID

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

"""Bytes of the element: it is loaded by every page it stands in."""


def _page(client: FlaskClient, path: str, status: int = 200, **query: object) -> Any:  # lxml has no types
    response = client.get(path, query_string={key.rstrip("_"): value for key, value in query.items()} or None)
    assert response.status_code == status
    return html.fromstring(response.data.decode())


def _text(node: Any) -> str:
    return " ".join(node.text_content().split())


def test_the_first_page_says_what_there_is(client: FlaskClient) -> None:
    page = _page(client, "/")
    assert "13 مقالاً، و629 تعليقاً." in _text(page)
    assert len(page.cssselect(".story")) == 7
    assert page.cssselect("input[name=q]")[0].get("dir") == "auto"


def test_an_empty_index_says_what_to_run(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(BRIDGE)
    site.remove("bridge")
    client = create_app(SearchService(site.settings), site.settings).test_client()
    assert "kashshaf index SOURCE" in _text(_page(client, "/"))


def test_results_say_query_total_and_facts(client: FlaskClient) -> None:
    page = _page(client, "/search", q="الميناء")
    assert page.findtext(".//title").startswith("الميناء — ")
    assert _text(page.cssselect("[role=status]")[0]) == f"{len(page.cssselect('.hit'))} نتائج"
    hit = next(hit for hit in page.cssselect(".hit") if "ميناء المدينة القديم" in _text(hit))
    assert "صحيفة الساحل 24 مايو 2016 اقتصاد ليلى الحموي" in _text(hit)
    assert hit.cssselect("time")[0].get("datetime") == "2016-05-24T10:00:00+03:00"
    assert hit.cssselect("time")[0].get("title") == "24 مايو 2016"
    facts = [link.get("href") for link in hit.cssselect(".byline a")]
    assert [client.get(link).status_code for link in facts] == [200, 200, 200]
    assert parse_qs(urlsplit(facts[0]).query) == {"q": ["الميناء"], "section": ["اقتصاد"]}


@pytest.mark.parametrize(("opens", "title_opens_ours"), [("publisher", False), ("copy", True)])
def test_a_title_opens_what_the_setting_says_and_the_other_stands_beside_it(
    stories: SearchService, opens: str, title_opens_ours: bool
) -> None:
    client = create_app(stories, Settings(title_opens=opens)).test_client()
    page = _page(client, "/search", q="الميناء", section="اقتصاد", size=1)
    ours, theirs = "/articles/", "https://"
    title = page.cssselect(".hit h2 a")[0].get("href")
    beside = page.cssselect(".hit .original" if title_opens_ours else ".hit .copy")[0].get("href")
    assert title.startswith(ours if title_opens_ours else theirs)
    assert beside.startswith(theirs if title_opens_ours else ours)


def test_an_article_without_an_address_opens_our_copy(client: FlaskClient) -> None:
    page = _page(client, "/search", q="وسوم")
    assert page.cssselect(".hit h2 a")[0].get("href").startswith(f"/articles/{HOSTILE_ID}?")
    assert page.cssselect(".hit .copy, .hit .original") == []


def test_the_line_says_how_the_query_was_read(client: FlaskClient) -> None:
    page = _page(client, "/search", q="الميناء -التوسعة من:2010", tag="الميناء")
    assert _text(page.cssselect(".excluded")[0]) == "من غير: التوسعة"
    period = page.cssselect(".chips a")[0]
    assert _text(period) == "أزل: الزمن من:2010"
    assert parse_qs(urlsplit(period.get("href")).query) == {"q": ["الميناء -التوسعة"], "tag": ["الميناء"]}


def test_an_article_leads_back_to_the_search_it_was_found_by(client: FlaskClient) -> None:
    asked: dict[str, Any] = {
        "q": "الميناء",
        "section": "اقتصاد",
        "sort": "newest",
        "size": "1",
        "page": "2",
    }
    page = _page(client, "/search", **asked)
    article = _page(client, page.cssselect(".hit .copy, .hit h2 a")[-1].get("href"))
    back = article.cssselect(".back a")[0].get("href")
    assert parse_qs(urlsplit(back).query) == {name: [value] for name, value in asked.items()}


def test_matching_comments_stand_under_their_article(client: FlaskClient) -> None:
    page = _page(client, "/search", q="سريع")
    block = page.cssselect(".replies")[0]
    assert "155 تعليقاً مطابقاً من 620" in _text(block.cssselect("summary")[0])
    links = [link.get("href") for link in block.cssselect("a")]
    assert len(links) == 4
    assert links[0].endswith("#c-100")
    assert f"in=comments&article={CROWD}" in links[3]


def test_comments_are_found_with_their_article(client: FlaskClient) -> None:
    page = _page(client, "/search", q="الميناء", in_="comments")
    hit = page.cssselect(".hit")[0]
    assert "ميناء المدينة القديم" in _text(hit.cssselect("h2")[0])
    assert hit.cssselect("h2 a")[0].get("href").endswith("#c-7")
    assert "إعجاب واحد" in _text(hit)


def _hidden(form: Any) -> set[tuple[str, str]]:
    return {(field.get("name"), field.get("value")) for field in form.cssselect("input[type=hidden]")}


def test_forms_keep_what_they_do_not_show(client: FlaskClient) -> None:
    asked: dict[str, Any] = {"tag": ["أ", "ب"], "source": ["س", "ش"], "article": "z", "size": "5"}
    page = _page(client, "/search", q="x", page="2", correct="no", **asked)
    (search,), (facets,) = page.cssselect("form#search"), page.cssselect("form#facets")
    kept = {("article", "z"), ("size", "5"), ("correct", "no")}
    ticked = {("tag", "أ"), ("tag", "ب"), ("source", "س"), ("source", "ش")}
    assert _hidden(search) == kept | ticked
    assert _hidden(facets) == kept | {("q", "x")}
    checked = {(box.get("name"), box.get("value")) for box in facets.cssselect("input[checked]")}
    assert checked == ticked
    assert len(page.cssselect(".chips li")) == 7


def test_a_search_without_results_offers_what_has_some(client: FlaskClient) -> None:
    page = _page(client, "/search", q="قطار الميناء", section="رياضة", match="all")
    links = page.cssselect(".empty ul a")
    assert links
    for link in links:
        assert _page(client, link.get("href")).cssselect(".hit"), _text(link)


def test_nothing_is_offered_where_nothing_is_near(client: FlaskClient) -> None:
    page = _page(client, "/search", q="قططط زرافاااات", correct="no")
    assert page.cssselect(".empty ul") == []
    assert _page(client, page.cssselect(".empty a")[0].get("href")).cssselect(".hit")


def test_a_wrong_date_is_told_at_its_field_and_the_rest_is_answered(client: FlaskClient) -> None:
    page = _page(client, "/search", 400, q="الميناء", from_="2016-15", to="2018", section="اقتصاد")
    field = page.cssselect("#from[aria-invalid]")[0]
    assert field.get("value") == "2016-15"
    told = page.cssselect("#" + field.get("aria-describedby").split()[0])[0]
    assert "اكتب التاريخ هكذا" in _text(told)
    assert {date.text for date in told.cssselect("bdi[dir=ltr]")} >= {"2016-15", "2016-05-24"}
    assert page.cssselect("#to")[0].get("value") == "2018"
    assert page.cssselect("input[name=q]")[0].get("value") == "الميناء"
    assert [_text(chip) for chip in page.cssselect(".chips a bdi")] == ["2018", "اقتصاد"]
    assert page.cssselect(".hit")


def test_a_page_too_far_leads_back(client: FlaskClient) -> None:
    page = _page(client, "/search", q="الميناء", page=50)
    assert page.cssselect(".empty a")[0].get("href").startswith("/search?q=")


def test_paging_goes_on_and_back(client: FlaskClient) -> None:
    page = _page(client, "/search", size=2, page=3)
    assert [link.get("rel") for link in page.cssselect(".pager .step")] == ["prev", "next"]
    assert _text(page.cssselect(".pager [aria-current=page]")[0]) == "3"
    assert all(client.get(link.get("href")).status_code == 200 for link in page.cssselect(".pager a"))


def test_hostile_text_stays_text(client: FlaskClient) -> None:
    for path in ("/", "/search?q=وسوم", "/search?in=comments&q=وسوم", f"/articles/{HOSTILE_ID}?q=وسوم"):
        page = _page(client, path)
        assert [script.get("src").split("?")[0] for script in page.cssselect("script")] == [
            "/static/search.js"
        ]
        assert page.cssselect("main img") == []
        assert not [link for link in page.cssselect("a[href]") if link.get("href").startswith("javascript")]
    query = "<script>alert(1)</script>\"'><b>"
    assert _page(client, "/search", q=query, tag=query).cssselect("script:not([src]), b") == []


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/search?from=x", 400, "اكتب التاريخ هكذا"),
        ("/search?page=0", 400, "رقم الصفحة خارج الحدود"),
        ("/articles/nothing", 404, "لا وجود لهذا المقال"),
        ("/nothing", 404, "الصفحة غير موجودة"),
    ],
)
def test_errors_are_told_in_arabic(client: FlaskClient, path: str, status: int, says: str) -> None:
    assert says in _text(_page(client, path, status))


def test_pages_pass_over_parameters_that_they_do_not_know(client: FlaskClient) -> None:
    for path in ("/?colour=x", "/search?colour=x", f"/articles/{HARBOUR}?colour=x", "/analyze?colour=x"):
        assert client.get(path).status_code == 200
    assert client.get("/api/v1/search?colour=x").status_code == 400


def test_without_an_index_the_page_says_what_to_run(bare_client: FlaskClient) -> None:
    text = _text(_page(bare_client, "/", 503))
    assert "kashshaf reindex SOURCE" in text
    assert "secret" not in text


def test_a_failure_shows_nothing_of_the_inside() -> None:
    client = create_app(FailingService(RuntimeError("/secret")), Settings()).test_client()
    assert "secret" not in _text(_page(client, "/", 500))


def test_pages_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert rule in policy
    assert "unsafe" not in policy
    for path in ("/", "/search?q=x", f"/articles/{HARBOUR}"):
        text = client.get(path).get_data(as_text=True)
        assert " style=" not in text
        assert "<style" not in text


def test_only_the_first_page_is_for_other_search_engines(client: FlaskClient) -> None:
    assert "X-Robots-Tag" not in client.get("/").headers
    for path in ("/search", f"/articles/{HARBOUR}", "/nothing"):
        response = client.get(path)
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert b'<meta name="robots" content="noindex">' in response.data
