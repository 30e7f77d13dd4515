"""The readers' comments in a page's text: where they begin, where each ends, who answers whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.index.dates.parser import looks_like_date
from kashshaf.indexer.sources.lines import (
    LOOKED_AT,
    Line,
    ends_sentence,
    is_count,
    is_paragraph,
    key,
    segments,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADER_WORDS = 6
_CLOSED_WORDS = 9
_AUTHOR_WORDS = 8
_BUTTON_WORDS = 3
_MOST_BUTTONS = 10
_LINES_TO_FIRST = 8
_COMMENT = re.compile(r"\b(?:ال|و|ب)?تعليق(?:ات|ا|ان|ين)?\b")
_NUMBER = re.compile(r"\d{1,7}")
_BRACKETED = re.compile(r"[(\[{]\s*\d{1,7}\s*[)\]}]")
_WORD_COUNTS = (
    (re.compile(r"\bلا (?:توجد |يوجد )?تعليق"), 0),
    (re.compile(r"\bتعليقان\b"), 2),
    (re.compile(r"\bتعليق واحد\b"), 1),
)
_ANSWER = re.compile(r"\bردا? علي\b")
_MARKS = re.compile(r"^(?:[↳↪⤷└╰→←>\u203a»-]\s?|─|—)+\s*")


@dataclass(frozen=True, slots=True)
class PageComment:
    """A comment as the page has it: ``date`` the line that states it, ``parent`` another's number or None."""

    author: str
    date: str
    text: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class CommentBlock:
    """The block of comments: ``start`` is the line of its header; without any, past the last line."""

    start: int
    declared: int | None
    comments: tuple[PageComment, ...]


def find_comments(lines: Sequence[Line], after: int) -> CommentBlock:
    """Find the comments below line number ``after`` (the title's)."""
    headers = [n for n in range(after + 1, len(lines)) if is_header(lines[n])]
    naming = [n for n in headers if names_comments(lines[n].text)]
    counted = [count for n in naming if (count := declared_count(lines[n].text)) is not None]
    first = next((n for n, line in enumerate(lines) if n > after and is_paragraph(line)), len(lines))
    header, anchors = _opened([n for n in headers if n > first] or headers, lines, after)
    if anchors:
        nearest = _nearest(header, anchors[0].line, headers, naming)
        count = declared_count(lines[nearest].text)
        count = counted[0] if count is None and counted else count
        return CommentBlock(nearest, count, tuple(_spoken(lines, nearest, anchors, count)))
    prose = list(accumulate(len(line.text) if is_paragraph(line) else 0 for line in lines[after + 1 :]))
    ends = [
        n
        for n in range(after + 1, len(lines))
        if _says_closed(lines[n]) and _ends_article(prose, n - after - 1)
    ]
    return CommentBlock(ends[0] if ends else len(lines), counted[0] if counted else None, ())


def _nearest(header: int, first: int, headers: list[int], naming: list[int]) -> int:
    """The last header above the first comment that names comments, else the last of all above it."""
    above = [n for n in headers if header <= n < first]
    return max([n for n in above if n in naming] or above)


def _says_closed(line: Line) -> bool:
    """True for a short line about comments, which may be a sentence."""
    return names_comments(line.text) or (
        line.words <= _CLOSED_WORDS
        and bool(_COMMENT.search(fold_text(line.text[:LOOKED_AT])))
        and ends_sentence(line.text)
    )


def declared_count(text: str) -> int | None:
    """The count that a header states: «التعليقات (٥)», «5 تعليقات», «تعليقان», «لا توجد تعليقات»."""
    folded = fold_text(text[:LOOKED_AT])
    numbers = _NUMBER.findall(folded)
    if len(numbers) == 1:
        return int(numbers[0])
    return next((count for form, count in _WORD_COUNTS if form.search(folded)), None)


def names_comments(text: str) -> bool:
    """True for a short text about comments, as above or below a list of them."""
    return (
        len(text.split()) <= _HEADER_WORDS
        and bool(_COMMENT.search(fold_text(text[:LOOKED_AT])))
        and not ends_sentence(text)
    )


def is_header(line: Line) -> bool:
    """A short line that names comments, or is a name with a count in brackets."""
    if is_paragraph(line) or is_count(line) or looks_like_date(line.text):
        return False
    counted = line.words <= _HEADER_WORDS and bool(_BRACKETED.search(fold_text(line.text[:LOOKED_AT])))
    return counted or names_comments(line.text)


