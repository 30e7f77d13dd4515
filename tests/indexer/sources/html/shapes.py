"""Pages of made-up papers in the shapes that real ones have; a site's pages differ only in what they say."""

from __future__ import annotations

from dataclasses import dataclass, field

import orjson

TOPICS = (
    "المحطة", "المدرسة", "الجسر", "المكتبة", "الحديقة", "السوق", "المصنع", "الميناء", "المسرح", "المتحف",
    "الملعب", "السد",
)  # fmt: skip
READERS = ("سالم", "هدى", "ليث", "مريم", "جابر")
WISH = "شكرا لكم على خبر {} الذي انتظرناه طويلا"


@dataclass(frozen=True, slots=True)
class Story:
    """What one page says. ``comments``: name, day of May 2016, text."""

    number: int
    title: str
    kicker: str
    paragraphs: tuple[str, ...]
    comments: tuple[tuple[str, int, str], ...] = field(default=())


def story(number: int, comments: int | None = None) -> Story:
    """A story with as many comments as asked, or with a number of them that changes from page to page."""
    topic = TOPICS[number % len(TOPICS)]
    said = range(number % 4 if comments is None else comments)
    return Story(
        number,
        f"افتتاح {topic} رقم {number} بعد عامين من العمل",
        f"مشروع {topic}",
        tuple(
            f"قال المهندس المشرف على {topic} إن المرحلة {part} من العمل في الموقع {number} اكتملت في موعدها،"
            f" وإن {topic} ستخدم أهل الحي والأحياء القريبة منه منذ صباح الغد."
            for part in ("الأولى", "الثانية", "الثالثة")
        ),
        tuple((READERS[(number + n) % 5], 10 + n, f"{WISH.format(topic)} {number} {n}") for n in said),
    )


MENU = "<div id=menu><a href=/>الرئيسية</a> <a href=/2>محليات</a> <a href=/3>رياضة</a></div>"
NOTICE = "جميع المواد المنشورة تعبر عن رأي كتابها ولا تتحمل الصحيفة أي مسؤولية عنها بحال من الأحوال."
"""Furniture in the form of running text, below each article."""


def modern(one: Story) -> str:
    """JSON-LD without comments; these are articles in nested lists, all but the first answer it."""
    linked = {"@type": "NewsArticle", "headline": one.title, "datePublished": f"2016-05-{one.number + 1:02}"}
    items = [
        f"<article><cite>{name}</cite><time datetime=2016-05-{day}>منذ مدة</time><p>{text}</p></article>"
        for name, day, text in one.comments
    ]
    first, answers = "".join(items[:1]), "".join(f"<li>{item}</li>" for item in items[1:])
    thread = f"<ol><li>{first}<ol>{answers}</ol></li></ol>"
    return (
        "<!doctype html><html lang=ar><meta charset=utf-8>"
        f"<title>{one.title} | النور</title><link rel=canonical href=https://www.nour.example/{one.number}>"
        f'<script type="application/ld+json">{orjson.dumps(linked).decode()}</script>'
        f"<body>{MENU}<main><h1>{one.title}</h1><div class=story>"
        + "".join(f"<p>{text}</p>" for text in one.paragraphs)
        + f"<p>{NOTICE}</p></div></main><section>{thread if items else ''}</section><footer>© النور</footer>"
    )


def wordpress(one: Story) -> str:
    """A theme of WordPress, with a comment that answers."""
    comments = "".join(
        f'<li id="comment-{n}" class="comment byuser depth-{1 + bool(n)}"><article class=comment-body>'
        f"<footer class=comment-meta><div class='comment-author vcard'><b class=fn>{name}</b> يقول:</div>"
        f"<div class=comment-metadata><a href=#><time datetime='2016-05-{day}T08:00:00+00:00'>أمس</time></a>"
        f"</div></footer><div class=comment-content><p>{text}</p></div><a class=reply href=#>رد</a></article>"
        + ("<ol class=children>" if not n else "</li>")
        for n, (name, day, text) in enumerate(one.comments)
    )
    return (
        "<!doctype html><html><meta charset=utf-8><meta name=generator content='WordPress 6.6'>"
        f"<title>{one.title} – الواحة</title><link rel=canonical href=https://waha.example/{one.number}/>"
        f"<body class='single single-post'>{MENU}<article class=post><header class=entry-header>"
        f"<h1 class=entry-title>{one.title}</h1><div class=entry-meta><span class=posted-on>"
        f"<time class='entry-date published' datetime=2016-05-09T06:00:00+00:00>9 مايو</time></span>"
        f"<span class=byline><span class='author vcard'><a href=/a>رامي حداد</a></span></span></div></header>"
        f"<div class=entry-content>{''.join(f'<p>{text}</p>' for text in one.paragraphs)}"
        f"<figure><figcaption>صورة</figcaption></figure>"
        "<div class=sharedaddy>شارك هذا الموضوع مع أصدقائك.</div>"
        "</div><footer class=entry-footer><span class=cat-links>"
        "<a rel='category tag' href=/c>محليات</a></span>"
        "<span class=tags-links><a rel=tag href=/t>ماء</a><a rel=tag href=/u>بناء</a></span></footer>"
        "</article>"
        f"<div id=comments class=comments-area><ol class=comment-list>{comments}</ol></div>"
    )


def tables(one: Story) -> bytes:
    """A board of tables, windows-1256 and declared so; nothing is called a comment."""
    rows = "".join(
        f"<table class=row{n % 2}><tr><td width=150><b>{name}</b><br>عضو</td>"
        f"<td><small>{day}/05/2016 10:30</small><hr>{text}</td></tr></table>"
        for n, (name, day, text) in enumerate(one.comments)
    )
    text = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256">'
        f"<title>المنتدى :: {one.title}</title></head><body>{MENU}<table><tr>"
        f"<td class=maintitle>{one.title}</td></tr><tr><td class=maintext>"
        f"{''.join(f'<p>{text}</p>' for text in one.paragraphs)}<p>{NOTICE}</p>"
        f"</td></tr></table>{rows}<table><tr><td>© المنتدى</td></tr></table></body></html>"
    )
    return text.encode("cp1256", "xmlcharrefreplace")
