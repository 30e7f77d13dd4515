"""The commands that only read: what they print, and how they end."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from kashshaf.cli import COMMANDS
from kashshaf.search_app.explain.analysis import MAX_ANALYSED
from kashshaf.search_app.query.parameters import MAX_TEXT
from tests.kashshaf.command import COMMAND, Word, called, kashshaf, one_line
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site

if TYPE_CHECKING:
    from pathlib import Path


Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """An index that no test here changes."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.build(BRIDGE, SCHOOL, HARVEST)
    site.build(BRIDGE, SCHOOL, HARVEST)
    site.remove("harvest")
    return site


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    return tmp_path / "nothing"


@pytest.mark.parametrize("command", COMMANDS)
def test_help(capfd: Capture, nowhere: Path, command: str) -> None:
    ran = called(capfd, command, "--help", index=nowhere)
    assert ran.status == 0
    assert ran.out.startswith(f"Usage: kashshaf {command}")


def test_help_names_every_command(nowhere: Path) -> None:
    ran = kashshaf("--help", index=nowhere)
    assert ran.status == 0
    assert all(f"  {command} " in ran.out for command in COMMANDS)
    assert kashshaf(index=nowhere).status == 2


def test_version(nowhere: Path) -> None:
    ran = kashshaf("--version", index=nowhere)
    assert (ran.status, ran.out.split()[0]) == (0, "kashshaf")


@pytest.mark.parametrize(
    "words",
    [
        ["reindx"],
        ["status", "--jsn"],
        ["status", "extra"],
        ["index"],
        ["remove"],
        ["extract"],
        ["--nope", "status"],
    ],
    ids=" ".join,
)
def test_wrong_usage(capfd: Capture, nowhere: Path, words: list[str]) -> None:
    ran = called(capfd, *words, index=nowhere)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err


@pytest.mark.parametrize("command", ["search", "status", "verify", "rollback", "reindex"])
def test_without_an_index(nowhere: Path, command: str) -> None:
    ran = kashshaf(command, index=nowhere)
    assert (ran.status, ran.out) == (1, "")
    assert one_line(ran.err)
    assert "kashshaf reindex SOURCE" in ran.err


def search(capfd: Capture, site: Site, *words: Word) -> list[str]:
    """The ids found, by the JSON; the search must succeed."""
    ran = called(capfd, "search", "--json", *words, index=site.settings.index)
    assert ran.status == 0, ran.err
    return [hit["id"] for hit in ran.json()["hits"]]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["الجسر"], ["bridge"]),
        (["-الجسر"], ["school"]),
        (["--", "-الجسر"], ["school"]),
        (["--", "-x"], ["bridge", "school"]),
        (["-x"], ["bridge", "school"]),
        (["-"], []),
        (["افتتاح", "الجسر"], ["bridge"]),
        (['"الجسر الجديد"'], ["bridge"]),
        (["\u064b\u064c\u0640"], []),
        (["من في على"], []),
        (["غيرموجودة"], []),
        ([], ["bridge", "school"]),
        ([""], ["bridge", "school"]),
        (["سعيد", "--in", "comments"], ["c1"]),
        (["--in", "comments", "--article", "bridge"], ["c1", "c2"]),
        (["--from", "2016", "--to", "24/05/2016"], ["bridge", "school"]),
        (["--from", "2017"], []),
        (["--size", "1", "--page", "2"], ["school"]),
        ([b"\xff\xfe"], []),
        (["الجسر".encode() + b"\xff"], ["bridge"]),
        (["--source", "لا وجود له"], []),
    ],
    ids=lambda value: " ".join(map(repr, value)),
)
def test_searches(capfd: Capture, site: Site, words: list[Word], ids: list[str]) -> None:
    assert search(capfd, site, *words) == ids


def test_completions(capfd: Capture, site: Site) -> None:
    ran = called(capfd, "suggest", "--json", "افتتاح", "الجس", index=site.settings.index)
    words, title = {"text": "افتتاح الجسر", "kind": "word"}, {"text": "افتتاح الجسر الجديد", "kind": "title"}
    assert ran.json() == {"suggestions": [words, title]}
    assert called(capfd, "suggest", "الجس", index=site.settings.index).out == "الجسر\nافتتاح الجسر الجديد\n"
    ran = called(capfd, "suggest", "ا" * 1001, index=site.settings.index)
    assert (ran.status, ran.out) == (2, "")
    assert one_line(ran.err)


def test_a_search_for_people(site: Site) -> None:
    ran = kashshaf("search", "الجسر", index=site.settings.index)
    assert ran.status == 0
    assert "افتتاح الجسر الجديد" in ran.out
    assert "<mark>" not in ran.out
    assert "\x1b" not in ran.out, "colours go to terminals only"


def test_a_query_that_begins_like_an_option(capfd: Capture, site: Site) -> None:
    assert search(capfd, site, "-hamas") == ["bridge", "school"]


