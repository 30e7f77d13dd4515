"""What papers put around a text that is not of it: lists of more to read, and the agency it came from.

Written as people read them; compared folded, so hamzas and marks do not matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Words = tuple[str, ...]

MORE = (
    "اقرأ أيضا",
    "اقرأ ايضاً في",
    "اقرأ المزيد",
    "اقرؤوا أيضا",
    "شاهد أيضا",
    "طالع أيضا",
    "تابع أيضا",
    "تصفح أيضا",
    "قد يهمك أيضا",
    "قد يعجبك أيضا",
    "قد يهمك",
    "أخبار ذات صلة",
    "مقالات ذات صلة",
    "مواضيع ذات صلة",
    "مواد ذات صلة",
    "روابط ذات صلة",
    "أخبار متعلقة",
    "مواضيع متعلقة",
    "موضوعات متعلقة",
    "مقالات متعلقة",
    "مواضيع مشابهة",
    "للمزيد من الأخبار",
    "لمزيد من الأخبار",
    "للمزيد من التفاصيل",
    "لمزيد من التفاصيل",
    "لقراءة المزيد",
    "لمتابعة آخر الأخبار",
    "لمتابعة المزيد",
    "تابعونا على",
    "تابعنا على",
    "تابعوا آخر الأخبار",
    "اشترك في قناتنا",
    "اشتركوا في قناتنا",
    "انضم إلى قناتنا",
    "انضموا إلى قناتنا",
    "جميع الحقوق محفوظة",
    "حقوق النشر محفوظة",
    "حقوق الطبع محفوظة",
)
"""How a list of more to read, or what a site says of itself, begins."""

FROM = ("المصدر", "المصادر", "مصدر الخبر", "نقلا عن", "وكالات", "الوكالات")
"""How a line begins that says where a text came from."""

AGENCIES = (
    "واس",
    "وكالة الأنباء السعودية",
    "رويترز",
    "أ ف ب",
    "فرانس برس",
    "وكالة فرانس برس",
    "أ ب",
    "أسوشيتد برس",
    "أسوشييتد برس",
    "د ب أ",
    "وكالة الأنباء الألمانية",
    "أ ش أ",
    "وكالة أنباء الشرق الأوسط",
    "الأناضول",
    "وكالة الأناضول",
    "شينخوا",
    "سبوتنيك",
    "نوفوستي",
    "يو بي آي",
    "بترا",
    "سانا",
    "سبأ",
    "كونا",
    "قنا",
    "وام",
    "بنا",
    "وفا",
    "معا",
    "وات",
    "وأج",
    "وكالات",
    "الوكالات",
    "CNN",
    "BBC",
    "بي بي سي",
    "سي إن إن",
)
"""News agencies as a dateline names them. Some are words as well: they are looked for at the edges alone."""

DATELINE = 6
"""Words among which an agency makes what stands before it a dateline: «الرياض (واس) -»."""
SIGNATURE = 5
"""Words at the end among which an agency is a signature."""
CREDIT = 6
"""Words of a line that says where a text came from, at the most."""
LINK = 25
"""Words of a line that names something more to read, at the most: its title."""
TAIL = 3
"""What follows a list's beginning is the list where it is at most this part of what stands before."""


class Boilerplate(NamedTuple):
    """The tables, folded, by the first word of each entry."""

    more: dict[str, list[Words]]
    origins: dict[str, list[Words]]
    agencies: dict[str, list[Words]]

    def without(self, lines: Iterable[Words]) -> list[str]:
        """The words of a text, given line by line, without what is not of it."""
        kept: list[str] = []
        lines = [line for line in lines if line and not self._is_credit(line)]
        for line in self._before_the_list(lines):
            if len(line) > LINK or not _begins(self.more, line):
                kept += line
        return self._unsigned(self._undated(kept))

    def _is_credit(self, line: Words) -> bool:
        return len(line) <= CREDIT and bool(_begins(self.origins, line))

    def _before_the_list(self, lines: Sequence[Words]) -> list[Words]:
        """The lines up to a list of more to read, which may begin within a line."""
        left = sum(map(len, lines))
        before = 0
        for number, line in enumerate(lines):
            for at, word in enumerate(() if self.more.keys().isdisjoint(line) else line):
                rest = left - before - at
                if word in self.more and rest * TAIL <= before + at and _begins(self.more, line[at:]):
                    return [*lines[:number], line[:at]]
            before += len(line)
        return [*lines]

    def _undated(self, words: list[str]) -> list[str]:
        for at in range(min(DATELINE, len(words)) - 1, -1, -1):
            if length := _begins(self.agencies, words[at:DATELINE]):
                return words[at + length :]
        return words

    def _unsigned(self, words: list[str]) -> list[str]:
        edge = max(0, len(words) - SIGNATURE)
        for at in range(edge, len(words)):
            length = _begins(self.agencies, words[at:])
            if length and at + length == len(words):
                return words[:at]
        return words


def _begins(table: dict[str, list[Words]], words: Sequence[str]) -> int:
    """Words of the longest entry that ``words`` begin with; 0 for none."""
    entries = table.get(words[0], ()) if words else ()
    return max((len(entry) for entry in entries if tuple(words[: len(entry)]) == entry), default=0)


def boilerplate(fold: Callable[[str], Iterable[str]]) -> Boilerplate:
    """The tables as ``fold`` has their words."""

    def folded(entries: Iterable[str]) -> dict[str, list[Words]]:
        table: dict[str, list[Words]] = {}
        for words in (tuple(fold(entry)) for entry in entries):
            table.setdefault(words[0], []).append(words)
        return table

    return Boilerplate(folded(MORE), folded(FROM), folded(AGENCIES))
