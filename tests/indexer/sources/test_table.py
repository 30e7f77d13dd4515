"""CSV and TSV: columns by name, rows one at a time, and nothing lost without a word."""

from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.sources import table
from tests.indexer.sources.told import told, with_options

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.indexer.sources.reading import Reading

ROWS = ["id,title,body,category", '1,خبر,"نص فيه, فاصلة و""اقتباس""\nوسطر",محليات', "2,خبر ثان,نص,رياضة"]


@pytest.mark.parametrize("divider", table.DIVIDERS)
def test_what_divides_columns_is_told_from_the_header(divider: str, tmp_path: Path, reading: Reading) -> None:
    content = "\n".join(("id,title,body,category", "1,خبر,نص,محليات")).replace(",", divider)
    (article,) = told(tmp_path, "a.csv", content, reading).articles
    assert (article.id, article.title, article.section) == ("1", "خبر", "محليات")


HEADERS = [
    ("capitals", "ID,TITLE,Body,Category\n", ","),
    ("blanks and dashes", "id,title,body,section,Comments Declared,date-precision\n", ","),
    ("a line that says what divides", "sep=;\nid;title;body;category\n", ";"),
    ("the same with a mark, quotes and capitals", '\ufeff"SEP=|"\r\n\r\nid|title|body|category\r\n', "|"),
    ("a tab", "sep=\t\nid\ttitle\tbody\tcategory\n", "\t"),
    ("what the line says, whatever else is more", "sep=;\nid;title;body;category;a,b,c,d,e,f,g\n", ";"),
]


@pytest.mark.parametrize(("rule", "header", "divider"), HEADERS, ids=[row[0] for row in HEADERS])
def test_headers(rule: str, header: str, divider: str, tmp_path: Path, reading: Reading) -> None:
    row = divider.join(("7", "خبر", "نص", "محليات", "3", "day"))
    (article,) = told(tmp_path, "a.csv", header + row + "\n", reading).articles
    assert (article.id, article.title, article.section, article.sections[0].text) == (
        "7",
        "خبر",
        "محليات",
        "نص",
    ), rule


NOT_STATED = [
    ("a letter divides nothing", "sep=x\nid;title;body\n1;خبر;نص\n"),
    ("more on the line", "sep=; يوم\nid;title;body\n1;خبر;نص\n"),
    ("nothing below it", "sep=;\n"),
]


@pytest.mark.parametrize(("rule", "content"), NOT_STATED, ids=[row[0] for row in NOT_STATED])
def test_lines_that_do_not_say_what_divides(
    rule: str, content: str, tmp_path: Path, reading: Reading
) -> None:
    assert "none of its columns" in told(tmp_path, "a.csv", content, reading).reasons, rule


def test_a_name_in_capitals_gives_way_to_the_exact_one(tmp_path: Path, reading: Reading) -> None:
    (article,) = told(tmp_path, "a.csv", "Title,title,body\nأول,ثان,نص\n", reading).articles
    assert article.title == "ثان"


def test_a_column_that_was_named_keeps_its_name(tmp_path: Path, reading: Reading) -> None:
    named = with_options(reading, columns=(("lead", "Title"), ("title", "HEAD")))
    (article,) = told(tmp_path, "a.csv", "HEAD,Title,body\nأول,ثان,نص\n", named).articles
    assert (article.title, article.lead) == ("أول", "ثان")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_quotes_and_line_ends(end: str, tmp_path: Path, reading: Reading) -> None:
    found = told(tmp_path, "a.csv", end.join(ROWS) + end, reading)
    assert found.titles == ["خبر", "خبر ثان"]
    assert found.articles[0].sections[0].text == 'نص فيه, فاصلة و"اقتباس"\nوسطر'


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_encodings(coding: str, tmp_path: Path, reading: Reading) -> None:
    content = "title,body\n" + "خبر عن المدينة,نص الخبر كاملاً هنا في الصحيفة\n" * 5
    found = told(tmp_path, "a.csv", content.encode(coding), reading)
    assert set(found.titles) == {"خبر عن المدينة"}


def test_packed_and_by_its_other_name(tmp_path: Path, reading: Reading) -> None:
    assert told(tmp_path, "a.tsv.gz", gzip.compress("title\tbody\nخبر\tنص".encode()), reading).titles == [
        "خبر"
    ]


def test_columns_may_be_called_anything(tmp_path: Path, reading: Reading) -> None:
    named = with_options(reading, columns=(("title", "العنوان"), ("body", "النص")))
    (article,) = told(tmp_path, "a.csv", "الرقم;العنوان;النص\n1;خبر;كلام", named).articles
    assert (article.title, article.sections[0].text) == ("خبر", "كلام")


