"""Facets of whole searches: each count is the total of the search with its value chosen, on every engine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from kashshaf.index.settings import Settings
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.search_app.query.parameters import FACETS, SearchRequest
from kashshaf.search_app.results.facets import MOST_VALUES
from kashshaf.search_app.results.service import SearchService
from tests.opensearch.cluster import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.search_app.query.request_values import Target
    from kashshaf.search_app.results.shapes import FacetValue

RIYADH = ZoneInfo("Asia/Riyadh")
LONG = (
    "أعلنت بلدية المدينة أمس أن أعمال توسعة الميناء القديم ستبدأ مطلع الشهر المقبل، بعد عشر سنوات من الوعود"
    " التي لم يُنفَّذ منها شيء، وأن الصيادين سينتقلون موقتًا إلى رصيف آخر حتى تنتهي الأشغال في الصيف."
)


def _article(id_: str, text: str, date: str | None, source: str, **rest: Any) -> dict[str, Any]:
    return {"id": id_, "title": f"خبر {id_}", "body": text, "date": date, "source": source, **rest}


ARTICLES = [
    _article("t1", LONG, "2016-05-24T10:00:00+03:00", "صحيفة أنباء", section="محليات", author="ليلى أحمد"),
    _article("t2", LONG, "2016-05-25", "صحيفة انباء", section="محليات", author="ليلى احمد", tags=["الميناء"]),
    _article("t3", LONG, "2016-06-01", "وكالة الساحل", section="اقتصاد", tags=["الميناء", "صيد"]),
    _article("1", "الميناء مغلق اليوم", "2016-05-31T22:30:00+00:00", "صحيفة انباء", tags=["أسعار", "اسعار"]),
    _article("2", "الميناء والسوق", "2015", "وكالة الساحل", section="اقتصاد"),
    _article("3", "السوق مغلق", "2016-05", "صحيفة انباء", author="ليلى أحمد", tags=["صيد"]),
    _article("4", "الميناء بلا تاريخ", None, ""),
    _article(
        "5", "السوق القديم", "2014-12-31", "وكالة الساحل",
        comments=[
            {"id": "a", "author": "زائر", "text": "الميناء أجمل", "date": "2015-01-01", "likes": 3},
            {"id": "b", "author": "زائرة", "text": "السوق والميناء", "date": "2015-02-01", "likes": 7},
            {"id": "c", "author": "زائر", "text": "مغلق", "likes": -1},
        ],
    ),
]  # fmt: skip


@pytest.fixture(scope="module", params=KEPT)
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    folder = tmp_path_factory.mktemp("facets")
    source = folder / "articles.jsonl"
    many = [_article(f"n{n}", "قائمة", None, "س", author=f"كاتب {n}") for n in range(MOST_VALUES + 2)]
    source.write_bytes(b"\n".join(orjson.dumps(row) for row in ARTICLES + many))
    settings = replace(Settings(), index=folder / "index", engine=request.param, timezone=RIYADH.key)
    rebuild(settings, [source], Options(None, RIYADH), silent)
    service = SearchService(settings)
    yield service
    service.close()


def counts(values: list[FacetValue]) -> dict[str, int]:
    return {each["value"]: each["count"] for each in values}


def chosen(request: SearchRequest, name: str, value: str) -> SearchRequest:
    """The search that a reader gets who chooses a value of a facet."""
    request = replace(request, facets=(), page=1)
    if name == "type":
        target: Target = "comments" if value == "comments" else "articles"
        return replace(request, target=target, sort="relevance")
    parameters = ("from", "to") if name in ("year", "month") else (name,)
    return replace(request, filters={**request.filters, **dict.fromkeys(parameters, (value,))})


QUERIES = [
    "", "الميناء", "الميناء السوق", "مغلق", "الميناء مغلق", "السوق -الميناء", "مصدر:انباء",
    "الميناء من:2016-05", "لاشيء",
]  # fmt: skip
FILTERS: list[dict[str, tuple[str, ...]]] = [
    {},
    {"source": ("صحيفة أنباء",)},
    {"from": ("2016",), "to": ("2016-05",)},
    {"section": ("اقتصاد", "محليات"), "tag": ("صيد",)},
    {"author": ("زائر",)},
]


@pytest.mark.parametrize("given", FILTERS)
@pytest.mark.parametrize("text", QUERIES)
def test_a_count_is_the_total_with_its_value_chosen(
    service: SearchService, text: str, given: dict[str, tuple[str, ...]]
) -> None:
    plain = SearchRequest(text, filters=given, facets=FACETS)
    for request in (
        plain,
        replace(plain, target="comments"),
        replace(plain, match="any"),
        replace(plain, match="all", sort="newest"),
        replace(plain, fold=False, size=1, page=2),
    ):
        facets = service.search(request)["facets"]
        assert [*facets] == [*FACETS]
        for name, values in facets.items():
            for each in values:
                found = service.search(chosen(request, name, each["value"]))
                assert found["total"] == each["count"], (name, each, request)


def test_spellings_of_a_name_are_one_value_by_the_commonest(service: SearchService) -> None:
    facets = service.search(SearchRequest("الميناء", facets=("source", "author", "tag")))["facets"]
    assert counts(facets["source"]) == {"صحيفة انباء": 2, "وكالة الساحل": 3}
    assert counts(facets["author"]) == {"ليلى أحمد": 1}
    assert counts(facets["tag"])["أسعار"] == 1


def test_a_facet_is_counted_without_its_own_filter_and_with_the_others(service: SearchService) -> None:
    request = SearchRequest("الميناء", filters={"source": ("وكالة الساحل",)}, facets=("source", "section"))
    facets = service.search(request)["facets"]
    assert counts(facets["source"]) == {"وكالة الساحل": 3, "صحيفة انباء": 2}
    assert counts(facets["section"]) == {"اقتصاد": 2}
    dates = {"from": ("2015",), "to": ("2015",)}
    dated = replace(request, filters={**request.filters, **dates}, facets=("year", "source"))
    facets = service.search(dated)["facets"]
    assert counts(facets["year"]) == {"2014": 1, "2015": 1, "2016": 1}
    assert counts(facets["source"]) == {"وكالة الساحل": 1}


def test_times_go_by_the_time_zone_of_the_site_and_stand_in_order(service: SearchService) -> None:
    facets = service.search(SearchRequest(fold=False, facets=("month", "year")))["facets"]
    assert counts(facets["year"]) == {"2014": 1, "2015": 1, "2016": 5}
    months = [each["value"] for each in facets["month"]]
    assert months == sorted(months)
    assert counts(facets["month"])["2016-06"] == 2  # one of them is of May in Greenwich
    assert counts(facets["month"])["2016-05"] == 3
    assert counts(facets["month"])["2015-07"] == 1  # of any month of 2015: it is found in each


def test_full_matches_are_counted_where_there_are_any(service: SearchService) -> None:
    response = service.search(SearchRequest("الميناء السوق", facets=("source",)))
    assert response["total_partial"] > 0
    assert sum(counts(response["facets"]["source"]).values()) == response["total"]


def test_values_are_many_but_what_is_chosen_is_always_there(service: SearchService) -> None:
    request = SearchRequest("قائمة", facets=("author",))
    given = counts(service.search(request)["facets"]["author"])
    assert len(given) == MOST_VALUES
    rare = next(name for n in range(MOST_VALUES + 2) if (name := f"كاتب {n}") not in given)
    among = replace(request, filters={"author": (rare, "لا أحد")})
    assert counts(service.search(among)["facets"]["author"]) == {**given, rare: 1}


def test_articles_and_comments_are_counted_by_type(service: SearchService) -> None:
    response = service.search(SearchRequest("الميناء", "comments", facets=("type",)))
    assert counts(response["facets"]["type"])["comments"] == response["total"] == 2


def test_without_asking_there_are_none(service: SearchService) -> None:
    assert service.search(SearchRequest("الميناء"))["facets"] == {}


def test_comments_by_likes(service: SearchService) -> None:
    hits = service.search(SearchRequest("", "comments", sort="likes"))["hits"]
    assert [hit["likes"] for hit in hits if hit["type"] == "comment"] == [7, 3, -1]
