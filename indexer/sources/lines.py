"""The lines of a page's text, and what the shape of a single line says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kashshaf.analyzers.orthography.folding import fold_text

TAB = 4
LONG_WORDS, LONG_CHARACTERS = 20, 110
"""Words and characters of a line that is a paragraph even without a full stop; headlines have fewer."""
LOOKED_AT = 5_000
"""Characters of a line by which it is judged: no paragraph is longer, and a file may be a single line."""
_LONGEST_ADDRESS = 300
_QUESTION_WORDS = 10
_LABEL_WORDS = 5
_CLOSERS = "»\"”\u2019')]}\u200f\u200e "
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_SEPARATORS = re.compile(r"\s*[|\uff5c\u203a»]\s*|\s+[>/•·]\s+")
_COUNT = re.compile(r"\W*\d{1,7}\W*")
_NOT_WORDS = re.compile(r"[\W_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
COPYRIGHT = "\u00a9"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    ``indent``: columns before it, a tab counting up to the next multiple of four. ``gap``: blank lines
    before it. ``key``: its words and numbers, folded, by which lines are compared.
    """

    text: str
    indent: int
    gap: int
    key: str = field(repr=False)

    @property
    def words(self) -> int:
        """The number of words; of a very long line, of its beginning."""
        return len(self.text[:LOOKED_AT].split())


def split_lines(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank, in order."""
    lines: list[Line] = []
    gap = 0
    for raw in text.split("\n"):
        wide = raw.lstrip(_INVISIBLE).expandtabs(TAB).replace("\u00a0", " ")
        shown = wide.strip().strip(_INVISIBLE).strip()
        if not shown:
            gap += 1
            continue
        lines.append(Line(shown, len(wide) - len(wide.lstrip()), gap, key(shown)))
        gap = 0
    return _single_spaced(lines)


def _single_spaced(lines: list[Line]) -> list[Line]:
    """The lines without the blank ones that stand before every line and so mean nothing."""
    everywhere = min((line.gap for line in lines[1:]), default=0)
    return [replace(line, gap=max(0, line.gap - everywhere)) for line in lines] if everywhere else lines


def key(text: str) -> str:
    """Words and numbers of ``text``, folded and joined by single spaces; empty for signs alone.

    Of a very long text its beginning counts.
    """
    return " ".join(_NOT_WORDS.sub(" ", fold_text(text[:LOOKED_AT])).split())


def ends_sentence(text: str) -> bool:
    """True if a text ends as a sentence does: a full stop, dots, or one inside closing quotes."""
    return text.rstrip(_CLOSERS).endswith((".", "…", "؛", ":.")) and not text.endswith("©")


def is_paragraph(line: Line) -> bool:
    """Running text: long, or ended like a sentence. A short question or «…:» may still be a heading."""
    if is_menu(line):
        return False
    if line.words >= LONG_WORDS or len(line.text) >= LONG_CHARACTERS or ends_sentence(line.text):
        return True
    last = line.text.rstrip(_CLOSERS)[-1:]
    return (last in ("؟", "?", "!") and line.words > _QUESTION_WORDS) or (
        last == ":" and line.words > _LABEL_WORDS
    )


def has_paragraph(text: str) -> bool:
    """True if a line of the text is a paragraph."""
    return any(map(is_paragraph, split_lines(text)))


def is_count(line: Line) -> bool:
    """A number alone, perhaps in brackets."""
    return bool(_COUNT.fullmatch(line.text))


def is_menu(line: Line) -> bool:
    """Links in a row, a breadcrumb, a copyright line, a bare address, or nothing but signs."""
    start = " ".join(line.text[:LOOKED_AT].split())
    if not line.key or COPYRIGHT in start or _ADDRESS.fullmatch(start[:_LONGEST_ADDRESS]):
        return True
    parts = _SEPARATORS.split(start)
    return len(parts) > 2 and line.words / len(parts) < 5


_SEGMENTS = re.compile(r"\s*[|\uff5c•·]\s*|\s+[-–—]\s+")


def segments(text: str) -> list[str]:
    """Its parts between bars, bullets and spaced dashes, none of them empty."""
    return [part for part in _SEGMENTS.split(" ".join(text.split())) if part.strip()]
