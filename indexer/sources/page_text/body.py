"""The article between its title and its comments: what is said of it, lead, headings, paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.index.dates.fields import names_change, without_label
from kashshaf.index.dates.parser import is_age, looks_like_date
from kashshaf.index.documents import Section
from kashshaf.indexer.sources.data import load_rows
from kashshaf.indexer.sources.lines import Line, is_count, is_menu, is_paragraph, segments

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

_LEAD_WORDS = 8
_HEADING_WORDS = 16
_LONGEST_LIST = 50
_LIST = 3
"""Short lines in a row that are a list of links: headings stand alone."""
_NAME_WORDS = (2, 5)
_LABEL_WORDS = 3
_LABELS = {fold_text(label): place for label, place in load_rows("bylines.tsv")}
"""Labels of authors, with the places where no colon need follow."""
_BARE = frozenset(label for label, place in _LABELS.items() if place == "anywhere")
_BARE_ABOVE_TEXT = _BARE | {label for label, place in _LABELS.items() if place == "above the text"}
_BULLETS = ("-", "•", "–", "*", "▪", "●", "◦", "—")


@dataclass(slots=True)
class Body:
    """The body of an article. ``date`` is the text that states it, empty for none.

    ``is_change``: it is said to be the day of the last change.
    """

    lead: str = ""
    sections: list[Section] = field(default_factory=list)
    author: str = ""
    date: str = ""
    is_change: bool = False

    def take_date(self, text: str) -> None:
        """Take the date that a text states, unless there is one already that is no change's."""
        if not self.date or self.is_change:
            found = date_in(text)
            is_change = bool(found) and names_change(text)
            if found and not (self.date and is_change):
                self.date, self.is_change = found, is_change

    @property
    def empty(self) -> bool:
        """True if there is no running text."""
        return not self.lead and not self.sections


def read_body(lines: Sequence[Line], start: int, end: int, seen: Counter[str]) -> Body:
    """The article in ``lines[start:end]``; ``seen`` counts every key of the page, for what stands twice.

    The text ends with its last paragraph, or before a list of short lines that little follows. A short
    line that stands alone above a paragraph, and nowhere else on the page, is its heading.
    """
    body = Body()
    part = [line for line in lines[start:end] if not is_count(line)]
    text = _paragraphs(part)
    if not text:
        return body
    fill_byline(part[: text[0]], body)
    text = text[: _length(part, text)]
    _assemble(part, text, body, seen)
    return body


def _paragraphs(part: Sequence[Line]) -> list[int]:
    """Numbers of the lines that are running text."""
    found: list[int] = []
    for number, line in enumerate(part):
        glued = (
            number == 0
            and not line.gap
            and line.words >= _LEAD_WORDS
            and not is_menu(line)
            and not is_about_article(line)
        )
        listed = (
            line.text.startswith(_BULLETS) and found and found[-1] == number - 1 and _opens_list(part, number)
        )
        if is_paragraph(line) or glued or listed:
            found.append(number)
    return found


def _opens_list(part: Sequence[Line], number: int) -> bool:
    """True if the lines with bullets above this one follow a line that ends in a colon."""
    above = next(
        (
            line
            for line in reversed(part[max(0, number - _LONGEST_LIST) : number])
            if not line.text.startswith(_BULLETS)
        ),
        None,
    )
    return above is not None and above.text.endswith(":")


def _length(part: Sequence[Line], text: list[int]) -> int:
    """The number of paragraphs up to a list of links with less than half as much text after it."""
    sizes = [len(part[number].text) for number in text]
    for at in range(1, len(text)):
        listed = text[at] - text[at - 1] - 1
        if listed >= _LIST and sum(sizes[at:]) * 2 < sum(sizes[:at]):
            return at
    return len(text)


