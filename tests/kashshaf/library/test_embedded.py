"""The search in a program's own process."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import kashshaf
from kashshaf import open_index
from kashshaf.index.errors import NoIndexError, NotFoundError, SettingsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashshaf import OpenIndex
    from kashshaf.index.settings import Settings
    from kashshaf.indexer.report import Report


@pytest.fixture(scope="module")
def opened(samples_index: tuple[Settings, Report]) -> Iterator[OpenIndex]:
    with open_index(samples_index[0].index, timezone="Asia/Riyadh") as index:
        yield index


def test_a_search_gives_the_answer_of_the_api(opened: OpenIndex) -> None:
    answer = opened.search("الجسر", size=2, facets=["source", "year"])
    assert answer["size"] == len(answer["hits"]) == 2
    first = answer["hits"][0]
    assert first["type"] == "article"
    assert "<mark>" in first["title_html"] + "".join(first["snippets"])
    assert list(answer["facets"]) == ["source", "year"]


def test_parameters_whose_names_are_words_of_python(opened: OpenIndex) -> None:
    every = opened.search("", in_="comments")["total"]
    some = opened.search("", in_="comments", from_=date(2024, 1, 1))["total"]
    assert 0 <= some < every


def test_values_may_be_several_and_switches_are_booleans(opened: OpenIndex) -> None:
    sources = [each["value"] for each in opened.search("", facets="source")["facets"]["source"]][:2]
    both = opened.search("", source=sources, fold=False)["total"]
    assert both == sum(opened.search("", source=each, fold=False)["total"] for each in sources)


def test_an_article_its_likes_and_completions(opened: OpenIndex) -> None:
    found = opened.search("الجسر")["hits"][0]
    assert found["type"] == "article"
    assert opened.article(found["id"]).title == found["title"]
    assert found["id"] not in {hit["id"] for hit in opened.similar(found["id"])["hits"]}
    assert opened.suggest("الجس")["suggestions"]


def test_mistakes_are_told(opened: OpenIndex) -> None:
    with pytest.raises(UsageError, match="size"):
        opened.search("الجسر", size=1_000)
    with pytest.raises(UsageError, match="colour"):
        opened.search("الجسر", colour="red")  # type: ignore[call-arg]
    with pytest.raises(NotFoundError):
        opened.article("none such")


def test_no_index_is_told_when_it_is_opened(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        open_index(tmp_path / "none")
    with pytest.raises(SettingsError, match="colour"):
        open_index(tmp_path, colour="red")


def test_the_package_has_what_it_names_and_nothing_else() -> None:
    assert all(getattr(kashshaf, name) for name in kashshaf.__all__)
    with pytest.raises(AttributeError, match="closed_index"):
        _ = kashshaf.closed_index
