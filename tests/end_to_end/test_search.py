"""From the sample files to ranked, highlighted results, through the real parts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

import kashshaf.search_app.results.order.comment_order
from kashshaf.index.errors import NoIndexError, NotFoundError, UsageError
from kashshaf.index.settings import Settings
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.search_app.query.parameters import PARAMETERS, read
from kashshaf.search_app.results.service import SearchService
from tests.conftest import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashshaf.indexer.report import Report

CLIENTS_PAGE = SHARED / "data/pages/page_text_with_comments.txt"


class Searching:
    """A service asked with parameters as a URL has them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.service = SearchService(settings)

    def __call__(self, text: str, **parameters: str | list[str]) -> dict[str, Any]:
        named = {name.rstrip("_"): value for name, value in parameters.items()}
        lists = {name: value if isinstance(value, list) else [value] for name, value in named.items()}
        return dict(self.service.search(read({"q": [text], **lists}, self.settings)))


@pytest.fixture(scope="module")
def search(samples_index: tuple[Settings, Report]) -> Iterator[Searching]:
    searching = Searching(samples_index[0])
    yield searching
    searching.service.close()


def test_all_samples_are_read(samples_index: tuple[Settings, Report]) -> None:
    report = samples_index[1]
    assert report.refused == []
    assert report.articles >= 60
    assert report.comments >= 150


def test_an_empty_query_lists_the_newest(search: Searching) -> None:
    found = search("", size="100")
    dates = [hit["date"] or "" for hit in found["hits"]]
    assert found["total"] == search.service.overview()["articles"]
    assert [date[:7] for date in dates] == sorted((date[:7] for date in dates), reverse=True)


@pytest.mark.parametrize("text", ["ً ٌ", "؟!", "''", "\u200f"])
def test_a_query_without_words_finds_nothing(search: Searching, text: str) -> None:
    assert search(text)["total"] == 0


def test_every_form_a_reader_types_finds_the_same(search: Searching) -> None:
    written, typed = search("الأميركية")["total"], search("الاميركيه")["total"]
    assert written == typed > 0


def test_a_phrase_is_narrower_than_its_words_and_ignores_hamza(search: Searching) -> None:
    hit = search("المدارس")["hits"][0]
    title = hit["title"]
    first, second = re.findall(r"[\u0621-\u064a]{3,}", title)[:2]
    together = re.search(f"{first} {second}", title)
    if together:
        assert search(f'"{together[0]}"')["total"] >= 1
    assert search('"زرافة مستحيلة هنا"')["total"] == 0


def test_pages_follow_each_other(search: Searching) -> None:
    whole = [hit["id"] for hit in search("في مدينة", size="60")["hits"]]
    parts = [hit["id"] for page in "123" for hit in search("في مدينة", size="5", page=page)["hits"]]
    assert parts == whole[:15]
    assert len(set(whole)) == len(whole)


def test_totals_are_exact_whatever_the_page(search: Searching) -> None:
    totals = {
        search("الماء", size=size, page=page)["total"] for size, page in (("1", "1"), ("50", "1"), ("2", "2"))
    }
    assert len(totals) == 1


def test_filters_narrow(search: Searching) -> None:
    overview = search.service.overview()
    section, count = overview["sections"][0]
    assert search("", section=section)["total"] == count
    both = [name for name, _ in overview["sections"][:2]]
    assert search("", section=both)["total"] == sum(number for _, number in overview["sections"][:2])
    source, count = overview["sources"][0]
    assert search("", source=source)["total"] == count
    assert search("", source="لا مصدر")["total"] == 0


def test_a_filter_is_found_without_its_hamza(search: Searching) -> None:
    assert search("", section="رأى")["total"] >= 1
    assert search("", section="إقتصاد")["total"] == search("", section="اقتصاد")["total"] > 0


def test_dates_filter_by_overlap(search: Searching) -> None:
    everything = search("", size="100")
    in_2016 = search("", from_="2016", to="2016", size="100")
    assert {hit["id"] for hit in in_2016["hits"]} == {
        hit["id"] for hit in everything["hits"] if (hit["date"] or "").startswith("2016")
    }
    month = next(hit for hit in everything["hits"] if hit["date_precision"] == "month")
    middle = month["date"][:8] + "17"
    assert month["id"] in {hit["id"] for hit in search("", from_=middle, to=middle, size="100")["hits"]}


def test_matching_comments_stand_under_their_article_with_exact_counts(search: Searching) -> None:
    found = search("الماء", size="50")
    with_comments = [hit for hit in found["hits"] if hit["comments"]["matching"]]
    assert with_comments
    for hit in with_comments:
        alone = search("الماء", in_="comments", article=hit["id"], size="100")
        assert alone["total"] == hit["comments"]["matching"]
        listed = [comment["id"] for comment in hit["comments"]["hits"]]
        assert listed == [comment["id"] for comment in alone["hits"][:3]]
        assert all("<mark>" in comment["snippet"] for comment in hit["comments"]["hits"])


def test_sort_by_comments_puts_those_with_most_matching_first(search: Searching) -> None:
    found = search("الماء", sort="comments", size="50")
    counts = [hit["comments"]["matching"] for hit in found["hits"]]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0
    assert found["total"] == search("الماء")["total"]
    paged = [
        hit["id"] for page in "12" for hit in search("الماء", sort="comments", size="3", page=page)["hits"]
    ]
    assert paged == [hit["id"] for hit in found["hits"]][:6]


