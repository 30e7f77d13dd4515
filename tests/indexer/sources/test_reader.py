"""Files found and told apart; what fails is refused and the rest goes on."""

from __future__ import annotations

import gzip
import hashlib
import io
from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.sources.discover import STANDARD_INPUT
from kashshaf.indexer.sources.outcome import MOST_REFUSED, Found, Refused
from kashshaf.indexer.sources.page_text import page as text_page
from kashshaf.indexer.sources.reader import read_file
from tests.conftest import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.indexer.sources.outcome import Outcome
    from kashshaf.indexer.sources.reading import Reading

PAGE = "عنوان الخبر الأول\n\nعنوان الخبر الأول\nهذا نص الخبر وفيه جملة كاملة.\n".encode()
JSON = b'{"title": "a"}\n{"title": "b"}\n'
HTML = "<html><title>عنوان</title><h1>عنوان</h1><article><p>" + "جملة كاملة من النص. " * 20 + "</p></article>"


def kinds(found: list[Outcome]) -> list[str]:
    return [type(one).__name__ for one in found]


@pytest.mark.parametrize(
    ("name", "raw", "count"),
    [
        ("a.txt", PAGE, 1),
        ("a.txt.gz", gzip.compress(PAGE), 1),
        ("a.jsonl", JSON, 2),
        ("a.ndjson.gz", gzip.compress(JSON), 2),
        ("a.json", b'[{"title": "a"}]', 1),
        ("a.html", HTML.encode(), 1),
        ("a.htm.gz", gzip.compress(HTML.encode("cp1256")), 1),
        ("page", HTML.encode(), 1),
        ("export.dump", JSON, 2),
        ("page.dat", PAGE, 1),
    ],
)
def test_the_format_is_told_from_suffix_and_content(
    name: str, raw: bytes, count: int, tmp_path: Path, reading: Reading
) -> None:
    (tmp_path / name).write_bytes(raw)
    found = list(read_file(tmp_path / name, reading, name))
    assert kinds(found) == ["Found"] * count
    assert all(isinstance(one, Found) and one.article.id for one in found)


def test_standard_input(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(JSON))))
    assert kinds(list(read_file(STANDARD_INPUT, reading, "-"))) == ["Found", "Found"]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("cut.jsonl.gz", gzip.compress(JSON * 500)[:-20]),
        ("broken.gz", b"\x1f\x8bxxxx"),
        ("empty.html", b""),
        ("empty.jsonl", b"\n\n"),
        ("image.png", b"\x89PNG\0\0\0\0"),
        ("twice.txt.gz", gzip.compress(gzip.compress(PAGE))),
        ("menu.html", b"<html><body><a href=x>x</a></body></html>"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    name: str, raw: bytes, tmp_path: Path, reading: Reading
) -> None:
    (tmp_path / name).write_bytes(raw)
    last = list(read_file(tmp_path / name, reading, name))[-1]
    assert isinstance(last, Refused)
    assert last.place.startswith(name)
    assert last.reason


def test_of_many_refusals_the_rest_is_counted(tmp_path: Path, reading: Reading) -> None:
    (tmp_path / "a.jsonl").write_bytes(JSON + b"no\n" * 50 + b'{"title": "c"}\n')
    found = list(read_file(tmp_path / "a.jsonl", reading, "a.jsonl"))
    assert kinds(found) == ["Found"] * 2 + ["Refused"] * MOST_REFUSED + ["Found", "Refused"]
    assert isinstance(found[-1], Refused)
    assert (found[-1].place, found[-1].documents) == ("a.jsonl", 50 - MOST_REFUSED)
    assert "30 more" in found[-1].reason


def test_a_cut_file_is_named_after_many_refusals(tmp_path: Path, reading: Reading) -> None:
    packed = gzip.compress(JSON + hashlib.shake_128(b"1").digest(2_000_000).hex("\n", 8).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    found = [one for one in read_file(tmp_path / "a.jsonl.gz", reading, "a") if isinstance(one, Refused)]
    assert len(found) == MOST_REFUSED + 2
    assert "cannot be read" in found[-2].reason


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, reading: Reading) -> None:
    assert kinds(list(read_file(tmp_path / "no", reading, "no"))) == ["Refused"]


def test_a_fault_in_a_reader_is_a_refusal(
    tmp_path: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("nought")

    monkeypatch.setattr(text_page, "read", fail)
    (tmp_path / "a.txt").write_bytes(PAGE)
    (outcome,) = read_file(tmp_path / "a.txt", reading, "a.txt")
    assert isinstance(outcome, Refused)
    assert "nought" in outcome.reason


SAMPLE_EXPORTS = {
    "rayhan-wordpress.xml": (["سوق الورّاقين يستعيد مصابيحه & زواره"], 2),
    "mishkat.rss": (["الفنار القديم يعود إلى العمل بالطاقة الشمسية", "طلاب القرية يرسمون خريطة آبارها"], 0),
    "nawras.csv": (
        ["صيادو الخليج يختبرون شباكاً تتحلل في البحر", "ملعب الحي يفتح أبوابه للبنات مساء الخميس"],
        0,
    ),
}


@pytest.mark.parametrize("name", SAMPLE_EXPORTS)
def test_the_sample_exports(name: str, reading: Reading) -> None:
    titles, comments = SAMPLE_EXPORTS[name]
    outcomes = list(read_file(SAMPLES / "exports" / name, reading, name))
    found = [outcome.article for outcome in outcomes if isinstance(outcome, Found)]
    assert not [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert [article.title for article in found] == titles
    assert sum(len(article.comments) for article in found) == comments
    assert all(article.date and article.section and article.sections for article in found)
