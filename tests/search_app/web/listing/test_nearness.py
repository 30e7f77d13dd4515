"""In the order of dates: results with a few words near each other, and those that have them anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from lxml import html

from kashshaf.index.settings import Settings
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

FIRST = (
    "افتتح المجلس البلدي صباح الأحد حديقة واسعة على ضفة النهر بعد سنتين من العمل،"
    " وحضر الافتتاح عدد كبير من أهل الحي وتلاميذ المدارس القريبة منه ومعلميها."
)
"""More words than an article opens with."""
APART = f"{FIRST} وكان الحادث الذي عطّل العمل قد وقع قبل شهرين، وبعد مرور أسابيع انتهى التحقيق."
ELSEWHERE = f"{FIRST} ومع مرور الأيام نسي الناس ما قيل عن ذلك الحادث."
TOGETHER = f"{FIRST} وفي طريق العودة أصيب أربعة أشخاص في حادث مرور على الجسر."
OPENING = "أصيب أربعة في حوادث متفرقة سببها ازدحام المرور على الطريق الساحلي."
ROWS = [
    ("apart", "2020-04-01", APART),
    ("far", "2020-03-01", ELSEWHERE),
    ("together", "2020-02-01", TOGETHER),
    ("opening", "2020-01-01", OPENING),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("apart")
    source = folder / "news.jsonl"
    rows = ({"id": id_, "title": f"خبر {id_}", "date": date, "body": body} for id_, date, body in ROWS)
    source.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    settings = replace(Settings(), index=folder / "index")
    rebuild(settings, [source], Options(None, UTC), silent)
    service = SearchService(settings)
    yield create_app(service, settings).test_client()
    service.close()


def _page(client: FlaskClient, url: str = "/search", **query: str) -> Any:  # lxml has no types
    return html.fromstring(client.get(url, query_string=query or None).data.decode())


def _titles(page: Any) -> list[str]:
    return [*map(_text, page.cssselect(".hit h2"))]


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_by_date_a_link_leads_to_what_has_the_words_near_each_other_and_back(client: FlaskClient) -> None:
    page = _page(client, q="حادث  مرور", sort="newest")
    assert _titles(page) == ["خبر apart", "خبر far", "خبر together", "خبر opening"]
    (line,) = page.cssselect(".notice")
    assert _text(line) == "قد تتباعد الكلمات في هذه النتائج. ما تقاربت فيه وحده نتيجتان"
    near = _page(client, line.cssselect("a")[0].get("href"))
    assert _titles(near) == ["خبر together", "خبر opening"]
    assert near.cssselect("#q")[0].get("value") == "حادث  مرور"
    (line,) = near.cssselect(".notice")
    assert _text(line) == "الكلمات هنا متجاورة، أو في العنوان والمقدّمة. كل ما فيه هذه الكلمات 4 نتائج"
    assert _titles(_page(client, line.cssselect("a")[0].get("href"))) == _titles(page)


def test_the_order_by_date_leads_there_from_the_best_results(client: FlaskClient) -> None:
    ranked = _page(client, q="حادث مرور")
    (newest,) = (each for each in ranked.cssselect("a") if each.text_content().strip() == "الأحدث أولاً")
    page = _page(client, newest.get("href"))
    assert _titles(page) == ["خبر together", "خبر opening"]
    (chip,) = page.cssselect(".chips a")
    assert _text(chip) == "أزل: كلمات البحث كلها متقاربة"
    assert len(_titles(_page(client, chip.get("href")))) == 4


def test_where_no_words_are_near_all_are_shown(client: FlaskClient) -> None:
    page = _page(client, q="التحقيق شهرين", sort="newest", match="near")
    assert _titles(page) == ["خبر apart"]
    assert not page.cssselect(".notice")


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("حادث مرور", "relevance"),  # the best come first
        ("حادث", "newest"),
        ('"حادث مرور"', "newest"),
        ("حادث أو مرور", "newest"),
        ("مرور الأيام", "oldest"),  # nowhere apart
        ("شهرين أسابيع", "oldest"),  # nowhere near
        ("حادث مرور من:2019", "newest"),
        ("", "newest"),
    ],
)
def test_nothing_is_offered_where_it_would_not_help(client: FlaskClient, text: str, sort: str) -> None:
    assert not _page(client, q=text, sort=sort).cssselect(".notice")


def test_nor_where_any_of_the_words_is_enough(client: FlaskClient) -> None:
    assert not _page(client, q="حادث مرور", sort="newest", match="any").cssselect(".notice")


def test_a_filter_that_leaves_none_near_leaves_all_the_same(client: FlaskClient) -> None:
    page = _page(client, q="حادث مرور", sort="newest", match="near", **{"from": "2020-03-01"})
    assert _titles(page) == ["خبر apart", "خبر far"]
    assert not page.cssselect(".notice")


def test_words_of_time_are_not_given_up_for_nearness(client: FlaskClient) -> None:
    url = "/api/v1/search"
    asked = {"q": "حادث مرور مارس 2020", "sort": "newest"}
    answers = [client.get(url, query_string={**asked, "match": match}).data for match in ("near", "auto")]
    assert [[hit["id"] for hit in orjson.loads(each)["hits"]] for each in answers] == [["far"], ["far"]]


def test_where_only_some_words_are_found_the_page_says_so(client: FlaskClient) -> None:
    said = [
        [*map(_text, _page(client, q="حادث منطاد", sort="newest", match=match).cssselect(".notice"))]
        for match in ("auto", "near")
    ]
    assert said[0] == said[1] != []


@pytest.mark.parametrize("text", ["مليون", "خمسة", "عشرين"])
def test_one_word_of_a_number_may_be_asked_for(client: FlaskClient, text: str) -> None:
    assert _page(client, q=text, sort="newest", match="near").cssselect("#q")


def test_nearness_is_not_offered_among_comments(client: FlaskClient) -> None:
    offered = [
        {option.get("value") for option in _page(client, **{"in": where}).cssselect("#match option")}
        for where in ("articles", "comments")
    ]
    assert offered == [{"", "all", "any", "near"}, {"", "all", "any"}]
