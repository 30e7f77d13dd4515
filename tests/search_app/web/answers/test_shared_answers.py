"""Answers that all processes share: whole or not at all, the newest, within bounds."""

from __future__ import annotations

import os
from threading import Thread
from typing import TYPE_CHECKING

from kashshaf.search_app.web.answers import shared_answers
from kashshaf.search_app.web.answers.shared_answers import PROBED, SharedAnswers
from tests.kashshaf.site import in_child

if TYPE_CHECKING:
    import pytest


def name_of(number: int) -> bytes:
    return number.to_bytes(4, "little").ljust(16, b"\1")


def test_an_answer_is_there_until_it_is_another() -> None:
    answers = SharedAnswers(1_000)
    assert answers.get(name_of(1)) is None
    for text in (b"one", b"two", b""):
        answers.keep(name_of(1), text)
        assert answers.get(name_of(1)) == text
    assert answers.get(name_of(2)) is None


def test_what_one_process_keeps_another_finds() -> None:
    answers = SharedAnswers(1_000)
    answers.keep(name_of(1), b"ours")

    def other() -> None:
        assert answers.get(name_of(1)) == b"ours"
        answers.keep(name_of(2), b"theirs")

    assert in_child(other) == 0
    assert answers.get(name_of(2)) == b"theirs"


def test_the_oldest_go_when_there_is_no_more_room() -> None:
    answers = SharedAnswers(1_000)
    for number in range(50):
        answers.keep(name_of(number), bytes([number]) * 90)
    kept = [number for number in range(50) if answers.get(name_of(number)) is not None]
    assert kept == list(range(39, 50))  # eleven of ninety bytes are in a thousand
    assert all(answers.get(name_of(number)) == bytes([number]) * 90 for number in kept)


def test_an_answer_that_is_larger_than_all_the_room_is_not_kept() -> None:
    answers = SharedAnswers(1_000)
    answers.keep(name_of(1), bytes(1_001))
    assert answers.get(name_of(1)) is None
    answers.keep(name_of(1), bytes(1_000))
    assert answers.get(name_of(1)) == bytes(1_000)


def test_names_that_meet_in_the_table_push_out_the_oldest() -> None:
    answers = SharedAnswers(1_000)
    names = [b"same" + bytes([number]) * 12 for number in range(PROBED + 2)]
    for name in names:
        answers.keep(name, name)
    assert [answers.get(name) for name in names] == [None, None, *names[2:]]


def test_what_is_cut_short_or_written_over_is_not_there() -> None:
    answers = SharedAnswers(1_000)
    answers.keep(name_of(1), b"an answer")
    os.pwrite(answers._file, b"another", shared_answers._JOURNAL + shared_answers.FIRST)
    assert answers.get(name_of(1)) is None


def test_who_finds_another_writing_does_not_wait() -> None:
    answers = SharedAnswers(1_000)
    with answers._writing() as may:
        assert may
        thread = Thread(target=answers.keep, args=(name_of(1), b"one"))
        thread.start()
        thread.join(10)
        assert not thread.is_alive()
        assert in_child(lambda: answers.keep(name_of(2), b"two")) == 0
    assert (answers.get(name_of(1)), answers.get(name_of(2))) == (None, None)
    answers.keep(name_of(1), b"one")
    assert answers.get(name_of(1)) == b"one"


def test_without_files_in_memory_it_is_one_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create")
    answers = SharedAnswers(1_000)
    answers.keep(name_of(1), b"one")
    assert answers.get(name_of(1)) == b"one"


def test_many_threads_read_what_is_whole() -> None:
    answers, wrong = SharedAnswers(3_000), []

    def work(own: int) -> None:
        for turn in range(200):
            name = name_of(turn % 7)
            answers.keep(name, name * (1 + (own + turn) % 40))
            found = answers.get(name)
            if found is not None and found != name * (len(found) // 16):
                wrong.append(found)

    threads = [Thread(target=work, args=(own,)) for own in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
