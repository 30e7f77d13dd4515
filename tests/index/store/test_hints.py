"""What an operator is told of an index that has outgrown its engine, or its lexicon."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import kashshaf.index.store.hints
from kashshaf.index.engine import Capacity, open_engine
from kashshaf.index.engines.whoosh.engine import WhooshEngine
from kashshaf.index.settings import EMBEDDED
from kashshaf.index.store.hints import hints
from tests.kashshaf.command import called
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site, row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kashshaf.command import Ran

MOVE = "kashshaf reindex --engine tantivy"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.build(BRIDGE, SCHOOL)
    return made


def limit(monkeypatch: pytest.MonkeyPatch, articles: int, comments: int) -> None:
    capacity = Capacity({"articles": articles, "comments": comments}, "tantivy")
    monkeypatch.setattr(WhooshEngine, "capacity", capacity)


def run(capture: pytest.CaptureFixture[str], site: Site, *words: str) -> Ran:
    return called(capture, *words, index=site.settings.index)


def test_a_small_index_has_no_hints(site: Site) -> None:
    assert hints(site.store.current(), site.settings) == []


@pytest.mark.parametrize("name", EMBEDDED)
def test_an_engine_leads_to_one_of_longer_reach(name: str) -> None:
    engine = open_engine(name)
    assert engine.capacity is None or open_engine(engine.capacity.beyond).capacity is None


@pytest.mark.parametrize(
    ("articles", "comments", "told"), [(2, 3, ""), (1, 3, "2 articles"), (2, 2, "3 comments")]
)
def test_an_index_outgrows_its_engine(
    site: Site, monkeypatch: pytest.MonkeyPatch, articles: int, comments: int, told: str
) -> None:
    limit(monkeypatch, articles, comments)
    found = hints(site.store.current(), site.settings)
    assert len(found) == bool(told)
    assert all(told in hint and hint.endswith(MOVE) for hint in found)


def test_every_command_that_writes_says_so(
    site: Site, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, 1, 1000)
    for words in (["reindex", str(site.sources)], ["index", str(site.sources), "--json"]):
        ran = run(capfd, site, *words)
        assert ran.status == 0
        told = [line for line in ran.err.splitlines() if line.startswith("hint: ")]
        assert len(told) == 1
        assert MOVE in told[0]
        assert MOVE not in ran.out
    ran = run(capfd, site, "status")
    assert MOVE in ran.out.splitlines()[-1]
    assert any(MOVE in hint for hint in run(capfd, site, "status", "--json").json()["hints"])


def test_what_the_hint_says_helps(
    site: Site, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, 1, 1000)
    assert "hint" not in run(capfd, site, *MOVE.split()[1:]).err
    assert run(capfd, site, "status", "--json").json()["hints"] == []


def test_a_lexicon_that_lacks_much_says_rebuild(
    site: Site, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kashshaf.index.store.hints, "UNKNOWN_LEAST", 1)
    words = "المنطاد الأسطرلاب الصولجان الطربوش الزرنيخ القرنبيط الفسيفساء الجلنار"
    site.write("b.jsonl", HARVEST, *(row(f"new{at}", words) for at in range(2)))
    assert run(capfd, site, "index", str(site.sources)).err.count("rebuild with: kashshaf reindex\n") == 1
    facts = run(capfd, site, "status", "--json").json()
    assert facts["unknown"] == 8
    assert facts["lexicon"] > 8
    assert len(facts["hints"]) == 1
    assert "lacks 8 words" in facts["hints"][0]
    other = replace(site.settings, engine="tantivy")  # a rebuild must not change the engine by the way
    assert hints(site.store.current(), other)[0].endswith("kashshaf reindex --engine whoosh")
    assert run(capfd, site, "reindex").err.count("hint") == 0
    facts = run(capfd, site, "status", "--json").json()
    assert (facts["unknown"], facts["hints"]) == (0, [])


def test_a_tiny_site_is_left_alone(site: Site) -> None:
    site.write("b.jsonl", *(row(f"new{at}", "المنطاد الأسطرلاب الصولجان الطربوش الزرنيخ") for at in range(2)))
    assert site.index().hints == []


def test_a_setting_that_names_another_engine_is_told_with_both_ways_out(
    site: Site, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hints(site.store.current(), replace(site.settings, engine="whoosh")) == []
    monkeypatch.setenv("KASHSHAF_ENGINE", "tantivy")
    (hint,) = run(capfd, site, "status", "--json").json()["hints"]
    assert MOVE in hint
    assert 'engine = "whoosh"' in hint
    assert run(capfd, site, "reindex", "--engine", "whoosh").err.count(f"hint: {hint}") == 1
    assert "hint" not in run(capfd, site, "reindex").err
    assert run(capfd, site, "status", "--json").json()["hints"] == []