def test_sort_by_comments_in_lots_is_the_same_sort(
    search: Searching, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pages() -> list[list[str]]:
        found = (search("الماء", sort="comments", size="4", page=page) for page in "1234")
        return [[hit["id"] for hit in each["hits"]] for each in found]

    together = pages()
    monkeypatch.setattr(kashshaf.search_app.results.order.comment_order, "BATCH", 1)
    assert pages() == together
    assert len(together[0]) == 4


def test_sort_by_date(search: Searching) -> None:
    newest = [hit["date"][:4] for hit in search("الماء", sort="newest", size="50")["hits"] if hit["date"]]
    oldest = [hit["date"][:4] for hit in search("الماء", sort="oldest", size="50")["hits"] if hit["date"]]
    assert newest == sorted(newest, reverse=True)
    assert oldest == sorted(oldest)


def test_marks_are_whole_words_of_the_text_as_written(search: Searching) -> None:
    for hit in search("المدارس", size="50")["hits"]:
        assert unescape(re.sub(r"</?mark>", "", hit["title_html"])) == hit["title"]
        for marked in re.findall(r"<mark>(.*?)</mark>", " ".join(hit["snippets"])):
            assert re.fullmatch(r"[^\s،.؟!]+", marked)


def test_an_article_view_has_every_comment_once_and_marks_the_match(search: Searching) -> None:
    hit = next(hit for hit in search("الماء", size="50")["hits"] if hit["comments"]["matching"])
    view = search.service.view(hit["id"], "الماء")
    assert len(view["comments"]) == hit["comments"]["total"]
    assert sum(comment["matching"] for comment in view["comments"]) == hit["comments"]["matching"]
    assert len({comment["id"] for comment in view["comments"]}) == len(view["comments"])


def test_an_unknown_article_is_named(search: Searching) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        search.service.view("nowhere", "")


BAD = [
    ({"q": ["x" * 10_000]}, "q"),
    ({"q": ["x"], "in": ["books"]}, "in"),
    ({"q": ["x"], "from": ["2016-13"]}, "from"),
    ({"q": ["x"], "to": ["31/02/2016"]}, "to"),
    ({"q": ["x"], "from": ["2017"], "to": ["2016"]}, "from"),
    ({"q": ["x"], "sort": ["best"]}, "sort"),
    ({"q": ["x"], "page": ["0"]}, "page"),
    ({"q": ["x"], "page": ["-1"]}, "page"),
    ({"q": ["x"], "page": ["٢x"]}, "page"),
    ({"q": ["x"], "page": ["10000"], "size": ["100"]}, "page"),
    ({"q": ["x"], "size": ["101"]}, "size"),
    ({"q": ["x"], "colour": ["red"]}, "colour"),
    ({"q": ["x", "y"]}, "q"),
    ({"source": ["s"] * 30}, "source"),
]


@pytest.mark.parametrize(("parameters", "param"), BAD, ids=[str(row[0])[:40] for row in BAD])
def test_a_bad_parameter_is_named(search: Searching, parameters: dict[str, list[str]], param: str) -> None:
    with pytest.raises(UsageError) as raised:
        search.service.search(read(parameters, search.settings))
    assert raised.value.param == param
    assert "\n" not in str(raised.value)


def test_a_pasted_paragraph_is_cut_and_says_so(search: Searching) -> None:
    found = search("المدارس " + "كلمة اخري " * 60)
    assert found["query"]["notes"] == ["cut"]
    assert found["total"] > 0


def test_partial_matches_stand_below_and_say_what_they_lack(search: Searching) -> None:
    found = search("الماء والمدارس", size="50")
    kinds = [hit["match"] for hit in found["hits"]]
    assert found["total"]
    assert found["total_partial"]
    assert kinds == ["full"] * found["total"] + ["partial"] * found["total_partial"]
    for hit in found["hits"]:
        assert hit["missing"] == [] if hit["match"] == "full" else hit["missing"] in (["الماء"], ["والمدارس"])
    alone = search("الماء والمدارس", size="50", match="all")
    assert [hit["id"] for hit in alone["hits"]] == [hit["id"] for hit in found["hits"][: found["total"]]]


def test_every_parameter_is_read(search: Searching) -> None:
    values = {"in": "comments", "sort": "newest", "page": "1", "size": "3", "from": "2001", "to": "2030"}
    values |= {"fold": "no", "correct": "no", "match": "all", "facets": "source", "explain": "1"}
    plain = read({}, search.settings)
    for name in PARAMETERS:
        request = read({name: [values.get(name, "x")]}, search.settings)
        assert (request != plain) == (name != "page"), name
        assert search.service.search(request)["page"] == 1


def test_without_an_index_the_error_says_what_to_run(tmp_path: Path) -> None:
    service = SearchService(replace(Settings(), index=tmp_path))
    with pytest.raises(NoIndexError, match="kashshaf reindex SOURCE"):
        service.overview()


@pytest.mark.skipif(not CLIENTS_PAGE.exists(), reason=f"the client's page is not at {CLIENTS_PAGE}")
def test_the_clients_page(tmp_path: Path) -> None:
    settings = replace(Settings(), index=tmp_path)
    rebuild(settings, [CLIENTS_PAGE], Options(datetime(2024, 3, 24, tzinfo=UTC), UTC), silent)
    search = Searching(settings)
    for found in (
        "الفلوجه",
        "مليشيا الحشد",
        '"فيلق القدس"',
        "سليماني",
        "المدنيين",
        '"الحرس الثوري الايراني"',
    ):
        assert search(found)["total"] == 1, found
    assert search("المفاعل النووى", in_="comments")["total"] == 1
    for furniture in ('"الأكثر قراءة"', '"أهم المواضيع"', '"أهم التصنيفات"'):
        assert search(furniture)["total"] == search(furniture, in_="comments")["total"] == 0
    search.service.close()
