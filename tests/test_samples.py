"""The sample corpus holds what it promises: docs/samples.md says what that is.

It is read here as bytes, JSON and patterns, without our own readers: these tests say what the readers will
find, not how they find it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

import orjson
import pytest

from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
COMMENT_MARKER = 'class="reader-comment"'
"""Stands once for each comment in every sample page."""

NOT_NFC = "sindyan-2018-0130"
"""The poem keeps the order in which it was typed: a shadda before its vowel, which is not NFC."""

UNDECLARED = "asil-school-radio.html"
DECLARED = "asil-bridge.html"
WITH_BOM = "qandil-tailor-app.html"

Row = dict[str, Any]

LINES = [
    (file.name, line)
    for file in sorted(SAMPLES.glob("articles/*.jsonl"))
    for line in file.read_bytes().splitlines()
]
ROWS: list[Row] = [orjson.loads(line) for _, line in LINES]
EXPORTS = {file.name: file.read_text(encoding="utf-8") for file in sorted(SAMPLES.glob("exports/*"))}
PAGES = {file.name: file.read_bytes() for file in sorted(SAMPLES.glob("html/*.html"))}


def page_text(name: str) -> str:
    return PAGES[name].decode("cp1256" if name in {DECLARED, UNDECLARED} else "utf-8-sig")


def comments(row: Row) -> list[Row]:
    found: list[Row] = row["comments"]
    return found


def body(row: Row) -> str:
    parts = [f"{part['heading']}\n{part['text']}" for part in row.get("sections", [])]
    return "\n".join([*parts, row.get("body", ""), row.get("text", "")])


def heads(row: Row) -> str:
    return "\n".join(row.get(key, "") for key in ("kicker", "title", "lead", "abstract"))


ARTICLE_TEXT = "\n".join(f"{heads(row)}\n{body(row)}" for row in ROWS)
COMMENT_TEXT = "\n".join(comment["text"] for row in ROWS for comment in comments(row))
TITLES = "\n".join(row.get("title", "") for row in ROWS)

LETTER = "[\u0621-\u064a]"
MARK = "[\u064b-\u0652]"

IN_TITLES = {
    "a shadda": "\u0651",
    "tatweel": f"{LETTER}\u0640{{2,}}{LETTER}",
    "a right-to-left mark": "\u200f",
}
IN_ARTICLES = {
    "vocalised prose": rf"(?:{LETTER}{MARK}{{1,2}}){{4,}}",
    "a dagger alef": "\u0670",
    "a ligature": "[\ufdf2\ufefb]",
    "a run of presentation forms": "[\ufe80-\ufefc]{3,}",
    "a zero-width non-joiner": "\u200c",
    "a zero-width space": "\u200b",
    "a left-to-right mark": "\u200e",
    "an embedding": "\u202b[A-Z]+\u202c",
    "Persian kaf": "\u06a9",
    "Persian yeh": "\u06cc",
    "gaf": "\u06af",
    "hofengard with ghain": "هوفنغارد",
    "hofengard with jeem": "هوفنجارد",
    "hofengard with yeh": "هوفينغارد",
    "America with yeh": "أميركا",
    "America with reh, yeh": "أمريكا",
    "Google with ghain": "غوغل",
    "Google with jeem": "جوجل",
    "militias with yeh": "ميليشيات",
    "affairs on waw": "شؤون",
    "affairs on yeh": "شئون",
    "official on waw": "مسؤول",
    "official on yeh": "مسئول",
    "liberalism": "ليبرالية",
    "a final yeh written as alef maksura": r"\bفى\b",
    "a missing space": "بالتعبيرعن",
    "UNESCO": "UNESCO",
    "COVID-19": "COVID-19",
    "iPhone": "iPhone",
    "Latin digits with a separator": r"\d,\d{3}",
    "Latin digits with dots": r"\d\.\d{3}\b",
    "Arabic digits": "[\u0660-\u0669]{2,}",
    "Arabic digits with a separator": "[\u0660-\u0669][\u066b\u066c][\u0660-\u0669]",
    "a percentage": r"\d%",
    "an Arabic percentage": "[\u0660-\u0669]\u066a",
    "guillemets": "«[^»]+»",
    "straight quotes": '"[^"\n]+"',
    "a Levantine month": "كانون الثاني|كانون الأول|حزيران",
    "a Tunisian month": "جانفي|أفريل|جويلية|أوت",
    "a Moroccan month": "غشت|يوليوز|دجنبر",
}
IN_COMMENTS = {
    "America without hamza": "امريكا",
    "militias without yeh": "المليشيات",
    "liberalism misspelt": r"\bاليبرالية",
    "hofengard": "هوفنجارد",
    "a missing hamza": r"\bانا\b",
    "Egyptian": "عايزة|بتاع",
    "Levantine": r"\bشو\b|عنا|هلق",
    "Gulf": "وايد|الحين",
    "Maghrebi": "بزاف|برشا|واش",
    "Iraqi": "آني|شلون|هسه|گلب",
    "Yemeni": "ذلحين|صوتش",
    "Arabizi": r"\b(?:[a-z]*[357][a-z]+|[a-z]+[3579][a-z]*)\b",
    "an elongation": rf"({LETTER})\1\1",
    "an emoji": "[\U0001f300-\U0001faff]",
    "Iraqi tcheh": "\u0686",
}


def test_there_are_enough_articles_and_comments() -> None:
    in_pages = sum(page_text(name).count(COMMENT_MARKER) for name in PAGES)
    assert len(ROWS) + len(PAGES) >= 60
    assert sum(len(comments(row)) for row in ROWS) + in_pages >= 150


@pytest.mark.parametrize("name", IN_TITLES)
def test_the_titles_have(name: str) -> None:
    assert re.search(IN_TITLES[name], TITLES)


@pytest.mark.parametrize("name", IN_ARTICLES)
def test_the_articles_have(name: str) -> None:
    assert re.search(IN_ARTICLES[name], ARTICLE_TEXT)


@pytest.mark.parametrize("name", IN_COMMENTS)
def test_the_comments_have(name: str) -> None:
    assert re.search(IN_COMMENTS[name], COMMENT_TEXT)


def test_every_article_is_of_a_newspapers_length_and_no_two_are_alike() -> None:
    lengths = [len(f"{heads(row)} {body(row)}".split()) for row in ROWS]
    assert min(lengths) >= 120
    assert max(lengths) <= 450
    assert len({body(row) for row in ROWS}) == len(ROWS)


def test_text_is_nfc_except_the_poem() -> None:
    others = {
        orjson.loads(line).get("id")
        for _, line in LINES
        if not unicodedata.is_normalized("NFC", line.decode())
    }
    assert others == {NOT_NFC}
    assert all(unicodedata.is_normalized("NFC", page_text(name)) for name in PAGES)


def test_ids_and_addresses_are_unique() -> None:
    for key in ("id", "url"):
        given = [row[key] for row in ROWS if key in row]
        assert len(given) == len(set(given))
    for row in ROWS:
        inner = [comment["id"] for comment in comments(row) if "id" in comment]
        assert len(inner) == len(set(inner))


def test_some_articles_have_an_id_some_only_an_address_and_some_neither() -> None:
    kinds = Counter(("id" in row, "url" in row) for row in ROWS)
    assert kinds[True, True] >= 10
    assert kinds[False, True] >= 10
    assert kinds[False, False] >= 3


def test_both_shapes_of_a_body_and_the_aliases_occur() -> None:
    keys = Counter(key for row in ROWS for key in row)
    assert min(keys["sections"], keys["body"], keys["text"]) >= 10
    assert keys["category"] == keys["time"] == keys["text"]
    assert keys["abstract"] >= 10
    assert any("rating" in comment for row in ROWS for comment in comments(row))


def test_the_three_forms_of_a_date_occur_over_the_years() -> None:
    dates = [str(row.get("date", row.get("time"))) for row in ROWS]
    for form in (
        r"\d{4}-\d\d-\d\dT[\d:]+[+]\d\d:\d\d",
        r"\w{3}, \d\d \w{3} \d{4} [\d:]+ [+]\d{4}",
        r"\d\d/\d\d/\d{4}",
    ):
        assert sum(re.fullmatch(form, date) is not None for date in dates) >= 5
    years = {int(found[0]) for date in dates if (found := re.search(r"\d{4}", date))}
    assert years == set(range(2009, 2027))
    assert {row["date_precision"] for row in ROWS if "date_precision" in row} == {"day", "month"}


def test_sections_are_many() -> None:
    names = {row.get("section", row.get("category")) for row in ROWS}
    assert {"سياسة", "اقتصاد", "رياضة", "ثقافة", "علوم", "صحة", "محليات", "رأي"} <= names


def test_replies_name_a_comment_that_is_there_with_one_orphan() -> None:
    orphans = 0
    replies = 0
    for row in ROWS:
        ids = {comment.get("id") for comment in comments(row)}
        parents = [comment["parent"] for comment in comments(row) if "parent" in comment]
        replies += len(parents)
        orphans += sum(parent not in ids for parent in parents)
    assert orphans == 1
    assert replies >= 10


def test_a_comment_is_there_twice_by_one_author() -> None:
    copies = [Counter((comment["author"], comment["text"]) for comment in comments(row)) for row in ROWS]
    assert sum(max(count.values(), default=0) == 2 for count in copies) == 2


def test_odd_articles_and_comments_are_there() -> None:
    assert sum("title" not in row for row in ROWS) == 1
    assert max(len(row.get("title", "")) for row in ROWS) >= 180
    assert sum(not comments(row) for row in ROWS) >= 2
    assert max(len(comments(row)) for row in ROWS) >= 25
    assert any(row.get("comments_declared", 0) > len(comments(row)) for row in ROWS)
    assert sum("tags" in row for row in ROWS) >= 5
    assert any("date" not in comment and "time" not in comment for row in ROWS for comment in comments(row))


def test_two_pages_are_windows_1256_and_one_of_them_declares_it() -> None:
    declares = {name for name, page in PAGES.items() if b"charset=windows-1256" in page}
    assert declares == {DECLARED}
    for name in (DECLARED, UNDECLARED):
        with pytest.raises(UnicodeDecodeError):
            PAGES[name].decode()
    assert b"charset" not in PAGES[UNDECLARED]


def test_one_page_begins_with_a_byte_order_mark() -> None:
    assert {name for name, page in PAGES.items() if page.startswith(b"\xef\xbb\xbf")} == {WITH_BOM}


def test_every_page_is_a_whole_document_with_an_address() -> None:
    assert len(PAGES) >= 8
    for name in PAGES:
        text = page_text(name)
        assert all(part in text for part in ("<title>", "<h1>", "<h2>", 'rel="canonical"', "</html>"))


def test_a_script_in_a_comment_is_text() -> None:
    text = page_text("qandil-sound-museum.html")
    assert "&lt;script&gt;alert(" in text
    assert "<script>alert(" not in text


def test_a_page_with_relative_ages_says_when_it_was_saved() -> None:
    text = page_text("shatt-night-clinic.html")
    assert "منذ يومين" in text
    assert "saved date: Fri Jan 20 2023" in text


IN_EXPORTS = {
    "a post that is published": ("rayhan-wordpress.xml", r"<wp:status><!\[CDATA\[publish"),
    "a draft": ("rayhan-wordpress.xml", r"<wp:status><!\[CDATA\[draft"),
    "a page": ("rayhan-wordpress.xml", r"<wp:post_type><!\[CDATA\[page"),
    "an answer": ("rayhan-wordpress.xml", r"<wp:comment_parent>11<"),
    "spam": ("rayhan-wordpress.xml", r"<wp:comment_approved><!\[CDATA\[spam"),
    "a pingback": ("rayhan-wordpress.xml", r"<wp:comment_type><!\[CDATA\[pingback"),
    "shortcodes": ("rayhan-wordpress.xml", r"\[gallery ids=.*\]"),
    "a whole text in a feed": ("mishkat.rss", "<content:encoded>"),
    "an item with a description alone": ("mishkat.rss", r"<description>&lt;p&gt;"),
    "a number of comments": ("mishkat.rss", "<slash:comments>5<"),
    "a field of two paragraphs": ("nawras.csv", r'"[^"]+\n\n'),
    "quotes in a field": ("nawras.csv", '""'),
}


@pytest.mark.parametrize("what", IN_EXPORTS)
def test_the_exports_have(what: str) -> None:
    name, pattern = IN_EXPORTS[what]
    assert re.search(pattern, EXPORTS[name])


def test_the_document_names_every_file() -> None:
    document = (ROOT / "docs" / "samples.md").read_text(encoding="utf-8")
    for name in {*PAGES, *EXPORTS, *(name for name, _ in LINES)}:
        assert f"`{name}`" in document
