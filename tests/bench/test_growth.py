"""``python -m bench.growth``: what corpora it makes, its table and its plot."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import orjson
import pytest
from click.testing import CliRunner

from bench import growth
from bench.errors import NotHereError
from bench.growth import main
from bench.measure.growing import Grown, grow
from bench.measure.sizes import Size

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = [
    {
        "id": str(number),
        "title": f"عنوان {number}",
        "sections": [{"heading": "", "text": f"جملة {number}. ثانية {number}؟\n\nثالثة {number}!"}],
        "comments": [{"id": "c", "text": f"شكرا {number}"}] if number else [],
    }
    for number in range(3)
]
COMMENTS = [{"id": f"x{number}", "text": f"تعليق {number}. نعم"} for number in range(6)]


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    return path


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    return written(tmp_path / "pool.jsonl", ARTICLES)


@pytest.fixture
def said(tmp_path: Path) -> Path:
    return written(tmp_path / "said.jsonl", COMMENTS)


def rows(path: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def test_it_has_as_many_records_as_asked_for(pool: Path, said: Path, tmp_path: Path) -> None:
    made = grow(pool, said, tmp_path / "made.jsonl", 100)
    found = rows(tmp_path / "made.jsonl")
    assert made == Grown(len(found), sum(len(row["comments"]) for row in found))
    assert made.records == 100
    assert made.comments > made.articles  # two of the other file for each, and those they have


def test_ids_differ_everywhere(pool: Path, said: Path, tmp_path: Path) -> None:
    grow(pool, said, tmp_path / "made.jsonl", 200)
    found = rows(tmp_path / "made.jsonl")
    assert len({row["id"] for row in found}) == len(found)
    for row in found:
        ids = [comment["id"] for comment in row["comments"]]
        assert len({*ids}) == len(ids)


def test_sentences_are_dealt_anew_and_none_is_lost(pool: Path, tmp_path: Path) -> None:
    grow(pool, None, tmp_path / "made.jsonl", 60)
    found = rows(tmp_path / "made.jsonl")
    pairs = zip(found[::2], found[1::2], strict=False)
    for one, other in pairs:
        said = Counter(f"{one['sections'][0]['text']} {other['sections'][0]['text']}".split())
        numbers = [row["id"].split("-")[0] for row in (one, other)]
        assert said == Counter(word for n in numbers for word in f"جملة {n}. ثانية {n}؟ ثالثة {n}!".split())
    assert len({row["sections"][0]["text"] for row in found}) > len(ARTICLES)


def test_the_same_corpus_comes_again_and_a_smaller_one_is_its_beginning(
    pool: Path, said: Path, tmp_path: Path
) -> None:
    for name, records in (("a", 90), ("b", 90), ("c", 30)):
        grow(pool, said, tmp_path / name, records)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert rows(tmp_path / "a")[: len(rows(tmp_path / "c")) - 1] == rows(tmp_path / "c")[:-1]


def test_an_article_alone_is_repeated(tmp_path: Path) -> None:
    grow(written(tmp_path / "one.jsonl", ARTICLES[:1]), None, tmp_path / "made.jsonl", 4)
    assert [row["id"] for row in rows(tmp_path / "made.jsonl")] == ["0-0", "0-1", "0-2", "0-3"]


def test_each_size_is_measured(pool: Path, tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    options = ["--sizes", "40,20", "--topics", "3", "--shared", str(tmp_path), "--json", str(figures)]
    ran = CliRunner().invoke(main, [str(pool), *options])
    assert ran.exit_code == 0, ran.output
    small, large = orjson.loads(figures.read_bytes())
    assert (small["records"], large["records"]) == (20, 40)
    assert "40 records to 20: p50 " in ran.output
    assert min(large["peak"], large["size"], large["p50_ms"], large["seconds"]) > 0


def test_a_size_that_fails_leaves_the_figures_before_it(
    pool: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def measured(*told: object) -> Size:
        if 40 in told:
            raise NotHereError("no space is left")
        return SIZES[0]

    monkeypatch.setattr(growth, "_measured", measured)
    ran = CliRunner().invoke(main, [str(pool), "--sizes", "20,40", "--shared", str(tmp_path)])
    assert ran.exit_code == 0
    assert "40 records could not be measured: no space is left" in ran.output
    assert "| 10,000 " in ran.output


def test_figures_that_cannot_be_written_are_missed_before_anything_is_measured(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["--sizes", "1", "--json", str(tmp_path / "nowhere" / "f.json")])
    assert ran.exit_code == 2
    assert "No such file" in ran.output


@pytest.mark.parametrize("sizes", ["", "x", "1,", "0,5", "-3", "1.5"])
def test_sizes_are_numbers(sizes: str) -> None:
    ran = CliRunner().invoke(main, ["--sizes", sizes])
    assert ran.exit_code == 2
    assert "is not a list of numbers such as" in ran.output


SIZES = [Size(10**n, 10**n, 10.0**n / 500, 1.0, 10**8, 10**n * 1_000, n * 1.0, n * 4.0) for n in (4, 5, 6)]


def test_the_plot_is_an_svg_and_the_same_each_time(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed: pip install '.[bench]'")
    from bench.report.plot import draw, main  # noqa: PLC0415 - needs matplotlib

    draw(SIZES, tmp_path / "one.svg")
    figures = tmp_path / "figures.json"
    figures.write_bytes(orjson.dumps([size._asdict() for size in SIZES]))
    ran = CliRunner().invoke(main, [str(figures), str(tmp_path / "two.svg")])
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    assert ET.parse(tmp_path / "one.svg").getroot().tag.endswith("svg")  # noqa: S314 - our own file


def test_without_matplotlib_a_plot_is_refused_before_anything_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "bench.report.plot", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ran = CliRunner().invoke(main, ["--sizes", "1", "--plot", str(tmp_path / "x.svg")])
    assert ran.exit_code == 1
    assert "pip install '.[bench]'" in ran.output
