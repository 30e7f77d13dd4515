"""JSON exports: aliases, wrong types, damaged lines, whole files and lists."""

from __future__ import annotations

from datetime import UTC
from io import BufferedReader, BytesIO
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.index.documents import Section
from kashshaf.indexer.sources import jsonl
from kashshaf.indexer.sources.outcome import Found, Outcome, Refused
from kashshaf.indexer.sources.reader import read_file
from kashshaf.indexer.sources.reading import ReaderOptions, Reading
from tests.conftest import SHARED
from tests.indexer.conftest import NOON

if TYPE_CHECKING:
    from kashshaf.index.documents import Article

DATA = SHARED / "data"


def outcomes(raw: bytes, reading: Reading) -> list[Outcome]:
    return list(jsonl.read(BufferedReader(BytesIO(raw)), reading, "f"))


def article(data: object, reading: Reading) -> tuple[Article, tuple[str, ...]]:
    (found,) = outcomes(orjson.dumps(data), reading)
    assert isinstance(found, Found), found
    return found.article, found.mended


def test_aliases(reading: Reading) -> None:
    given_ = {"text": "نص", "category": "محليات", "abstract": "موجز", "time": "24/05/2016"}
    made, mended = article(given_ | {"comments": [{"text": "نعم", "rating": "3"}]}, reading)
    assert made.sections == (Section("", "نص"),)
    assert (made.section, made.lead, made.date, made.comments[0].likes) == ("محليات", "موجز", "2016-05-24", 3)
    assert mended == ()


def test_markup_and_entities_in_every_field(reading: Reading) -> None:
    given_ = {
        "id": "a&amp;b",
        "url": "https://a.example/?a=1&amp;b=2",
        "title": "<b>خبر</b> &quot;عاجل&quot;",
        "lead": "<p>موجز&nbsp;أول</p>",
        "body": "<p>أمطرت.</p><h3>في الشمال</h3><p>فاض&nbsp;النهر.</p><script>x()</script>",
        "author": "هدى &amp; سالم",
        "tags": "ماء &amp; بحر; سماء",
        "comments": [{"text": "نعم<br>والله", "author": "<i>ليث</i>"}],
    }
    made, mended = article(given_, reading)
    assert (made.id, made.url) == (given_["id"], given_["url"])
    assert (made.title, made.lead, made.author) == ('خبر "عاجل"', "موجز أول", "هدى & سالم")
    assert made.sections == (Section("", "أمطرت."), Section("في الشمال", "فاض النهر."))
    assert made.tags == ("ماء & بحر", "سماء")
    assert (made.comments[0].text, made.comments[0].author) == ("نعم\n\nوالله", "ليث")
    assert mended == ()


def test_markup_in_sections_and_lists(reading: Reading) -> None:
    given_ = {
        "sections": [{"heading": "الأول &amp; الثاني", "text": "<p>أ</p><h2>ب</h2><p>ج</p>"}, "<p>د</p>"]
    }
    made, _ = article(given_, reading)
    assert made.sections == (Section("الأول & الثاني", "أ"), Section("ب", "ج"), Section("", "د"))
    assert article({"body": ["<p>أ</p>", "ب &lt; ج"]}, reading)[0].sections == (Section("", "أ\n\nب < ج"),)


def test_dates_as_numbers(reading: Reading) -> None:
    for given_, iso in ((1551956400, "T11:00:00+00:00"), (1551956400000, "T11:00:00+00:00"), (20190307, "")):
        assert article({"title": "خبر", "date": given_}, reading)[0].date == f"2019-03-07{iso}"


def test_presentation_forms_in_visual_order_are_read_back(reading: Reading) -> None:
    made, mended = article({"title": "ﺔﺒﺘﻜﻣ ﺓﺪﻳﺪﺟ"}, reading)
    assert (made.title, mended) == ("جديدة مكتبة", ("presentation forms in visual order were read back",))


