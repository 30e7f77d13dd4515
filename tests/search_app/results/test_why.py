"""Why hits are there, on both engines: the sentence and the forms are of what stands in the article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from kashshaf.search_app.query.parameters import SearchRequest, read
from kashshaf.search_app.results.service import SearchService
from tests.opensearch.cluster import KEPT
from tests.search_app.editors import EditedSite

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient


@pytest.fixture(scope="module", params=KEPT)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> EditedSite:
    folder: Path = tmp_path_factory.mktemp(request.param)
    made = EditedSite(folder, request.param)
    made.edit(made.synonyms, "يونسكو, منظمة الأمم المتحدة للتربية\nفيضان, ارتفاع\n")
    made.edit(made.pins, '[[pin]]\nquery = "خضار"\narticles = ["market"]\n')
    made.settings = replace(made.settings, synonyms_shipped="yes")
    return made


SENTENCES = [
    ("جسر", "river", "ورد «جسر» في النص."),
    ("وزير", "bridge", "ورد «الوزراء» في النص، وهو جمع «وزير»."),
    ("الجسور", "road", "ورد «جسر» في العنوان، وهو مفرد «الجسور»، وتعليق واحد يطابق."),
    ("جسر مهرجان", "river", "ورد «جسر» في النص، ولم يرد «مهرجان»."),
    ("يونسكو", "culture", "ورد «منظمة الأمم المتحدة للتربية والعلم والثقافة» في النص، وهو بمعنى «يونسكو»."),
    (
        "منظمة الأمم المتحدة للتربية",
        "school",
        "ورد «يونسكو» في العنوان، وهو بمعنى «منظمة الأمم المتحدة للتربية».",
    ),
    ("جيد جسر", "bridge", "ورد «جسر» في العنوان و«كويس» (بمعنى «جيد») في التعليقات، وتعليق واحد يطابق."),
    ('"جسر المدينة"', "road", "ورد «جسر المدينة» في العنوان."),
    ("=جسر", "river", "ورد «جسر» في النص."),
    ("جسرر~", "river", "ورد «جسر» في النص، وهو قريب الرسم من «جسرر»."),
    ("جس*", "river", "ورد «جسر» في النص، وهو يبدأ بما بدأت به «جس»."),
    ("عنوان:جسر", "bridge", "ورد «جسر» في العنوان."),
    ("خضار", "market", "ثبّته محرر الموقع لهذا البحث، وورد «الخضار» في النص، وهو «خضار» بلام التعريف."),
    ("", "market", "لم يُبحث عن كلمة، فالترتيب بالتاريخ."),
]


@pytest.mark.parametrize(("typed", "id_", "says"), SENTENCES)
def test_a_hit_says_why_it_is_there(typed: str, id_: str, says: str, site: EditedSite) -> None:
    assert site.hit(typed, id_, explain="1", correct="no", fold="no")["why"] == says


def test_a_comment_says_why_it_is_there(site: EditedSite) -> None:
    hits = site.ask("جيد", in_="comments", explain="1")["hits"]
    assert {hit["why"] for hit in hits} == {
        "ورد «جيد» في التعليق.",
        "ورد «كويس» في التعليق، وهو بمعنى «جيد».",
    }


def test_forms_are_told_with_level_zones_and_times(site: EditedSite) -> None:
    hit: Any = site.hit("الجسر", "road", explain="yes", fold="no")
    assert hit["explain"]["words"] == [
        {
            "word": "الجسر",
            "forms": [
                {
                    "form": "جسر",
                    "level": "stem",
                    "zones": ["title"],
                    "times": 1,
                    "relation": "«الجسر» بلا لام التعريف",
                },
                {
                    "form": "الجسر",
                    "level": "exact",
                    "zones": ["text", "comments"],
                    "times": 1,
                    "relation": "",
                },
            ],
        }
    ]


@pytest.mark.parametrize("target", ["articles", "comments"])
@pytest.mark.parametrize("typed", ["جسر", "جسر المدينة الجديد", "يونسكو مدرسة", "جيد", '"جسر المدينة" نهر'])
def test_the_parts_of_a_score_add_up_to_it(typed: str, target: str, site: EditedSite) -> None:
    hits: list[Any] = site.ask(typed, in_=target, explain="1")["hits"]
    assert hits or target == "comments"
    for hit in hits:
        parts = hit["explain"]["scores"]
        assert sum(part["score"] for part in parts) == pytest.approx(hit["score"], abs=1e-3)
        assert len({(part["zone"], part["level"]) for part in parts}) == len(parts)


def test_a_page_is_told_the_sentence_alone(site: EditedSite) -> None:
    service = SearchService(site.settings)
    hits = service.search(SearchRequest("جسر", why=True))["hits"]
    service.close()
    assert all(hit["why"] and "explain" not in hit for hit in hits)


def test_hits_that_are_not_asked_why_do_not_say(site: EditedSite) -> None:
    for parameters in ({}, {"explain": "0"}, {"explain": "no"}):
        assert not {"why", "explain"} & {*site.ask("جسر", **parameters)["hits"][0]}


def test_explaining_changes_nothing_else(site: EditedSite) -> None:
    explained = site.ask("جسر", explain="1")["hits"]
    for hit in explained:
        del hit["why"], hit["explain"]
    assert explained == site.ask("جسر")["hits"]


def test_the_api_takes_the_parameter(client: FlaskClient) -> None:
    (hit,) = orjson.loads(client.get("/api/v1/search?q=الميناء&explain=1&size=1").data)["hits"]
    assert hit["why"].startswith("ورد «")
    problem = orjson.loads(client.get("/api/v1/search?q=الميناء&explain=2").data)
    assert (problem["param"], problem["status"]) == ("explain", 400)


def test_a_request_explains_only_when_it_is_asked(site: EditedSite) -> None:
    assert not read({"q": ["جسر"]}, site.settings).explain
    assert read({"q": ["جسر"], "explain": ["1"]}, site.settings).explain
