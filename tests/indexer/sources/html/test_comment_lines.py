"""Comments in lines: tables, terms, line breaks; what they fill is none of the article's text."""

from __future__ import annotations

import time
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.ingest.articles import outcomes
from kashshaf.indexer.ingest.files import files
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.profiles.library import ProfileLibrary
from kashshaf.indexer.sources.html import page as html_page
from kashshaf.indexer.sources.outcome import Found
from tests.indexer.conftest import NOON

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.documents import Article
    from kashshaf.indexer.sources.reading import Reading

TEXT = "".join(
    f"<p>قال المهندس المشرف على المحطة إن المرحلة {part} من العمل اكتملت في موعدها بعد عامين من التعب."
    for part in ("الأولى", "الثانية", "الثالثة")
)
HEADER = "<h3>تعليقات القراء (3)</h3>"
FOOTER = "<div>جميع الحقوق محفوظة لصحيفة الساحل منذ عام 2001، ولا يجوز نشر المواد إلا بإذن.</div>"
SAID = [
    ("أم جابر", "24 مايو 2016 - 11:05 م", "2016-05-24T23:05:00+00:00", "خبر سعيد ننتظره منذ سنوات"),
    ("ليث", "25/05/2016", "2016-05-25", "متى تفتح الثانية؟ قرأت أمس أنها تأخرت"),
    ("هدى الساحلي", "منذ 3 أيام", "2024-03-21", "بارك الله فيكم"),
]


def page(block: str, *, inside: bool = False) -> str:
    inner, after = (block, "") if inside else ("", block)
    return (
        "<html><title>محطة جديدة | الساحل</title><body><div class=news><h1>محطة جديدة</h1><div>1/5/2016</div>"
        f"{TEXT}{inner}</div>{after}{FOOTER}"
    )


def article(text: str, reading: Reading) -> Article:
    return html_page.read_page(text, reading, "page").article


def comments(form: str, around: str = "{}") -> str:
    return HEADER + around.format("".join(form.format(n=n, d=d, t=t) for n, d, _, t in SAID))


SHAPES = {
    "a table each": comments("<table><tr><td><b>{n}</b> - {d}</td></tr><tr><td>{t}</td></tr></table>"),
    "a table each, three rows": comments("<table><tr><td>{n}<tr><td>{d}<tr><td>{t}</table>"),
    "rows of one table": comments("<tr><td>{n}<td>{d}</tr><tr><td colspan=2>{t}</tr>", "<table>{}</table>"),
    "a cell each": comments("<tr><td><b>{n}</b> {d}<br>{t}</tr>", "<table>{}</table>"),
    "terms": comments("<dt>{n} - {d}</dt><dd>{t}</dd>", "<dl>{}</dl>"),
    "terms, the date below": comments("<dl><dt>{n}</dt><dd>{d}</dd><dd>{t}</dd></dl>"),
    "line breaks": comments("<b>{n}</b> ({d})<br>{t}<br><br>"),
    "line breaks, nothing marked": comments("{n} ({d})<br>{t}<br><br>"),
    "a line each": comments("{n}<br>{d}<br>{t}<br><br>"),
    "the date first": comments("{d} - {n}:<br>{t}<hr>"),
    "numbers and verbs": comments("1- {n} كتب في {d}<br>{t}<br>"),
    "paragraphs": comments("<p><b>{n}</b> {d}</p><p>{t}</p>"),
    "a paragraph each": comments("<p><b>{n}</b> {d}<br>{t}</p>"),
    "a box each": comments("<div class=k><i>{n}</i><i>{d}</i><div>{t}</div></div>"),
    "boxes without a class": comments("<div><p><b>{n}</b> - {d}</p><p>{t}</p></div>"),
    "quotations": comments("<h4>{n} - {d}</h4><blockquote>{t}</blockquote>"),
    "no space between": comments("<span>{n}</span><span>{d}</span><div>{t}</div>"),
    "signatures": comments("<p>{t}</p><p>{n} - {d}</p>"),
    "buttons": comments("<p>{n} - {d}</p><p>{t}</p><p><a href=#>رد</a> <a href=#>أبلغ</a></p>"),
}


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("shape", SHAPES)
def test_comments_are_found_and_stand_in_no_text(shape: str, inside: bool, reading: Reading) -> None:
    found = article(page(SHAPES[shape], inside=inside), reading)
    assert [(one.author, one.date, one.text) for one in found.comments] == [(n, d, t) for n, _, d, t in SAID]
    assert found.comments_declared == 3
    (section,) = found.sections
    assert section.heading == ""
    assert [line.split()[0] for line in section.text.split("\n\n")] == ["قال"] * 3


