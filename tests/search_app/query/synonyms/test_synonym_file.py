"""The file of synonyms: its lines, its mistakes by line, and lines that are added."""

from __future__ import annotations

from pathlib import Path

import pytest

from kashshaf.index.errors import SettingsError, UsageError
from kashshaf.search_app.query.edited.edited_file import MAX_BYTES
from kashshaf.search_app.query.synonyms.synonym_file import MOST_LINES, Rule, append, read_synonyms, take_back

NAMED = Path("synonyms.txt")

LINES = [
    ("يونسكو, UNESCO", Rule(("يونسكو", "UNESCO"), ("يونسكو", "UNESCO"))),
    ("يونسكو، UNESCO  # وكالة", Rule(("يونسكو", "UNESCO"), ("يونسكو", "UNESCO"))),
    ("ناتو,  حلف   شمال الأطلسي ", Rule(("ناتو", "حلف شمال الأطلسي"), ("ناتو", "حلف شمال الأطلسي"))),
    ("هلال => نادي الهلال, الزعيم", Rule(("هلال",), ("نادي الهلال", "الزعيم"))),
    ("أ, ب => ج", Rule(("أ", "ب"), ("ج",))),
    ("C#, سي شارب", Rule(("C#", "سي شارب"), ("C#", "سي شارب"))),
]


@pytest.mark.parametrize(("line", "rule"), LINES)
def test_a_line_is_a_rule(line: str, rule: Rule) -> None:
    assert read_synonyms(line, NAMED) == (rule,)


def test_remarks_and_empty_lines_are_passed_over() -> None:
    assert read_synonyms("# أسماء\n\n   \n#\n", NAMED) == ()


MISTAKES = [
    ("أ, ب\nوحيد", "line 2: 'وحيد' stands alone; write: one, other"),
    ("أ, , ب", "line 1: a term is missing"),
    ("\n=> ب", "line 2: a term is missing"),
    ("أ =>", "line 1: a term is missing"),
    ("أ => ب => ج", "line 1: => stands twice"),
    ("أ, !!", "line 1: '!!' has no word in it"),
    ("أ, " + "كلمة " * 9, "has 9 words; 8 is the most"),
    (", ".join(f"س{number}" for number in range(13)), "more than 12 terms; make two lines"),
    ("أ, ب\n" * (MOST_LINES + 1), "more than 20,000 lines"),
]


@pytest.mark.parametrize(("text", "says"), MISTAKES)
def test_a_mistake_is_told_with_its_line(text: str, says: str) -> None:
    with pytest.raises(SettingsError, match=r"^synonyms\.txt") as told:
        read_synonyms(text, NAMED)
    assert says in str(told.value)


def test_a_line_is_added(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    append(path, ["يونسكو", "UNESCO"])
    append(path, ["ناتو", "حلف شمال الأطلسي"])
    assert path.read_text("utf-8") == "يونسكو, UNESCO\nناتو, حلف شمال الأطلسي\n"


def test_a_line_is_added_to_a_file_that_ends_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    path.write_text("# لنا\nأ, ب", "utf-8")
    append(path, [" ج", "د "])
    assert path.read_text("utf-8") == "# لنا\nأ, ب\nج, د\n"


@pytest.mark.parametrize(
    "terms", [["وحيد"], ["أ", "ب, ج"], ["أ", "ب => ج"], ["أ", "ب\nج"], ["أ", "!"], ["#أ", "ب"]]
)
def test_terms_that_make_no_line_are_refused(terms: list[str], tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    with pytest.raises(UsageError):
        append(path, terms)
    assert not path.exists()


def test_nothing_is_added_to_a_file_with_a_wrong_line(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    path.write_text("أ, ب\nوحيد\n", "utf-8")
    with pytest.raises(SettingsError, match="line 2: 'وحيد' stands alone"):
        append(path, ["ج", "د"])
    assert path.read_text("utf-8") == "أ, ب\nوحيد\n"


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    path.write_bytes(b"x" * (MAX_BYTES + 1))
    with pytest.raises(SettingsError, match="is it the file you mean"):
        append(path, ["أ", "ب"])


@pytest.mark.parametrize(
    ("before", "taken", "after"),
    [
        ("أ, ب\nج, د\n", True, "أ, ب\n"),
        ("ج, د\n", True, ""),
        ("ج, د\nأ, ب\n", False, "ج, د\nأ, ب\n"),
        ("س, ج, د\n", False, "س, ج, د\n"),
        ("ج, د", False, "ج, د"),
        ("", False, ""),
    ],
)
def test_the_last_line_is_taken_back(before: str, taken: bool, after: str, tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    path.write_text(before, encoding="utf-8")
    assert take_back(path, ["ج", " د "]) is taken
    assert path.read_text(encoding="utf-8") == after