@pytest.mark.parametrize(
    ("rule", "given_", "field", "expected", "said"),
    [
        ("a number is an id", {"id": 7}, "id", "7", False),
        ("null is nothing", {"lead": None, "comments": None, "tags": None}, "lead", "", False),
        ("tags in one text", {"tags": "ماء، زراعة"}, "tags", ("ماء", "زراعة"), False),
        ("a count as text", {"comments_declared": "1,200"}, "comments_declared", 1200, False),
        ("no count", {"comments_declared": "كثير"}, "comments_declared", None, True),
        ("less than none", {"comments_declared": -1}, "comments_declared", None, True),
        ("a body that shows nothing", {"body": "\u200f\u200b \u3164"}, "sections", (), False),
        ("a list of authors", {"author": ["أ", "ب"]}, "author", "أ، ب", False),
        ("an object with a name", {"author": {"name": "سالم"}}, "author", "سالم", False),
        ("no text", {"author": True}, "author", "", True),
        ("comments that are none", {"comments": 3}, "comments", (), True),
        ("a date that cannot be", {"date": "31/02/2016"}, "date", None, True),
        ("unknown keys", {"page": {"x": 1}}, "lead", "", False),
    ],
)
def test_types_are_mended(
    rule: str, given_: dict[str, object], field: str, expected: object, said: bool, reading: Reading
) -> None:
    made, mended = article({"title": "عنوان"} | given_, reading)
    assert getattr(made, field) == expected, rule
    assert bool(mended) is said


def test_a_precision_that_is_stated_beside_the_date_stands(reading: Reading) -> None:
    data = {"title": "ع", "date": "2016-05-01", "date_precision": "month", "date_source": "comment"}
    made, _ = article(data, reading)
    assert (made.date, made.date_precision, made.date_source) == ("2016-05-01", "month", "comment")


def test_bad_lines_are_refused_by_number_and_the_rest_goes_on(reading: Reading) -> None:
    raw = '{"title": "أ"}\n{"title": \n\n[1]\n{}\n"x"\n{"title": "ب"}'.encode()
    found = outcomes(raw, reading)
    assert [one.place for one in found] == ["f:1", "f:2", "f:4", "f:5", "f:6", "f:7"]
    assert [isinstance(one, Refused) for one in found] == [False, True, True, True, True, False]


def test_votes_may_be_less_than_none(reading: Reading) -> None:
    made, mended = article({"title": "a", "comments": [{"text": "x", "likes": -3}]}, reading)
    assert (made.comments[0].likes, mended) == (-3, ())


@pytest.mark.parametrize("text", ["\u200f", "\u200e\u200d\ufeff", "\u2800", "\u0651"])
def test_what_shows_nothing_is_no_article(text: str, reading: Reading) -> None:
    (refused,) = outcomes(orjson.dumps({"title": text, "body": text}), reading)
    assert isinstance(refused, Refused)
    assert "neither a title nor a body" in refused.reason


def test_a_binary_file_is_refused_once_and_its_articles_are_kept(reading: Reading) -> None:
    binary = bytes(range(256)) * 50
    (refused,) = outcomes(binary, reading)
    assert isinstance(refused, Refused)
    assert (refused.place, "binary" in refused.reason) == ("f", True)
    found = outcomes(binary + b'\n{"title": "a"}\n' + binary, reading)
    assert [isinstance(one, Found) for one in found] == [False, True]


def test_a_line_without_end_is_refused_by_number(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 50)
    found = outcomes(b'{"title": "a"}\n' + b"x" * 1000 + b'\n{"title": "b"}\n', reading)
    assert [(one.place, isinstance(one, Refused)) for one in found] == [
        ("f:1", False),
        ("f:2", True),
        ("f:3", False),
    ]