def _assemble(part: Sequence[Line], text: list[int], body: Body, seen: Counter[str]) -> None:
    spaced = any(part[number].gap for number in text[1:])
    heading, above = "", -1
    paragraphs: list[str] = []
    for place, number in enumerate(text):
        short = part[above + 1 : number]
        found = _heading(short, part[number], spaced, seen, first=place == 0)
        if found:
            _close(body, heading, paragraphs)
            heading, paragraphs = found, []
        if place == 0 and not found and not part[number].gap:
            body.lead = part[number].text
        else:
            paragraphs.append(part[number].text)
        above = number
    _close(body, heading, paragraphs)


def _close(body: Body, heading: str, paragraphs: list[str]) -> None:
    if paragraphs:
        body.sections.append(Section(heading, "\n\n".join(paragraphs)))


def _heading(short: Sequence[Line], below: Line, spaced: bool, seen: Counter[str], *, first: bool) -> str:
    """The heading among the short lines above a paragraph: the last, if it stands free and once."""
    if not short or len(short) >= _LIST:
        return ""
    line = short[-1]
    if line.words > _HEADING_WORDS or is_menu(line) or seen[line.key] > 1 or is_about_article(line):
        return ""
    if spaced and not line.gap:
        return ""
    if first and not below.gap:
        return ""  # glued to the lead: a line about the article
    labelled = len(short) == 2 and short[0].text.endswith(":")
    return "" if labelled else line.text


def is_about_article(line: Line) -> bool:
    """True if the line is about the article: a date in it, or a label that an author follows."""
    return any(date_in(part) or _author_in(part) for part in segments(line.text))


def fill_byline(short: Sequence[Line], body: Body) -> None:
    """Author and date from the short lines between the title and the text."""
    for at, line in enumerate(short):
        parts = segments(line.text) if looks_like_date(line.text) is False else [line.text]
        for part in parts:
            body.take_date(part)
            body.author = body.author or _author_in(part, _BARE_ABOVE_TEXT)
        if not body.author and any(map(date_in, parts)):
            body.author = _name_beside(parts, short[at - 1] if at and not line.gap else None)


def date_in(part: str) -> str:
    """The date that the whole of a text states, without its label; empty for none."""
    return part if looks_like_date(part) else _labelled_date(part) or without_label(part)


def _labelled_date(part: str) -> str:
    """The date at the end of «label: date» or after up to three words; else empty."""
    words = part.split()
    for cut in range(1, min(_LABEL_WORDS, len(words) - 1) + 1):
        rest = " ".join(words[cut:])
        if looks_like_date(rest) and (not is_age(rest) or ":" in part):
            return rest
    return ""


def _author_in(part: str, bare: frozenset[str] = _BARE) -> str:
    """The name after a label: any with a colon, one of ``bare`` without."""
    label, colon, name = part.partition(":")
    if not colon:
        label, _, name = part.partition(" ")
    words = fold_text(label).split()
    known = len(words) in range(1, _LABEL_WORDS + 1) and words[0] in (_LABELS if colon else bare)
    return name.strip(" -") if known and 1 <= len(name.split()) <= _NAME_WORDS[1] else ""


def _name_beside(parts: Sequence[str], above: Line | None) -> str:
    """A name without a label: the nearest to the date in its line, or on the line glued above it."""
    if len(parts) == 1 and above is not None:
        parts = [*segments(above.text), *parts]
    dated = next((n for n, part in enumerate(parts) if date_in(part)), len(parts))
    names = sorted(
        (abs(n - dated), part.strip()) for n, part in enumerate(parts) if n != dated and is_name(part)
    )
    if not names or (len(names) > 1 and names[0][0] == names[1][0]):
        return ""
    return names[0][1]


def author_in(text: str) -> str:
    """The name after a label above a text: «الكاتب: …», «بقلم …»; empty for none."""
    return _author_in(text, _BARE_ABOVE_TEXT)


def author_name(text: str) -> str:
    """The name in a line that is known to name the author: without «بقلم» or what else a colon ends."""
    return author_in(text) or text.rpartition(":")[2].strip()


def is_name(text: str) -> bool:
    """True for a few words of letters alone, as a person's name has."""
    least, most = _NAME_WORDS
    return least <= len(text.split()) <= most and all(
        char.isalpha() or char in " .'\u064b\u0651" for char in text
    )
