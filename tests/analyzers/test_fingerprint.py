"""The fingerprint: the same in every process, another one whenever terms come out otherwise."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kashshaf.analyzers import analyzer, arabic, fingerprint, stopwords
from kashshaf.analyzers.arabic import CHAINS, FOLDED, STEM
from kashshaf.analyzers.data import load_words
from kashshaf.analyzers.orthography.normalize import bound_marks, fold_alef
from kashshaf.analyzers.tokenize import Kind
from tests.analyzers.texts import Step, name_of
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCRIPT = "from kashshaf.analyzers.fingerprint import fingerprint; print(fingerprint())"
BOUNDS_TIME_ONLY = {(Kind.ARABIC, bound_marks)}
"""What it cuts off would go with the marks anyway."""
TAKEN_OUT = [
    pytest.param(kind, step, id=f"{kind}-{name_of(step)}")
    for kind, chain in CHAINS.items()
    for level in chain
    for step in level
    if (kind, step) not in BOUNDS_TIME_ONLY
]
"""The steps that change a probe word."""


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    forget()
    yield
    forget()


def forget() -> None:
    fingerprint.fingerprint.cache_clear()
    stopwords.stop_words.cache_clear()


def taken() -> str:
    forget()
    return fingerprint.fingerprint()


def in_another_process(seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def without(kind: Kind, step: Step) -> tuple[tuple[Step, ...], ...]:
    return tuple(tuple(each for each in level if each is not step) for level in CHAINS[kind])


def test_it_is_short_and_the_same_each_time() -> None:
    first = taken()
    assert re.fullmatch(r"[0-9a-f]{24}", first)
    assert taken() == first


@pytest.mark.parametrize("seed", ["1", "2"])
def test_it_is_the_same_in_every_process(seed: str) -> None:
    assert in_another_process(seed) == taken()


@pytest.mark.parametrize(("kind", "step"), TAKEN_OUT)
def test_it_changes_without_a_step(kind: Kind, step: Step, monkeypatch: pytest.MonkeyPatch) -> None:
    before = taken()
    monkeypatch.setitem(CHAINS, kind, without(kind, step))
    assert taken() != before


def test_it_changes_with_a_levels_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    before = taken()
    exact, folded, stems = CHAINS[Kind.ARABIC]
    monkeypatch.setitem(CHAINS, Kind.ARABIC, ((*exact, fold_alef), folded, stems))
    assert taken() != before


def test_it_changes_with_the_levels(monkeypatch: pytest.MonkeyPatch) -> None:
    before = taken()
    monkeypatch.setattr(fingerprint, "LEVELS", (FOLDED, STEM))
    assert taken() != before


def test_it_changes_with_the_format(monkeypatch: pytest.MonkeyPatch) -> None:
    before = taken()
    monkeypatch.setattr(fingerprint, "FORMAT", fingerprint.FORMAT + 1)
    assert taken() != before


@pytest.mark.parametrize("gone", ["لوما", "على"])
def test_it_changes_with_the_stop_words(gone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = taken()

    def fewer(name: str) -> tuple[str, ...]:
        return tuple(word for word in load_words(name) if name != "stopwords.txt" or word != gone)

    monkeypatch.setattr(fingerprint, "load_text", lambda name: "\n".join(fewer(name)))
    monkeypatch.setattr(stopwords, "load_words", fewer)
    assert taken() != before


def test_it_changes_with_the_letters_of_a_term(monkeypatch: pytest.MonkeyPatch) -> None:
    before = taken()
    monkeypatch.setattr(arabic, "MAX_TERM", 4)
    assert taken() != before


def test_the_names_of_rules_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    before = taken()

    def renamed(word: str) -> str:
        return fold_alef(word)

    exact, folded, stems = CHAINS[Kind.ARABIC]
    others = tuple(renamed if step is fold_alef else step for step in folded)
    monkeypatch.setitem(CHAINS, Kind.ARABIC, (exact, others, stems))
    assert taken() == before


def test_the_memo_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    before = taken()
    monkeypatch.setattr(analyzer, "MEMO_SIZE", 1)
    assert taken() == before


RULES = "11a7c5d37a99bf759ae935c1"
"""The rules of stems and roots, taken of format 9: their code without what it says of itself."""


class _Bare(ast.NodeTransformer):
    """Code without docstrings; comments are not in a tree anyway."""

    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:  # the library's name
        said = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return None if said else node


def bare(code: str) -> str:
    return ast.unparse(_Bare().visit(ast.parse(code)))


def test_words_about_code_are_no_code() -> None:
    one = 'def f() -> int:\n    """Doc."""\n    return 1  # why\nX = 1\n"""Said."""\n'
    assert bare(one) == bare("def f() -> int:\n    return 1\nX = 1\n")
    assert bare(one) != bare(one.replace("return 1", "return 2"))


def test_changed_rules_of_stems_raise_the_format() -> None:
    digest = hashlib.blake2b(digest_size=12)
    for file in sorted((ROOT / "analyzers" / "stemming").rglob("*.py")):
        digest.update(f"{file.name}\n{bare(file.read_text(encoding='utf-8'))}\n".encode())
    assert digest.hexdigest() == RULES, (
        f"raise FORMAT in analyzers/fingerprint.py, then take {digest.hexdigest()}"
    )


def test_the_seal_is_that_of_one_fingerprint() -> None:
    assert fingerprint.seal("a") == fingerprint.seal("a") != fingerprint.seal("b")


def sealed_folder(folder: Path, monkeypatch: pytest.MonkeyPatch, **files: str) -> str:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    monkeypatch.setattr(fingerprint, "FOLDER", folder)
    return fingerprint.seal("a")


def test_the_seal_changes_with_each_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sealed_folder(tmp_path, monkeypatch, rules_py="one", words_tsv="two", list_txt="three")
    changed = [
        sealed_folder(tmp_path, monkeypatch, **{name: "other"})
        for name in ("rules_py", "words_tsv", "list_txt")
    ]
    assert len({before, *changed}) == 4


def test_the_seal_changes_with_the_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint.seal("a")
    monkeypatch.setattr(fingerprint, "_libraries", list)
    assert fingerprint.seal("a") != before


def test_there_is_no_seal_where_no_files_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sealed_folder(tmp_path, monkeypatch) == ""
