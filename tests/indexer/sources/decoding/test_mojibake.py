"""Text that was decoded wrongly once is read back; good text is never altered."""

from __future__ import annotations

import gzip
import itertools
import re
import time
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.indexer.sources import fields
from kashshaf.indexer.sources.decoding.mojibake import mend
from tests.conftest import SHARED

if TYPE_CHECKING:
    from kashshaf.indexer.sources.reading import Reading

TEXT = "قال الوزير، في بيان: «لا تأجيل» – وأضاف أنّ 50٪ من الأعمال ﻻ تزال جارية…"
LEGACY = "قال الوزير، في بيان: «لا تأجيل» – وأضاف أنّ 50% من الأعمال لا تزال جارية…"


def sloppy(raw: bytes, codec: str) -> str:
    """As browsers decode: a byte that the code page lacks becomes the control character of its number."""
    return "".join(bytes((one,)).decode(codec, "ignore") or chr(one) for one in raw)


def wrong(text: str, codec: str, was: str = "utf-8") -> str:
    return sloppy(text.encode(was), codec)


MENDED = [
    ("UTF-8 as windows-1256", wrong(TEXT, "cp1256"), TEXT),
    ("UTF-8 as windows-1252", wrong(TEXT, "cp1252"), TEXT),
    ("UTF-8 as Latin-1", wrong(TEXT, "latin-1"), TEXT),
    ("windows-1256, twice", wrong(wrong(TEXT, "cp1256"), "cp1256"), TEXT),
    ("windows-1252, twice", wrong(wrong(TEXT, "cp1252"), "cp1252"), TEXT),
    ("one, then the other", wrong(wrong(TEXT, "cp1256"), "cp1252"), TEXT),
    ("windows-1256 as windows-1252", wrong(LEGACY, "cp1252", "cp1256"), LEGACY),
    ("windows-1256 as Latin-1", wrong(LEGACY, "latin-1", "cp1256"), LEGACY),
    ("one word", "ط§ظ„ط³ظ„ط§ظ…", "السلام"),
    ("one word in accents", "Ø§Ù„Ø³Ù„Ø§Ù…", "السلام"),
    ("one word in letters with accents", "ÇáÓáÇã", "السلام"),
    ("a name", wrong("محمد علي", "cp1256"), "محمد علي"),
    ("Persian letters", wrong("گفت‌وگو با پژوهشگر", "cp1256"), "گفت‌وگو با پژوهشگر"),
    ("beside Latin words", wrong("شركة Apple تعلن iPhone 15", "cp1252"), "شركة Apple تعلن iPhone 15"),
    ("an emoji", wrong("مبروك يا شباب 🎉", "cp1256"), "مبروك يا شباب 🎉"),
    ("between tags", f"<b>{wrong('العنوان', 'cp1256')}</b>©<i>", "<b>العنوان</b>©<i>"),
    ("a line with a space alone", wrong("العنوان\n\u00a0\nالنص", "cp1256"), "العنوان\n\u00a0\nالنص"),
    ("a good line beside it", f"نص سليم\n{wrong(TEXT, 'cp1256')}", f"نص سليم\n{TEXT}"),
    (
        "a soft hyphen that was dropped",
        wrong("قال محمد إن الوزير لا ينوي السفر", "cp1256").replace("\u00ad", ""),
        "قال محمد إن الوزير لا ينوي السفر",
    ),
    (
        "the same in accents",
        wrong("قال محمد إن الوزير لا ينوي السفر", "cp1252").replace("\u00ad", ""),
        "قال محمد إن الوزير لا ينوي السفر",
    ),
    ("cut in the middle of a letter", wrong("قال الوزير في", "cp1256")[:-1], "قال الوزير ف\ufffd"),
    ("a good word beside it", wrong(TEXT, "cp1256") + " طه", f"{TEXT} طه"),
    ("a sign that was added later", wrong(TEXT, "cp1256") + " §", f"{TEXT} §"),
]
KEPT = [
    ("Arabic", TEXT),
    ("marks", "كَتَبَ الطَّالِبُ الدَّرْسَ، ثُمَّ ظَنَّ أَنَّهُ حَفِظَ"),
    ("letters in a list", "ط، ظ، ع، غ، ف"),
    ("three letters in a list", "ط،ظ،ع،"),
    ("signs", "© § ® ° ± ¬ ¶ ¹ ² ³"),
    ("French", "Élève à l'école, où ça s'arrête: cœur, naïf"),
    ("French in capitals", "ÉLÈVE ÀÉÈÊ"),
    ("German letters", "ÄÖÜäöüß ÄÖÜß"),
    ("Icelandic", "Þróun íslensks þjóðfélags á öldinni sem leið"),
    ("Vietnamese", "Tiếng Việt là ngôn ngữ"),
    ("Turkish", "Türkiye büyük ölçüde güçlü"),
    ("Cyrillic that was decoded wrongly", "Ïðèâåò, ìèð! Ýòî ðóññêèé òåêñò."),
    ("Chinese that was decoded wrongly", wrong("新华社北京电", "cp1252")),
    ("French that was decoded wrongly", wrong("élève à l'école", "cp1252")),
    ("Persian", "عکس‌های تازه از کوچه و گذرگاه ژاله منتشر شد"),
    ("Urdu", "غریب طبقے کے گھر عکس ٹھیک ہے، ظاہر ہے"),
    ("a sample in a good line", "تظهر الكلمة هكذا: ط§ظ„ط³ظ„ط§ظ… عند فتح الملف بترميز آخر"),
    ("too much lost", re.sub("[\x80-\x9f]", "", wrong(TEXT, "latin-1"))),
    ("a good line with one foreign sign", "سعر النفط 80 دولاراً ± 2%"),
]