HEADERS = {
    "<h4>٣ تعليقات</h4>": 3,
    "<p><b>آراء القراء (3)</b></p>": 3,
    "<table><tr><td>ردود [3]</td></tr></table>": 3,
    "<h3>التعليقات على الخبر</h3>": None,
}


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("shape", ["a table each", "line breaks", "terms", "a box each"])
def test_headers_of_comments(header: str, shape: str, reading: Reading) -> None:
    found = article(page(SHAPES[shape].replace(HEADER, header)), reading)
    assert [one.author for one in found.comments] == [row[0] for row in SAID]
    assert found.comments_declared == HEADERS[header]
    assert [section.heading for section in found.sections] == [""]


def test_a_single_one_that_the_header_counts(reading: Reading) -> None:
    found = article(page("<h3>التعليقات (1)</h3><b>ليث</b> - 25/05/2016<br>خبر سعيد"), reading)
    assert [(one.author, one.text) for one in found.comments] == [("ليث", "خبر سعيد")]


NONE = {
    "no header": comments("<p>{n} - {d}</p><p>{t}</p>").removeprefix(HEADER),
    "a header that counts none": "<h3>التعليقات (0)</h3><p>عدد مايو - 24/05/2016</p><p>صدر العدد</p>" * 2,
    "headlines": HEADER
    + "<p><a href=/1>افتتاح محطة جديدة في الشمال بعد عامين</a> - 24/05/2016</p><p>قال الوزير ذلك</p>" * 3,
    "dates alone": HEADER + "<p>24/05/2016</p><p>25/05/2016</p>",
    "names without a text": HEADER + "<p>ليث - 24/05/2016</p><p>هدى - 25/05/2016</p>",
    "sentences with a date": HEADER + "<p>فتحت المحطة في 24/05/2016 أبوابها</p><p>ثم أغلقت</p>" * 3,
}


@pytest.mark.parametrize("name", NONE)
def test_what_only_looks_like_comments_is_none(name: str, reading: Reading) -> None:
    assert article(page(NONE[name]), reading).comments == ()


def test_text_below_comments_that_is_more_than_above_stays(reading: Reading) -> None:
    block = SHAPES["a box each"]
    long = page(block).replace(FOOTER, TEXT.replace("المشرف", "المقيم") * 2)
    assert "المقيم" in article(long, reading).sections[-1].text


def test_paragraphs_below_them_beside_those_above_are_text(reading: Reading) -> None:
    more = "<p>وختم المشرف بأن المرحلة الأخيرة تبدأ قريبا.</p><p>وشكر المشرف أهل الحي جميعا.</p>"
    found = article(page(SHAPES["a box each"] + more, inside=True), reading)
    assert found.sections[-1].text.endswith("وشكر المشرف أهل الحي جميعا.")
    assert not any("سعيد" in section.text for section in found.sections)


HOSTILE = {
    "lines that date": HEADER + "ليث 24/05/2016<br>" * 20_000,
    "dates in a row": HEADER + ("24 مايو 2016 " * 8 + "<br>") * 4_000,
    "headers": "<h3>التعليقات (3)</h3>" * 20_000,
    "a deep page": HEADER + "<div>ليث - 24/05/2016" * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_bounded(name: str, reading: Reading) -> None:
    start = time.process_time()
    article(page(HOSTILE[name]), reading)
    assert time.process_time() - start < 8


@pytest.mark.parametrize("shape", SHAPES)
def test_a_folder_of_such_pages(shape: str, tmp_path: Path) -> None:
    for number in range(6):
        text = page(SHAPES[shape], inside=True)
        for word in ("محطة", "التعب", "سعيد", "الثانية؟", "بارك"):
            text = text.replace(word, f"{word} {number}")
        (tmp_path / f"{number}.html").write_text(text, encoding="utf-8")
    options = Options(NOON, UTC, profiles=ProfileLibrary())
    found = [
        outcome.article
        for file in files([tmp_path], options)
        for outcome in outcomes(file, options)
        if isinstance(outcome, Found)
    ]
    assert [len(each.comments) for each in found] == [3] * 6
    assert [each.comments_declared for each in found] == [3] * 6
    assert not any("سعيد" in section.text or section.heading for each in found for section in each.sections)