def test_a_query_after_two_dashes(capfd: Capture, site: Site) -> None:
    assert search(capfd, site, "--", "--x") == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--nope"], "--nope"),
        (["س", "--sort", "best"], "sort"),
        (["س", "--in", "titles"], "in"),
        (["س", "--from", "2016-13"], "from"),
        (["س", "--to", "أمس"], "to"),
        (["س", "--from", "2017", "--to", "2016"], "from"),
        (["س", "--size", "0"], "size"),
        (["س", "--size", "101"], "size"),
        (["س", "--page", "-1"], "page"),
        (["س", "--page", "9999"], "page"),
        (["س" * 10_000], str(MAX_TEXT)),
        (["س", "--from", b"\xff"], "from"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_searches_that_make_no_sense(capfd: Capture, site: Site, words: list[Word], told: str) -> None:
    ran = called(capfd, "search", *words, index=site.settings.index)
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.err
    assert len(ran.err) < 11_000


def analyze(capfd: Capture, site: Site, *words: Word) -> Any:
    """The tokens, by the JSON; the analysis must succeed."""
    ran = called(capfd, "analyze", "--json", *words, index=site.settings.index)
    assert ran.status == 0, ran.err
    return ran.json()["tokens"]


@pytest.mark.parametrize(
    ("words", "surfaces"),
    [
        (["مدرسة"], ["مدرسة"]),
        (["مدرسة", "والمدارس"], ["مدرسة", "والمدارس"]),
        (["-كتاب"], ["كتاب"]),
        (["--", "--json"], ["json"]),
        (["-"], []),
        ([""], []),
        (["\u064b\u0640"], []),
        ([b"\xff\xfe"], []),
        (["كتاب".encode() + b"\xff"], ["كتاب"]),
        (["ب" + "\u064e" * 50_000], ["ب" + "\u064e" * 50_000]),
        (["ب" * 60_000], ["ب" * 60_000]),
    ],
    ids=lambda value: " ".join(map(repr, value))[:40],
)
def test_analyses(capfd: Capture, site: Site, words: list[Word], surfaces: list[str]) -> None:
    assert [token["surface"] for token in analyze(capfd, site, *words)] == surfaces


def test_an_analysis_has_levels_rules_and_evidence(capfd: Capture, site: Site) -> None:
    _, token = analyze(capfd, site, "في والجسر")
    assert (token["start"], token["end"], token["position"]) == (3, 9, 1)
    assert token["levels"] == {"exact": ["والجسر"], "folded": ["والجسر"], "stem": ["جسر"], "root": ["جسر"]}
    first, second = token["rules"]
    assert (first["level"], first["rule"], first["before"], first["after"]) == (
        "stem",
        "definite",
        "والجسر",
        "الجسر",
    )
    assert {"word", "times"} == set(first["evidence"][0])
    assert second["after"] == "جسر"


def test_an_analysis_for_people(site: Site, nowhere: Path) -> None:
    ran = kashshaf("analyze", "والمدارس في", index=site.settings.index)
    assert ran.status == 0
    assert "مدارس becomes مدرسه by from_list" in ran.out
    assert "is_stop_word holds for في" in ran.out
    assert f"Counts of the index {site.generations()[-1]}, " in ran.out
    assert "\x1b" not in ran.out, "colours go to terminals only"
    ran = kashshaf("analyze", "والمدارس", index=nowhere)
    assert (ran.status, ran.err) == (0, "")
    assert "There is no index" in ran.out


def test_what_would_turn_a_terminal_around_is_not_printed(capfd: Capture, site: Site) -> None:
    ran = called(capfd, "analyze", "كت\u202eاب", index=site.settings.index)
    assert "\u202e" not in ran.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "kashshaf analyze TEXT"),
        (["--nope"], "--nope"),
        (["س " * 30_000, "س " * 30_000], str(MAX_ANALYSED)),
    ],
    ids=["none", "option", "long"],
)
def test_analyses_that_make_no_sense(capfd: Capture, site: Site, words: list[Word], told: str) -> None:
    ran = called(capfd, "analyze", *words, index=site.settings.index)
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.err
    assert one_line(ran.err)


def test_status(site: Site) -> None:
    ran = kashshaf("status", "--json", index=site.settings.index)
    assert ran.status == 0
    facts = ran.json()
    assert (facts["engine"], facts["articles"], facts["comments"]) == ("whoosh", 2, 3)
    assert facts["removed"] == ["harvest"]
    assert [facts["before"], facts["generation"]] == site.generations()
    assert facts["bytes"] > 1000
    plain = kashshaf("status", index=site.settings.index)
    assert plain.status == 0
    assert all(name in plain.out for name in facts)


def test_verify(site: Site) -> None:
    ran = kashshaf("verify", index=site.settings.index)
    assert ran.status == 0
    assert "2 articles, 3 comments" in ran.out


def test_a_reader_of_the_output_that_goes_away(site: Site) -> None:
    command = [COMMAND, "--index", str(site.settings.index), "search", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize("option", [["--config", "none.toml"], ["--config", "bad.toml"]])
def test_settings_that_cannot_be_read(site: Site, option: list[str]) -> None:
    (site.folder / "bad.toml").write_text("page_size = 1000")
    ran = kashshaf(*option, "status", index=site.settings.index)
    assert (ran.status, ran.out) == (2, "")
    assert one_line(ran.err)


def test_settings_of_the_environment(site: Site) -> None:
    ran = kashshaf("search", "--json", index=site.settings.index, env={"KASHSHAF_PAGE_SIZE": "1"})
    assert ran.json()["size"] == 1
    wrong = kashshaf("status", index=site.settings.index, env={"KASHSHAF_TIMEZONE": "Mars"})
    assert wrong.status == 2
    assert one_line(wrong.err)
