"""The analysis of a text: its page, its sentences, and the terms that words share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.arabic import CHAINS, LEVELS, Forms, Token
from kashshaf.analyzers.explain import NAME, NUMBER
from kashshaf.analyzers.stemming import roots
from kashshaf.analyzers.stemming.stemmer import STEPS
from kashshaf.index.errors import BrokenIndexError, UsageError
from kashshaf.index.settings import Settings
from kashshaf.search_app.explain.analysis import MAX_ANALYSED, analysis
from kashshaf.search_app.explain.sentences import (
    LEVEL_MEANINGS,
    LEVEL_NAMES,
    SENTENCES,
    WITNESSES,
    sentence,
    witnesses,
)
from kashshaf.search_app.explain.shared_terms import between, cards, pieces
from kashshaf.search_app.query.parameters import MAX_TEXT
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.pages import OPEN_CARDS
from tests.analyzers.test_explain import APPLIED
from tests.search_app.failing import FailingService

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from kashshaf.search_app.explain.shapes import Analysis, RuleApplied

PHRASE = "ثلاثة ملايين"
HOSTILE = "<script>alert(1)</script> \"'><b>x</b> &amp; {{ 7*7 }}"

# A word, the rule, and what the page says of it.
TOLD = (
    ("الوزير", "definite", "حُذفت «ال» التعريف"),
    ("وبالوزير", "definite", "حُذف «وب» من أول الكلمة"),
    ("للناس", "definite", "حُذف «لل» من أول الكلمة"),
    ("للبنان", "definite", "حُذف «ل» من أول الكلمة"),
    ("الغة", "definite", "حُذف التعريف، ورُدّت لام سقطت منه"),
    ("وبيروت", "single", "حُذف «و» من أول الكلمة"),
    ("مبروووك", "unstretched", "حُذف تكرار الحروف للتوكيد"),
    ("بالتعبيرعن", "two_words", "كلمتان سقطت المسافة بينهما"),
    ("جوجل", "one_spelling", "رسم آخر للكلمة نفسها"),
    ("صحفيين", "dual_or_plural", "رُدّ المثنى أو الجمع السالم إلى مفرده"),
    ("كتابهم", "pronoun", "حُذف الضمير المتصل بآخر الكلمة"),
    ("مدرسة", "fold_teh_marbuta", "كُتبت التاء المربوطة هاءً"),
    ("في", "is_stop_word", "كلمة شائعة لا تميّز نصاً من نص: لا جذع لها، وتبقى في العبارات"),
)


class WordCounter(Analyzer):
    """An analyzer that knows what three millions amount to, and of no other number."""

    def tokens(self, text: str) -> Iterator[Token]:
        for token in super().tokens(text):
            if not token.forms.exact:
                continue
            yield token
            if text.startswith(PHRASE, token.start):
                end = token.start + len(PHRASE)
                yield Token(
                    PHRASE, token.start, end, token.position, Forms((), (), ("3000000",), ("3000000",))
                )


def analysed(text: str) -> Analysis:
    return analysis(text, Analyzer(), None)


def rule(word: str, name: str) -> RuleApplied:
    """What the first rule of that name did to a word."""
    (token,) = analysed(word)["tokens"]
    return next(each for each in token["rules"] if each["rule"] == name)


def shared(text: str) -> list[tuple[str, str, str]]:
    """Level, term and words of each term that words of a text share."""
    return [
        (each.level, each.term, " ".join(card.token["surface"] for card in each.cards))
        for each in between(cards(analysed(text)))
    ]


def page(client: FlaskClient, status: int = 200, **query: object) -> Any:  # lxml has no types
    response = client.get("/analyze", query_string=query)
    assert response.status_code == status
    return html.fromstring(response.data.decode())


def text_of(node: Any) -> str:
    return " ".join(node.text_content().split())


@pytest.mark.parametrize(("word", "name", "said"), TOLD)
def test_a_rule_is_told_in_arabic(word: str, name: str, said: str) -> None:
    assert sentence(rule(word, name)) == said


def test_every_rule_has_its_sentence() -> None:
    chained = {each for chain in CHAINS.values() for rules in chain for each in rules}
    known = {each.__name__ for each in (*chained, *STEPS, *roots.STEPS)} | {row[2] for row in APPLIED}
    assert set(SENTENCES) == known | {NAME, NUMBER}


def test_every_level_has_its_name_and_meaning() -> None:
    assert tuple(LEVEL_NAMES) == tuple(LEVEL_MEANINGS) == LEVELS


def test_the_witnesses_are_what_a_word_became_what_it_was_and_the_best_of_the_others() -> None:
    told = rule("صحفيين", "dual_or_plural")
    words = [seen["word"] for seen in witnesses(told)]
    assert words[:2] == ["صحفي", "صحفيين"]
    assert len(words) == WITNESSES < len(told["evidence"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مدرسة المدارس", [("stem", "مدرسه", "مدرسة المدارس")]),
        ("مدرسة مدرسه", [("folded", "مدرسه", "مدرسة مدرسه")]),
        ("محمد مُحَمَّد", [("exact", "محمد", "محمد مُحَمَّد")]),
        ("كاتب مكتبة", [("root", "كتب", "كاتب مكتبة")]),
        ("مدرسة مدرسة", []),
        ("وزير لبنان", []),
        ("من في على", []),
    ],
)
def test_which_words_meet(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert shared(text) == expected


def test_words_that_met_are_told_again_only_where_others_join_them() -> None:
    found = shared("مدرسة مدرسه المدارس")
    assert [row[0] for row in found] == ["folded", "stem"]
    assert found[1][2] == "مدرسة مدرسه المدارس"


def test_a_word_with_no_space_meets_both_of_its_words() -> None:
    found = between(cards(analysed("بالتعبيرعن التعبير")))
    assert [(each.level, each.term) for each in found] == [("stem", "تعبير")]


def test_words_of_a_number_are_told_as_words_and_as_a_number() -> None:
    found = analysis("ثلاثة ملايين، ثلاثة 3000000", WordCounter(), None)
    known = cards(found)
    assert [card.token["surface"] for card in known] == ["ثلاثة", "ثلاثة ملايين", "ملايين", "3000000"]
    assert [each.text for each in pieces(found, known) if each.card] == [
        "ثلاثة",
        "ملايين",
        "ثلاثة",
        "3000000",
    ]
    assert ("stem", "3000000") in [(each.level, each.term) for each in between(known)]
    (rule,) = known[1].token["rules"]
    assert (rule["before"], rule["after"]) == ("ثلاثة ملايين", "3000000")


def test_the_pieces_are_the_whole_text() -> None:
    text = "قالت: «المدارس، المدارس» (3,000) في\nbeirut."
    found = analysed(text)
    cut = pieces(found, cards(found))
    assert "".join(each.text for each in cut) == text
    assert [each.text for each in cut if each.card == 2] == ["المدارس", "المدارس"]
    assert [each.text for each in cut if each.empty] == ["في"]


def test_a_text_too_long_is_refused() -> None:
    assert analysed("ا" * MAX_ANALYSED)["tokens"]
    with pytest.raises(UsageError, match=f"longer than {MAX_ANALYSED} characters; shorten it"):
        analysed("ا" * (MAX_ANALYSED + 1))
    with pytest.raises(UsageError):
        analysed("ا" * 10_000_000)


def test_offsets_are_those_of_the_text_even_where_it_is_no_text() -> None:
    found = analysed("\ud800\x00كتاب")
    assert [(each["start"], each["end"]) for each in found["tokens"]] == [(2, 6)]
    assert found["text"] == "? كتاب"


def test_the_page_tells_each_word_and_which_meet(client: FlaskClient) -> None:
    found = page(client, text="مدرسة والمدارس في مدرسة")
    assert [text_of(node) for node in found.cssselect(".surface")] == ["مدرسة", "والمدارس", "في"]
    assert "تلتقيان عند الجذع «مدرسه»" in text_of(found.cssselect(".shared")[0])
    assert "مرتين في النص" in text_of(found.cssselect(".card")[0])
    assert "حُذف «و» من أول الكلمة" in text_of(found.cssselect(".card")[1])
    ladder = [text_of(node) for node in found.cssselect(".card")[1].cssselect(".ladder dd")]
    assert ladder == ["والمدارس", "والمدارس", "مدرسه", "درس"]
    assert "كلمة شائعة" in text_of(found.cssselect(".card")[2])
    assert [link.get("href") for link in found.cssselect(".strip a")] == ["#w-1", "#w-2", "#w-3", "#w-1"]
    assert {node.get("id") for node in found.cssselect(".rules")} == {"w-1", "w-2", "w-3"}
    assert found.cssselect("textarea")[0].get("dir") == "auto"
    assert found.cssselect("textarea")[0].text.strip() == "مدرسة والمدارس في مدرسة"


@pytest.mark.parametrize(("words", "open_cards"), [(OPEN_CARDS, OPEN_CARDS), (OPEN_CARDS + 1, 0)])
def test_many_words_are_folded(client: FlaskClient, words: int, open_cards: int) -> None:
    found = page(client, text=" ".join(f"كلمة{number}" for number in range(words // 2 + words)))
    assert len(found.cssselect("details.card")) >= words
    found = page(client, text=" ".join("أبجدهوزحطيكلمن"[at : at + 3] for at in range(words)))
    assert len(found.cssselect("details.card")) == words
    assert len(found.cssselect("details.card[open]")) == open_cards


@pytest.mark.parametrize(
    ("text", "says"), [("", "اكتب كلمات"), ("  \n ", "اكتب كلمات"), ("؟!", "لا كلمات في هذا النص")]
)
def test_a_text_without_words(client: FlaskClient, text: str, says: str) -> None:
    found = page(client, text=text)
    assert says in text_of(found)
    assert not found.cssselect(".cards, .strip, .shared")
    assert not page(client).cssselect(".cards")


def test_hostile_text_stays_text(client: FlaskClient) -> None:
    found = page(client, text=HOSTILE)
    assert found.cssselect("script:not([src]), b, main img") == []
    assert found.cssselect("textarea")[0].text.strip() == HOSTILE
    assert "".join(found.cssselect(".strip")[0].itertext()) == HOSTILE


@pytest.mark.parametrize(
    "text",
    [
        "ب" + "\u064b" * (MAX_TEXT - 1),
        "ط" * MAX_TEXT,
        "\u202e" * MAX_TEXT,
        "ب " * (MAX_TEXT // 2),
        "\x00\u2066x",
    ],
    ids=["marks", "letter", "bidi", "words", "nul"],
)
def test_odd_texts_have_a_page(client: FlaskClient, text: str) -> None:
    assert page(client, text=text).cssselect("textarea")


def test_line_ends_of_a_form_do_not_make_a_text_longer(client: FlaskClient) -> None:
    assert "اختصر النص" not in text_of(page(client, text="\r\n" * MAX_TEXT))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"text": "ا" * (MAX_TEXT + 1)}, "اختصر النص"),
        ({"text": "ا" * 200_000}, "اختصر النص"),
        ({"text": ["أ", "ب"]}, "text"),
    ],
)
def test_what_cannot_be_done_is_said(client: FlaskClient, query: dict[str, object], says: str) -> None:
    assert says in text_of(page(client, 400, **query))


def test_parameters_that_mean_nothing_are_let_through(client: FlaskClient) -> None:
    assert "كتاب" in text_of(page(client, text="كتاب", utm_source="x", colour="red"))


def test_results_and_no_results_lead_to_the_page(client: FlaskClient) -> None:
    for query in ("الميناء", "«قطار الأنفاق» =x"):
        found = html.fromstring(client.get("/search", query_string={"q": query}).data.decode())
        (link,) = [each for each in found.cssselect("main a") if "كيف فُهمت" in text_of(each)]
        assert client.get(link.get("href")).status_code == 200
        told = html.fromstring(client.get(link.get("href")).data.decode())
        assert (told.cssselect("textarea")[0].text or "").strip() == query
    newest = html.fromstring(client.get("/search").data.decode())
    assert "كيف فُهمت" not in text_of(newest)


def test_without_an_index_the_shipped_list_is_evidence(bare_client: FlaskClient) -> None:
    found = page(bare_client, text="والمدارس")
    assert text_of(found.cssselect(".gist")[0]) == "← جذعها مدرسه"
    assert "لا فهرس بعد" in text_of(found)


def test_with_an_index_its_lexicon_is_evidence(samples_index: tuple[Settings, object]) -> None:
    service = SearchService(samples_index[0])
    client = create_app(service, samples_index[0]).test_client()
    found = service.analyse("والمدارس")
    assert found["lexicon"]["source"] == "index"
    assert found["lexicon"]["words"] > 1000
    assert "في معجم هذا الفهرس" in text_of(page(client, text="والمدارس"))
    service.close()


def test_a_broken_index_is_told() -> None:
    client = create_app(FailingService(BrokenIndexError("/secret")), Settings()).test_client()
    told = text_of(page(client, 503, text="كتاب"))
    assert "kashshaf reindex" in told
    assert "secret" not in told