@pytest.mark.parametrize("indent", [0, orjson.OPT_INDENT_2])
def test_one_object_and_a_list_are_read_whole(indent: int, reading: Reading) -> None:
    one: dict[str, object] = {"title": "عنوان", "body": "نص"}
    assert len(outcomes(orjson.dumps(one, option=indent), reading)) == 1
    assert [f.place for f in outcomes(orjson.dumps([one, one], option=indent), reading)] == ["f[1]", "f[2]"]


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (b'\xef\xbb\xbf{"title": "a"}', "a"),
        ('{"title": "عنوان الخبر الأول في الصحيفة"}'.encode("cp1256"), "عنوان الخبر الأول في الصحيفة"),
        (rb'{"title": "a\ud800b\u0000c"}', "abc"),
    ],
    ids=["byte order mark", "windows-1256", "lone surrogate and NUL"],
)
def test_odd_bytes(raw: bytes, title: str, reading: Reading) -> None:
    (found,) = outcomes(raw, reading)
    assert isinstance(found, Found)
    assert found.article.title == title


HOSTILE = [
    (
        "lone surrogates",
        rb'{"title":"a\ud800","id":"\udfff","tags":["\ud83d"],"comments":[{"text":"x\ud800"}]}',
    ),
    ("a key twice", b'{"title":"t","title":"a"}'),
    ("no numbers", b'{"title":"a","comments_declared":NaN,"comments":[{"text":"x","likes":Infinity}]}'),
    (
        "large numbers",
        b'{"title":"a","comments":[{"text":"x","likes":"-99999999999999999999","copies":"1e9"}]}',
    ),
    ("a long number", b'{"title":"a","comments_declared":"' + b"9" * 5000 + b'"}'),
    ("a deep author", b'{"title":"a","author":' + b"[" * 900 + b'"x"' + b"]" * 900 + b"}"),
]


@pytest.mark.parametrize(("rule", "raw"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_what_is_hostile_becomes_plain_json(rule: str, raw: bytes, reading: Reading) -> None:
    (found,) = outcomes(raw, reading)
    assert isinstance(found, Found), rule
    made = orjson.loads(orjson.dumps(found.article.to_dict()))
    assert made["title"] == "a"


@pytest.mark.parametrize(
    "raw", [b"[" * 100_000, b'{"title":' * 100_000, b'{"title":' + b"9" * 5000 + b"}"], ids=len
)
def test_depth_and_length_are_refused(raw: bytes, reading: Reading) -> None:
    (refused,) = outcomes(raw, reading)
    assert isinstance(refused, Refused)
    assert "not JSON" in refused.reason


def test_what_is_said_of_one_document_is_bounded(reading: Reading) -> None:
    _, mended = article(
        {"title": "a", "comments": [{"date": f"no {n}", "text": "x"} for n in range(999)]}, reading
    )
    assert len(mended) == 21
    assert "979 more" in mended[-1]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = [
    "id",
    "title",
    "body",
    "text",
    "sections",
    "comments",
    "tags",
    "date",
    "author",
    "rating",
    "parent",
    "likes",
]


@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6) | JSON)
def test_any_json_gives_articles_or_refusals(data: object) -> None:
    found = outcomes(orjson.dumps(data), Reading(ReaderOptions(NOON, UTC), NOON))
    assert found
    for one in found:
        assert isinstance(one, Found | Refused)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_at_worst(raw: bytes) -> None:
    found = outcomes(raw, Reading(ReaderOptions(NOON, UTC), NOON))
    assert all(isinstance(one, Found | Refused) for one in found)


@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not beside this checkout")
def test_a_real_export_reads_fully(reading: Reading) -> None:
    found = list(read_file(DATA / "articles_with_comments" / "alriyadh.jsonl.gz", reading, "export"))
    articles = [one for one in found if isinstance(one, Found)]
    assert len(articles) == len(found) == 1633
    assert not any(one.mended for one in articles)
    assert all(comment.date for one in articles for comment in one.article.comments)
