"""Evidence about folded words: the counts of the corpus and of the language."""

from __future__ import annotations

from tests.search_app.query.rewrites.corpora import corpus_of

CORPUS = corpus_of({"مدرسه": 90, "والمدارس": 4})


def test_a_form_is_known_by_its_word() -> None:
    assert CORPUS.known("والمدارس") == 90
    assert CORPUS.count("والمدارس") == 4
    assert CORPUS.known("ظظظظظ") == 0


def test_what_is_attested_more_has_more_support() -> None:
    assert CORPUS.support("المدارس") > CORPUS.support("مفخخه") > CORPUS.support("المدارص") == 0


def test_words_of_the_language_are_right_though_the_corpus_lacks_them() -> None:
    assert CORPUS.is_right("جامعه")
    assert not CORPUS.is_right("فقعهح")