def _ids(rows: list[tuple[str, ...]]) -> list[str]:
    return [row[0] for row in rows]


@pytest.mark.parametrize(("rule", "text", "was"), MENDED, ids=_ids(MENDED))  # type: ignore[arg-type]
def test_what_was_decoded_wrongly_is_read_back_and_said(rule: str, text: str, was: str) -> None:
    said: list[str] = []
    assert mend(text, said.append) == was, rule
    assert said
    assert mend(was, said.append) == was


@pytest.mark.parametrize(("rule", "text"), KEPT, ids=_ids(KEPT))  # type: ignore[arg-type]
def test_good_text_is_never_altered(rule: str, text: str) -> None:
    said: list[str] = []
    assert mend(text, said.append) == text, rule
    assert not said


def test_fields_of_an_export_are_read_back_one_by_one(reading: Reading) -> None:
    data = {
        "title": wrong("عنوان الخبر", "cp1256"),
        "body": "نص سليم لم يمسه أحد",
        "tags": [wrong("سياسة", "cp1252")],
        "comments": [{"author": wrong("محمد", "cp1256"), "text": wrong("تعليق القارئ", "cp1256")}],
    }
    article, mended = fields.article(data, reading)
    assert (article.title, article.sections[0].text, article.tags) == (
        "عنوان الخبر",
        data["body"],
        ("سياسة",),
    )
    assert (article.comments[0].author, article.comments[0].text) == ("محمد", "تعليق القارئ")
    assert mended == (
        "UTF-8 that had been taken for windows-1256 was read back",
        "UTF-8 that had been taken for windows-1252 or Latin-1 was read back",
    )


@pytest.mark.parametrize(
    "text", ["ط" * 200_000, "ط§" * 200_000, "Ø" * 200_000, "Ç" * 200_000, "ï»" * 200_000, "<§>" * 100_000]
)
def test_hostile_text_is_read_in_a_time_that_grows_with_its_length(text: str) -> None:
    start = time.process_time()
    mend(text, print)
    assert time.process_time() - start < 5


@given(st.text(max_size=200))
def test_any_text_comes_back_as_text(text: str) -> None:
    said: list[str] = []
    assert (mend(text, said.append) == text) is not bool(said)


LETTERS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئًٌٍَُِّْ ،؛؟.«»", min_size=1, max_size=120)


@given(LETTERS)
def test_any_arabic_text_is_kept(text: str) -> None:
    assert mend(text, print) == text


NEWS = SHARED / "data" / "news" / "saudinewsnet.jsonl.gz"


@pytest.mark.skipif(not NEWS.exists(), reason="the news data is not beside the project")
def test_real_news_is_kept_and_read_back() -> None:
    with gzip.open(NEWS) as lines:
        rows = [orjson.loads(line) for line in itertools.islice(lines, 10_000)]
    texts = [text for row in rows for text in (row.get("title"), row.get("text") or row.get("body")) if text]
    assert len(texts) >= 10_000
    assert all(mend(text, print) == text for text in texts)
    for text in texts[:: len(texts) // 200]:
        for codec in ("cp1256", "cp1252", "latin-1"):
            assert mend(wrong(text, codec), lambda _: None) == text