def _ends_article(prose: Sequence[int], at: int) -> bool:
    """True if most running text, summed up by line, is above: a heading may name comments too."""
    above = prose[at - 1] if at else 0
    return above > prose[-1] - prose[at]


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A line that dates a comment; ``author`` where the same line names him."""

    line: int
    date: str
    author: str | None = None


def _opened(headers: list[int], lines: Sequence[Line], after: int) -> tuple[int, list[_Anchor]]:
    """Return the first header with a dating line near below it, and all those below, of one shape."""
    for shape in (_dating, _naming_and_dating):
        found = [anchor for n in range(after + 1, len(lines)) if (anchor := shape(lines[n], n))]
        places = [anchor.line for anchor in found]
        for header in headers:
            first = bisect_right(places, header)
            if first < len(found) and places[first] - header <= _LINES_TO_FIRST:
                return header, _alike(lines, header, found[first:])
    return 0, []


def _dating(line: Line, number: int) -> _Anchor | None:
    return _Anchor(number, line.text) if looks_like_date(line.text) else None


def _naming_and_dating(line: Line, number: int) -> _Anchor | None:
    """«name · age» or «name (age)»."""
    parts = segments(line.text.replace("(", " | ").replace(")", " ").replace("،", " | "))
    if len(parts) == 2 and looks_like_date(parts[1]) and len(parts[0].split()) <= _AUTHOR_WORDS:
        return _Anchor(number, parts[1].strip(), parts[0].strip())
    return None


def _alike(lines: Sequence[Line], header: int, found: list[_Anchor]) -> list[_Anchor]:
    """The anchors that begin and are indented as the first, without those that directly follow another."""
    first = lines[found[0].line]
    sign = first.text[0] if not first.text[0].isalnum() else ""
    kept: list[_Anchor] = []
    for anchor in found:
        line = lines[anchor.line]
        alike = line.text.startswith(sign) and line.indent >= _least_indent(lines, header, first)
        if alike and not (kept and kept[-1].line == anchor.line - 1):
            kept.append(anchor)
    return kept


def _least_indent(lines: Sequence[Line], header: int, first: Line) -> int:
    """The indentation of comments that are set in, which end where it does; else 0."""
    return first.indent if first.indent > lines[header].indent else 0


def _spoken(
    lines: Sequence[Line], header: int, anchors: list[_Anchor], count: int | None
) -> Iterator[PageComment]:
    least = _least_indent(lines, header, lines[anchors[0].line])
    if not least and count:
        anchors = anchors[:count]
    heads, bodies = _cut(lines, header, anchors, least)
    bodies = _without_buttons(bodies)
    names: dict[str, int] = {}
    open_at: list[tuple[int, int]] = []
    for number, (anchor, head, body) in enumerate(zip(anchors, heads, bodies, strict=True)):
        author, depth = _author(anchor, head)
        indent = lines[anchor.line].indent + depth
        text, answered = _answered(body, names)
        while open_at and open_at[-1][0] >= indent:
            open_at.pop()
        parent = answered if answered is not None else open_at[-1][1] if open_at else None
        open_at.append((indent, number))
        names[key(author)] = number
        yield PageComment(author, anchor.date, _joined(text), parent)


Lines = list[Line]


def _cut(
    lines: Sequence[Line], header: int, anchors: list[_Anchor], least: int
) -> tuple[list[Line | None], list[Lines]]:
    """Author's line and text of each comment; the date stands between them, or after both."""
    ends = [anchor.line for anchor in anchors]
    tail = _tail(lines, ends[-1], least)
    between = [
        [line for line in lines[start + 1 : end] if line.indent >= least]
        for start, end in zip([header, *ends], ends, strict=False)
    ]
    if anchors[0].author is not None:
        return [None] * len(anchors), [*between[1:], tail]
    if least and not tail and all(len(part) > 1 for part in between):
        return [part[0] for part in between], [part[1:] for part in between]
    heads = [part[-1] if part else None for part in between]
    return heads, [*(part[:-1] for part in between[1:]), tail]


def _tail(lines: Sequence[Line], last: int, least: int) -> Lines:
    """The last comment's text: as far as it is set in, else to a blank line and on while it is a text."""
    text: Lines = []
    for line in lines[last + 1 :]:
        if line.indent < least or (text and line.gap and names_comments(line.text)):
            break
        if not least and text and (is_count(line) or (line.gap and not is_paragraph(line))):
            break
        text.append(line)
    return text


def _without_buttons(bodies: list[Lines]) -> list[Lines]:
    """The bodies without short lines and lone counts that most end with; none is left empty."""
    bodies = [list(body) for body in bodies]
    for _ in range(_MOST_BUTTONS):
        lasts = Counter(_button(body[-1]) for body in bodies if len(body) > 1)
        common = {name for name, count in lasts.items() if count >= max(2, len(bodies) // 2 + 1)}
        taken = [body.pop() for body in bodies if len(body) > 1 and _button(body[-1]) in common]
        if not taken:
            break
    return bodies


def _button(line: Line) -> str:
    """A button's key without its number; for a line too long to be one, a key that no other line has."""
    return re.sub(r"\d+", "", line.key).strip() if line.words <= _BUTTON_WORDS else f"\0{id(line)}"


def _author(anchor: _Anchor, head: Line | None) -> tuple[str, int]:
    """The name, and how much deeper than its indentation signs before it («↳») say that it stands."""
    name = anchor.author if anchor.author is not None else head.text if head else ""
    marks = _MARKS.match(name)
    if not marks or marks.end() == len(name):
        return name, 0
    return name[marks.end() :], len(marks[0].replace(" ", ""))


def _answered(body: Lines, names: dict[str, int]) -> tuple[Lines, int | None]:
    """The text without a first line «رداً على NAME», and the number of the comment it answers."""
    if len(body) < 2:
        return body, None
    found = _ANSWER.search(fold_text(body[0].text))
    name = key(fold_text(body[0].text)[found.end() :]) if found else ""
    if not name or name not in names:
        return body, None
    return body[1:], names[name]


def _joined(body: Lines) -> str:
    first = [replace(line, gap=0) if not number else line for number, line in enumerate(body)]
    return "".join(
        ("\n\n" if line.gap else "\n" if number else "") + line.text for number, line in enumerate(first)
    )