def test_keys_of_json_too(tmp_path: Path, reading: Reading) -> None:
    named = with_options(reading, columns=(("title", "العنوان"), ("body", "النص")))
    (article,) = told(tmp_path, "a.jsonl", '{"العنوان": "خبر", "النص": "كلام"}', named).articles
    assert (article.title, article.sections[0].text) == ("خبر", "كلام")


def test_what_json_has_instead_is_named(tmp_path: Path, reading: Reading) -> None:
    assert (
        "but: headline, content"
        in told(tmp_path, "a.jsonl", '{"headline": "أ", "content": "ب"}', reading).reasons
    )


def test_a_missing_column_is_named_with_those_there_are(tmp_path: Path, reading: Reading) -> None:
    named = with_options(reading, columns=(("title", "العنوان"),))
    found = told(tmp_path, "a.csv", "الرقم,الاسم\n1,خبر", named)
    assert found.refused == [
        ("a.csv", "it has no column 'العنوان', which is to be its title; it has: الرقم, الاسم")
    ]


REFUSED: dict[str, tuple[str | bytes, str]] = {
    "no words": ("a,b\n1,2", "none of its columns"),
    "nothing": ("", "empty"),
    "binary": (b"\x00\x01\x02\x03" * 100, "binary"),
    "an endless header": ("x" * 300_000, "none of its columns"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, tmp_path: Path, reading: Reading) -> None:
    content, reason = REFUSED[name]
    found = told(tmp_path, "a.csv", content, reading)
    assert (found.articles, reason in found.reasons) == ([], True)


ODD = {
    "too many fields": ("خبر,نص,زيادة", "more fields"),
    "a control character": ("خ\x01بر," + "نص " * 50, "control characters"),
}


@pytest.mark.parametrize("name", ODD)
def test_mended(name: str, tmp_path: Path, reading: Reading) -> None:
    row, what = ODD[name]
    found = told(tmp_path, "a.csv", f"title,body\n{row}\nآخر,نص\n", reading)
    assert found.titles == ["خبر", "آخر"]
    assert what in "\n".join(found.mended)


def test_a_row_without_words_is_refused_by_its_line(tmp_path: Path, reading: Reading) -> None:
    found = told(tmp_path, "a.csv", "id,title\n1,خبر\n\n,,\n2,\n3,خبر\n", reading)
    assert found.titles == ["خبر", "خبر"]
    assert [place for place, _ in found.refused] == ["a.csv:5"]


@pytest.mark.parametrize("line", ["x" * 5_000, '"' + "x" * 5_000, "x," * 2_500])
def test_a_line_that_is_too_long_is_refused_and_the_rest_read(
    line: str, tmp_path: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "LONGEST_FIELD", 1_000)
    found = told(tmp_path, "a.csv", f"title,body\nأول,نص\n{line}\nثان,نص\n", reading)
    assert found.titles == ["أول", "ثان"]
    assert [place for place, _ in found.refused] == ["a.csv:3"]


def test_a_quote_that_never_ends_costs_what_a_field_may_hold(
    tmp_path: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "LONGEST_FIELD", 10_000)
    rows = "".join(f"خبر {number},نص\n" for number in range(5_000))
    found = told(tmp_path, "a.csv", f'title,body\nأول,نص\n"مفتوح,نص\n{rows}', reading)
    assert found.titles[0] == "أول"
    assert found.titles[-1] == "خبر 4999"
    assert "field larger than" in found.reasons


def test_a_long_file_of_one_line_takes_no_memory(tmp_path: Path, reading: Reading) -> None:
    path = tmp_path / "a.csv.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(b"title,body\n")
        for _ in range(100):
            file.write(b"x" * 1_000_000)
    started = time.process_time()
    found = told(tmp_path, "a.csv.gz", path.read_bytes(), reading)
    assert "longer than" in found.reasons
    assert time.process_time() - started < 10


def test_a_quotation_mark_that_is_never_closed_is_named(tmp_path: Path, reading: Reading) -> None:
    found = told(tmp_path, "a.csv", 'id,title,body\n0,خبر,نص\n1,"لم تغلق,x\n2,ثان,y\n3,ثالث,z', reading)
    assert found.titles == ["خبر"]
    assert "line 3" in found.reasons
    assert "never closed" in found.reasons


def test_a_table_without_rows_is_refused(tmp_path: Path, reading: Reading) -> None:
    assert "no rows" in told(tmp_path, "a.csv", "id,title,body\n", reading).reasons
