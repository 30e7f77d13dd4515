"""Fields that may be HTML: markup goes, what only looks like it stays; and paragraphs of blank lines."""

from __future__ import annotations

import time

import pytest

from kashshaf.index.documents import Section
from kashshaf.indexer.sources.xml import markup

FIELDS = [
    ("paragraphs", "<p>أمطرت السماء.</p><p>وفاض النهر.</p>", "أمطرت السماء.\n\nوفاض النهر."),
    ("a class", '<p class="x" dir=rtl>أمطرت السماء.</p>', "أمطرت السماء."),
    ("a word in two parts", "<p>المك<b>تبة</b> مفتوحة</p>", "المكتبة مفتوحة"),
    ("a break", "أمطرت السماء.<br/>وفاض النهر.", "أمطرت السماء.\n\nوفاض النهر."),
    ("capitals", "<P>أمطرت<BR>السماء</P>", "أمطرت\n\nالسماء"),
    ("an element inside a line", "أمطرت <i>السماء</i> ليلا", "أمطرت السماء ليلا"),
    ("a script", "<script>var a = 1 < 2;</script>أمطرت", "أمطرت"),
    ("style", "<style>p { color: red }</style><p>أمطرت</p>", "أمطرت"),
    ("a remark", "<!-- wp:paragraph -->أمطرت<!-- /wp:paragraph -->", "أمطرت"),
    ("an image", 'أمطرت <img src="a.png" alt="x"> ليلا', "أمطرت ليلا"),
    ("one that is not closed", "<p>أمطرت السماء", "أمطرت السماء"),
    ("named entities", "قال&nbsp;الوالي &laquo;نعم&raquo; &amp; مضى", "قال الوالي «نعم» & مضى"),
    ("numbered entities", "&#1606;&#1593;&#1605; &#x646;&#x639;&#x645;", "نعم نعم"),
    ("entities in markup", "<p>قال&nbsp;الوالي &quot;نعم&quot;</p>", 'قال الوالي "نعم"'),
    ("escaped as a whole", "&lt;p&gt;أمطرت&lt;/p&gt;&lt;p&gt;وفاض&lt;/p&gt;", "أمطرت\n\nوفاض"),
    ("escaped as a whole, inside a line", "&lt;b&gt;عاجل&lt;/b&gt;: أمطرت", "عاجل: أمطرت"),
    ("cut off", 'أمطرت السماء <a href="https://a.example/1', "أمطرت السماء"),
    ("escaped twice, an ampersand", "<p>ماء &amp;amp; نار</p>", "ماء & نار"),
    ("of a word processor", "<o:p></o:p>أمطرت", "أمطرت"),
    ("escaped twice", "قال&amp;nbsp;الوالي &amp;quot;نعم&amp;quot;", 'قال الوالي "نعم"'),
    ("escaped twice in markup", "<p>قال&amp;nbsp;الوالي</p>", "قال الوالي"),
    ("signs in markup", "<p>5 < 7 و س<ص</p>", "5 < 7 و س<ص"),
    ("what is escaped in markup", "<p>الوسم &lt;b&gt; للخط الغليظ</p>", "الوسم <b> للخط الغليظ"),
]
PLAIN = [
    ("less and more", "5 < 7 و 9 > 3"),
    ("letters beside a sign", "إذا كان س<ص فإن ص>س"),
    ("brackets of another kind", "مجلة <الفجر> الأدبية"),
    ("a tag that nothing closes", "الوسم <b> للخط الغليظ"),
    ("an address", "<reader@paper.example>"),
    ("an ampersand", "مطعم A&B ومقهى C & D"),
    ("no entity", "&شيء; &;"),
    ("an arrow", "يمين <- يسار -> وسط"),
    ("a heart", "شكرا <3"),
    ("lines", "سطر أول\nسطر ثان\n\nفقرة"),
    ("a shortcode in plain text", "نص [gallery] نص"),
    ("nothing", ""),
]
NAMES = [
    ("quotes", "خبر &quot;عاجل&quot; من السوق", 'خبر "عاجل" من السوق'),
    ("an element", "<b>خبر</b> عاجل", "خبر عاجل"),
    ("two lines", "خبر<br>عاجل", "خبر عاجل"),
    ("plain", "خبر عن 5 < 7", "خبر عن 5 < 7"),
]


@pytest.mark.parametrize(("rule", "given", "words"), FIELDS, ids=[row[0] for row in FIELDS])
def test_markup_is_read(rule: str, given: str, words: str) -> None:
    assert markup.of_field(given) == words, rule


@pytest.mark.parametrize(("rule", "given"), PLAIN, ids=[row[0] for row in PLAIN])
def test_what_only_looks_like_markup_stays(rule: str, given: str) -> None:
    assert markup.of_field(given) == given, rule
    assert markup.field_sections(given) == ((Section("", given),) if given else ()), rule


@pytest.mark.parametrize(("rule", "given", "words"), NAMES, ids=[row[0] for row in NAMES])
def test_names_stand_on_one_line(rule: str, given: str, words: str) -> None:
    assert markup.of_name(given) == words, rule


def test_headings_make_sections() -> None:
    html = "<p>أمطرت.</p><h2>في الشمال</h2><p>فاض النهر.</p>"
    assert markup.field_sections(html) == (Section("", "أمطرت."), Section("في الشمال", "فاض النهر."))


BLANK_LINES = [
    ("beside a paragraph", "<p>أولى</p>\n\nثانية.\n\nثالثة.", ["أولى", "ثانية.", "ثالثة."]),
    ("before one", "أولى.\n\nثانية.\n\n<p>ثالثة</p>", ["أولى.", "ثانية.", "ثالثة"]),
    ("between two", "<p>أولى</p>\n \nثانية\nتتمة\n\n<p>ثالثة</p>", ["أولى", "ثانية تتمة", "ثالثة"]),
    ("inside one that ends", "<p>أولى\n\nتتمة</p>\n\nثانية", ["أولى تتمة", "ثانية"]),
    ("inside one that does not", "<p>أولى\n\nثانية", ["أولى", "ثانية"]),
    ("none", "<p>أولى</p><p>ثانية</p>", ["أولى", "ثانية"]),
    ("a name that begins like a paragraph's", "<pre>أولى</pre>\n\nثانية", ["أولى", "ثانية"]),
]


@pytest.mark.parametrize(("rule", "html", "parts"), BLANK_LINES, ids=[row[0] for row in BLANK_LINES])
def test_blank_lines_part_paragraphs_where_no_element_does(rule: str, html: str, parts: list[str]) -> None:
    assert markup.text(html).split("\n\n") == parts, rule


@pytest.mark.parametrize(
    "piece", ["<p>", "</p>", "<", "&", "&amp;", "<b ", "<!--", "<br ", "\n\n<p>", "&lt;p&gt;"]
)
def test_time_grows_with_the_length(piece: str) -> None:
    start = time.process_time()
    markup.of_field(piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 10
