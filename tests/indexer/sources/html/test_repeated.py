"""Comments that nobody calls so: found by their shape, and not taken for what only looks like them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.sources.html import page as html_page

if TYPE_CHECKING:
    from kashshaf.indexer.sources.reading import Reading

TEXT = "".join(
    f"<p>قال المهندس المشرف على المحطة إن المرحلة {part} من العمل اكتملت في موعدها بعد عامين من التعب."
    for part in ("الأولى", "الثانية", "الثالثة")
)


def page(block: str) -> str:
    return (
        f"<html><title>محطة جديدة | الساحل</title><body><h1>محطة جديدة</h1><article>{TEXT}</article>{block}"
    )


def comment(name: str, text: str, day: int) -> str:
    return f"<b>{name}</b> <i>{day}/05/2016</i><p>{text}"


ONE, TWO = comment("سالم", "خبر سعيد جدا", 24), comment("هدى", "صدقت يا أخي", 25)
SPLIT = "<tr><td><b>{}</b><td><i>{}/05/2016</i><p>{}</tr>"

ROWS = SPLIT.format("سالم", 24, "خبر سعيد جدا") + SPLIT.format("هدى", 25, "صدقت يا أخي")
BOXES = f"<div class=box>{ONE}</div><div class=box>{TWO}</div>"
LINKED = BOXES.replace("<b>", "<a href=/u>").replace("</b>", "</a>")
UNDATED = "<li><b>سالم</b><p>خبر سعيد جدا<li><b>هدى</b><p>صدقت يا أخي"
HEADLINES = "".join(
    f"<li><a href=/{day}>افتتاح محطة جديدة بعد عامين من العمل المتواصل</a> <i>{day}/05/2016</i><p>قال الوزير"
    for day in (24, 25, 26)
)

READ = [
    ("items without a class in what is called comments", f"<ul id=comments><li>{ONE}<li>{TWO}</ul>"),
    ("undated ones too", f"<div id=comments><ul>{UNDATED}</ul></div>"),
    ("nested lists", f"<div class=comments><ol><li>{ONE}<ol><li>{TWO}</li></ol></li></ol></div>"),
    ("boxes that nobody named", BOXES),
    ("boxes without a class", f"<section><div>{ONE}</div><div>{TWO}</div></section>"),
    ("neighbours told apart", f"<div class='b odd'>{ONE}</div><div class='b even'>{TWO}</div>"),
    ("numbered classes", f"<div class=row1>{ONE}</div><div class=row2>{TWO}</div>"),
    ("rows of a table", f"<table>{ROWS}</table>"),
    ("each in a box of its own", f"<div class=x><div>{ONE}</div></div><div class=x><div>{TWO}</div></div>"),
    ("names as links", LINKED),
]
NOT = [
    ("a single one", f"<div class=box>{ONE}</div>"),
    ("headlines as links", HEADLINES),
    ("a side column", f"<aside>{BOXES}</aside>"),
    ("what calls itself related", f"<div class=related-news>{BOXES}</div>"),
    ("dates alone", "<li>24/05/2016</li><li>25/05/2016</li>"),
    ("dated results", "<tr><td>24/05/2016<td>2 - 1</tr><tr><td>25/05/2016<td>0 - 0</tr>"),
    ("a calendar", "<tr><td>ح<td>ن<td>اليوم<p>ث<p>ر<p>خ</tr><tr><td>|<td>أمس<p>١٤ و ١٥ و ١٦</tr>"),
    ("forms", BOXES.replace("<p>", "<form><input></form><p>")),
    ("paragraphs in what is called comments", "<div id=comments><p>شروط النشر<p>لا يسمح بالإساءة</div>"),
]


@pytest.mark.parametrize(("rule", "block"), READ, ids=[row[0] for row in READ])
def test_what_repeats_in_one_shape_is_comments(rule: str, block: str, reading: Reading) -> None:
    found = html_page.read_page(page(block), reading, "page").article.comments
    assert [(one.author, one.text) for one in found] == [("سالم", "خبر سعيد جدا"), ("هدى", "صدقت يا أخي")], (
        rule
    )
    if "undated" not in rule:
        assert [one.date for one in found] == ["2016-05-24", "2016-05-25"]


@pytest.mark.parametrize(("rule", "block"), NOT, ids=[row[0] for row in NOT])
def test_what_only_looks_like_comments_is_none(rule: str, block: str, reading: Reading) -> None:
    assert html_page.read_page(page(block), reading, "page").article.comments == (), rule


def test_above_the_text_nothing_is_a_comment(reading: Reading) -> None:
    boxes = f"<div class=box>{ONE}</div><div class=box>{TWO}</div>"
    text = page("").replace("<article>", f"{boxes}<article>")
    assert html_page.read_page(text, reading, "page").article.comments == ()


def test_an_answer_stands_inside_what_it_answers(reading: Reading) -> None:
    found = html_page.read_page(page(READ[2][1]), reading, "page").article.comments
    assert [one.parent for one in found] == ["", found[0].id]


def test_lines_that_stand_in_most_comments_are_nobodys_words(reading: Reading) -> None:
    names, days = ("سالم", "هدى", "ليث", "مريم"), (21, 22, 23, 24)
    boxes = (
        comment(name, f"قال {name} ذلك<p>أبلغ عن تعليق", day) for name, day in zip(names, days, strict=True)
    )
    found = html_page.read_page(
        page("".join(f"<div class=box>{box}</div>" for box in boxes)), reading, "page"
    )
    assert [one.text for one in found.article.comments] == [f"قال {name} ذلك" for name in names]


def test_what_many_say_alone_is_their_own_word(reading: Reading) -> None:
    boxes = (comment(name, "شكرا لكم جميعا", 24) for name in ("سالم", "هدى", "ليث"))
    found = html_page.read_page(
        page("".join(f"<div class=box>{box}</div>" for box in boxes)), reading, "page"
    )
    assert [one.text for one in found.article.comments] == ["شكرا لكم جميعا"] * 3


HOSTILE = [
    ("nested boxes", "<div class=x><b>a</b><i>24/05/2016</i>نص طويل هنا" * 5_000),
    ("nested parts called comments", "<div class=comments><ul><li>نص" * 5_000),
    ("a date after another", "<i>24/05/2016</i> " * 20_000),
    (
        "a shape for each",
        "".join(f"<div class=c{'x' * n}><i>24/05/2016</i> نص طويل</div>" for n in range(1_000)),
    ),
    ("very many comments", f"<div class=box>{ONE}</div>" * 5_000),
    ("very many items", "<ul id=comments>" + "<li><b>سالم</b><p>خبر سعيد" * 5_000),
]


@pytest.mark.parametrize(("rule", "block"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_hostile_pages_are_bounded(rule: str, block: str, reading: Reading) -> None:
    start = time.process_time()
    html_page.read_page(page(block), reading, "page")
    assert time.process_time() - start < 5, rule
