"""Explanations: they end where the analysis ends, step by step, and say what spoke for each."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.arabic import CHAINS, EXACT, FOLDED, LEVELS, MAX_TERM, ROOT, STEM, Token
from kashshaf.analyzers.base_list import base_counts
from kashshaf.analyzers.explain import NAME, NUMBER, Attested, Explained, Step, explain
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.analyzers.stemming import roots
from kashshaf.analyzers.stemming.stemmer import STEPS
from tests.analyzers.stemming.smoke import PairList, names, pairs
from tests.analyzers.texts import ANY_TEXT, ARABIC_WORDS, SECONDS, sample_words, tokens, unhurried

if TYPE_CHECKING:
    from pathlib import Path

LISTS: tuple[PairList, ...] = ("meet", "apart")
SMOKE = "\n".join([text for each in LISTS for pair in pairs(each) for text in (pair.left, pair.right)])
NAMES = "\n".join(name.text for name in names())
LONG_LINE = 10_000_000

# Surface, level, rule, before, after: one for each rule.
APPLIED = (
    ("سـلام", EXACT, "strip_tatweel", "سـلام", "سلام"),
    ("الحُكومَة", EXACT, "strip_marks", "الحُكومَة", "الحكومة"),
    ("بلیر", EXACT, "unify_letters", "بلیر", "بلير"),
    ("كتاب\u200c", EXACT, "strip_invisible", "كتاب\u200c", "كتاب"),
    ("ﷲ", EXACT, "compose", "ﷲ", "الله"),
    ("ب\u064b\u064b\u064b\u064b\u064b", EXACT, "bound_marks", "ب" + 5 * "\u064b", "ب" + 4 * "\u064b"),
    ("٣", EXACT, "western_digits", "٣", "3"),
    ("3,000", EXACT, "plain_number", "3,000", "3000"),
    ("N.A.T.O", EXACT, "strip_dots", "n.a.t.o", "nato"),
    ("B52", STEM, "parts_of", "b52", "b 52"),
    ("BBC", EXACT, "fold_case", "BBC", "bbc"),
    ("x" * 101, EXACT, "cut", "x" * 101, "x" * MAX_TERM),
    ("مَٰلِك", EXACT, "spell_small_letters", "مَٰلِك", "مَالِك"),
    ("مبادىء", FOLDED, "fold_last_hamza", "مبادىء", "مبادئ"),
    ("كفائة", FOLDED, "fold_wrong_seat", "كفائة", "كفاءة"),
    ("أحمد", FOLDED, "fold_alef", "أحمد", "احمد"),
    ("مسؤول", FOLDED, "fold_hamza_seats", "مسؤول", "مسوول"),
    ("مستشفى", FOLDED, "fold_alef_maksura", "مستشفى", "مستشفي"),
    ("مدرسة", FOLDED, "fold_teh_marbuta", "مدرسة", "مدرسه"),
    ("پاريس", FOLDED, "fold_borrowed", "پاريس", "باريس"),
    ("café", FOLDED, "strip_accents", "café", "cafe"),
    ("في", STEM, "is_stop_word", "في", ""),
    ("007", STEM, "strip_leading_zeros", "007", "7"),
    ("schools", STEM, "stem_latin", "schools", "school"),
    ("مبروووك", STEM, "unstretched", "مبروووك", "مبروك"),
    ("بالتعبيرعن", STEM, "two_words", "بالتعبيرعن", "بالتعبير"),
    ("ألسنة", STEM, "shown", "السنه", "ألسنة"),
    ("لأزمة", STEM, "from_hamza", "لأزمة", "ازمه"),
    ("الام", STEM, "likely_spellings", "الام", "الام آلام"),
    ("وبالوزير", STEM, "definite", "وبالوزير", "الوزير"),
    ("الوزير", STEM, "definite", "الوزير", "وزير"),
    ("بدمج", STEM, "single", "بدمج", "دمج"),
    ("وبعمولة", STEM, "stacked", "وبعموله", "عموله"),
    ("جوجل", STEM, "one_spelling", "جوجل", "غوغل"),
    ("شباط", STEM, "month", "شباط", "فبراير"),
    ("بنات", STEM, "from_list", "بنات", "بنت"),
    ("سورية", STEM, "country", "سوري", "سوريا"),
    ("تقارير", STEM, "from_table", "تقارير", "تقرير"),
    ("كتبوا", STEM, "past", "كتبوا", "كتب"),
    ("يدافع", STEM, "present", "يدافع", "دافع"),
    ("اجتماعات", STEM, "feminine_plural", "اجتماعات", "اجتماع"),
    ("صحفيين", STEM, "dual_or_plural", "صحفيين", "صحفي"),
    ("موظفو", STEM, "construct", "موظفو", "موظف"),
    ("كتابهم", STEM, "pronoun", "كتابهم", "كتاب"),
    ("محليا", STEM, "accusative", "محليا", "محلي"),
    ("سياسية", STEM, "feminine", "سياسيه", "سياسي"),
    ("الجراثيم", STEM, "broken_plural", "جراثيم", "جرثومه"),
    ("عوضني", STEM, "by_snowball", "عوضني", "عوض"),
    ("مدرسة", ROOT, "without_last", "مدرسه", "مدرس"),
    ("مدرسة", ROOT, "without_prefix", "مدرس", "درس"),
    ("كتاب", ROOT, "without_infixes", "كتاب", "كتب"),
    ("قال", ROOT, "weak_alike", "قال", "قول"),
)


def explained(word: str, analyzer: Analyzer | None = None) -> Explained:
    """A text that is one word."""
    (found,) = explain(word, analyzer or Analyzer())
    return found


def step(word: str, rule: str, analyzer: Analyzer | None = None) -> Step:
    """What the first rule of that name did."""
    return next(each for each in explained(word, analyzer).steps if each.rule == rule)


def followed(token: Token, steps: tuple[Step, ...]) -> dict[str, tuple[str, ...]]:
    """The terms at each level to which the steps lead; each must go on where another stopped."""
    terms: dict[str, tuple[str, ...]] = {}
    now: tuple[str, ...] = (token.surface,)
    for level in LEVELS:
        for each in steps:
            if each.level == level and each.after:
                assert each.before in now, (each, now)
                there = now.index(each.before)
                now = (*now[:there], *each.after.split(), *now[there + 1 :])
            elif each.level == level:
                assert (each.before,) == token.forms.exact, "a stop word is known by its letters"
                now = ()
        now = tuple(dict.fromkeys(now))
        terms[level] = now
    return terms


def check(text: str, analyzer: Analyzer) -> None:
    """Every explanation of a text leads to the terms that the analysis gives, each rule at its level."""
    found = list(explain(text, analyzer))
    assert [each.token for each in found] == list(analyzer.tokens(text))
    for each in found:
        if not each.token.forms.exact:
            (one,) = each.steps
            assert (one.rule, one.before, (one.after,)) == (
                NUMBER if each.token.forms.stem[0].isdecimal() or "." in each.token.forms.stem[0] else NAME,
                each.token.surface,
                each.token.forms.stem,
            )
            continue
        assert followed(each.token, each.steps) == each.token.forms._asdict()
        order = [LEVELS.index(one.level) for one in each.steps]
        assert order == sorted(order)


@pytest.mark.parametrize(("word", "level", "rule", "before", "after"), APPLIED, ids=lambda value: value[:20])
def test_what_a_rule_did_is_told(word: str, level: str, rule: str, before: str, after: str) -> None:
    told = [each for each in explained(word).steps if each.rule == rule]
    assert (level, before, after) in [(each.level, each.before, each.after) for each in told]
    assert all(each.says.endswith(".") for each in told)


def test_every_rule_has_its_example() -> None:
    chained = {rule for chain in CHAINS.values() for rules in chain for rule in rules}
    known = {rule.__name__ for rule in (*chained, *STEPS, *roots.STEPS)}
    assert known - {row[2] for row in APPLIED} == set()


@pytest.mark.parametrize("text", [SMOKE, NAMES], ids=["pairs", "names"])
def test_explanations_of_the_smoke_list_end_where_the_analysis_does(text: str) -> None:
    check(text, Analyzer())


@given(text=ANY_TEXT)
@example(text="\ud800 ﷺ \u0640\u0640")
@unhurried
def test_explanations_of_any_text_end_where_the_analysis_does(text: str) -> None:
    check(text, Analyzer())


@given(word=ARABIC_WORDS)
@unhurried
def test_explanations_of_any_word_end_where_the_analysis_does(word: str) -> None:
    check(f"{word} وال{word}هم", Analyzer())


def test_words_of_a_frozen_lexicon_and_later_ones_are_explained_alike(tmp_path: Path) -> None:
    words = sample_words()
    folded = [word for token in tokens(" ".join(words[::2])) for word in token.forms.folded]
    counts = {word: 1 + at % 7 for at, word in enumerate(folded)}
    Lexicon.build(tmp_path / "lexicon", {**counts, "هوفنغارد": 5})
    analyzer = Analyzer(Lexicon.open(tmp_path / "lexicon"))
    check("\n".join([*words, SMOKE]), analyzer)
    seen = step("وهوفنغارد", "single", analyzer)
    assert seen.after == "هوفنغارد"
    assert Attested("هوفنغارد", 5) in seen.evidence
    assert explained("هوفنغارد", analyzer).attested == 5


def test_evidence_is_what_the_rule_asked_for() -> None:
    counts = base_counts()
    evidence = dict(step("صحفيين", "dual_or_plural").evidence)
    assert {"صحفي", "صحفيين", "صحفيون", "الصحفي"} <= set(evidence)
    assert evidence == {word: counts[word] for word in evidence}
    assert not step("جوجل", "one_spelling").evidence, "a list needs none"


def test_a_word_that_is_attested_nowhere_is_evidence_only_where_it_is_the_matter() -> None:
    evidence = dict(step("وبالمدارس", "definite").evidence)
    assert evidence["وبالمدارس"] == 0
    assert [word for word, count in evidence.items() if not count] == ["وبالمدارس"]


@pytest.mark.parametrize(
    ("word", "attested"), [("مدرسة", base_counts()["مدرسه"]), ("غغغغظ", 0), ("school", None), ("12", None)]
)
def test_how_often_a_word_is_attested(word: str, attested: int | None) -> None:
    assert explained(word).attested == attested


def test_a_word_that_nothing_changes_has_no_steps() -> None:
    assert [each.level for each in explained("وزن").steps if each.level != ROOT] == []


@pytest.mark.parametrize(
    "text", ["ب" * LONG_LINE, "ب" + "\u064e" * 100_000, "بب " * 100_000], ids=["line", "marks", "words"]
)
def test_any_text_is_explained_in_bounded_time(text: str) -> None:
    begun = time.process_time()
    assert list(explain(text, Analyzer()))
    assert time.process_time() - begun < SECONDS
