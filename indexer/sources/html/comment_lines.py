"""Comments without an element of their own: lines that name and date one, each with its text below or above.

They stand below a line that names comments («تعليقات القراء (4)»): one table each, terms and definitions, or
nothing but line breaks. All lines that date a comment have one shape, so that a date in somebody's words is
none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kashshaf.index.dates.fields import without_labels
from kashshaf.index.dates.within import find_date
from kashshaf.indexer.sources.html.tree import plain
from kashshaf.indexer.sources.lines import COPYRIGHT, has_paragraph, split_lines
from kashshaf.indexer.sources.page_text.comments import declared_count, is_header, names_comments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.indexer.sources.html.tree import Block

_MOST_LINES = 4_000
"""Lines below a header that are looked at."""
_MOST_HEADERS, _TO_FIRST = 20, 8
"""Headers that are tried, and lines between one and the first line that dates."""
_LONGEST_ANCHOR, _LONGEST_NAME, _LONGEST_LINK = 120, 8, 4
"""Characters of a line that dates, words of a name, and of one that is a link: headlines have more."""
_LINKED = 0.5
_GOOD = 0.8
"""Share of the lines that date which must have a name and a text."""
_MOST_ALONE = 5
"""Lines of a comment that no other shows the length of."""


@dataclass(frozen=True, slots=True)
class LineComment:
    """A comment in lines: ``date`` is the text that states it."""

    author: str
    date: str
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommentLines:
    """Comments in lines; ``start`` is the number of their header among the blocks."""

    start: int
    comments: tuple[LineComment, ...]


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A line that dates a comment; ``name_at`` is the one that names who wrote it, itself or that above."""

    at: int
    name_at: int
    author: str
    date: str
    shape: tuple[object, ...]


def find_lines(blocks: Sequence[Block]) -> CommentLines | None:
    """Find the comments among the blocks of a page, below its running text; None where there are none."""
    text = next((n for n, block in enumerate(blocks) if has_paragraph(block.text)), len(blocks))
    headers = [n for n in range(text + 1, len(blocks)) if _is_header(blocks[n])][:_MOST_HEADERS]
    if not headers:
        return None
    last = min(len(blocks), headers[0] + _MOST_LINES)
    anchors = [found for n in range(headers[0] + 1, last) if (found := _anchor(blocks, n))]
    for header in headers:
        alike = _alike([anchor for anchor in anchors if anchor.at > header])
        if alike and alike[0].at - header <= _TO_FIRST:
            comments = _comments(blocks, header, alike)
            if _are_enough(comments, alike, blocks[header].text):
                return CommentLines(header, comments)
    return None


def _is_header(block: Block) -> bool:
    return declared_count(block.text) != 0 and any(map(is_header, split_lines(block.text)))


def _anchor(blocks: Sequence[Block], number: int) -> _Anchor | None:
    """The line of that number, if all that it says is a date and perhaps a name; a name above it will do."""
    block = blocks[number]
    line = " ".join(map(plain, block.pieces)) if block.pieces else block.text
    found = find_date(line) if len(line) <= _LONGEST_ANCHOR else None
    if found is None:
        return None
    before, after = without_labels(found.before), without_labels(found.after)
    above = "" if before or after else without_labels(blocks[number - 1].text)
    name = before or after or above
    if (before and after) or not _is_name(name, block):
        return None
    sign = line[: line.find(found.date)].rstrip()[-1:]
    shape = (block.tag, bool(before), bool(after), sign.isalnum() or sign, bool(block.pieces))
    return _Anchor(number, number - bool(above), name, found.date, shape)


def _is_name(text: str, block: Block) -> bool:
    most = _LONGEST_NAME if block.linked < _LINKED else _LONGEST_LINK
    return any(map(str.isalpha, text)) and len(text.split()) <= most


def _alike(anchors: Sequence[_Anchor]) -> list[_Anchor]:
    """The anchors of the shape of the first."""
    return [anchor for anchor in anchors if anchor.shape == anchors[0].shape]


def _comments(blocks: Sequence[Block], header: int, anchors: Sequence[_Anchor]) -> tuple[LineComment, ...]:
    between = [blocks[one.at + 1 : other.name_at] for one, other in pairwise(anchors)]
    above = blocks[header + 1 : anchors[0].name_at]
    below = _last(blocks[anchors[-1].at + 1 :], between or [above])
    texts = [*between, below] if _says(below) or not _says(above) else [above, *between]
    return tuple(
        LineComment(anchor.author, anchor.date, _says(text))
        for anchor, text in zip(anchors, texts, strict=True)
    )


def _says(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The lines that are somebody's words: no row of links, no number alone."""
    return tuple(
        block.text for block in blocks if block.linked < _LINKED and any(map(str.isalpha, block.text))
    )


def _last(rest: Sequence[Block], others: Sequence[Sequence[Block]]) -> list[Block]:
    """The lines of the last comment: no more than others have, in such elements as theirs."""
    longest = max(map(len, others)) or _MOST_ALONE
    tags = {block.tag for each in others for block in each} or {block.tag for block in rest[:1]}
    return list(_until_end(rest[:longest], tags))


def _until_end(rest: Sequence[Block], tags: set[str]) -> Iterator[Block]:
    for block in rest:
        if block.tag not in tags or COPYRIGHT in block.text or names_comments(block.text):
            return
        yield block


def _are_enough(comments: Sequence[LineComment], anchors: Sequence[_Anchor], header: str) -> bool:
    """True for several comments of which most say something, or for one that the header counts."""
    good = sum(bool(comment.text) for comment in comments)
    return good >= _GOOD * len(anchors) and (good > 1 or bool(good and declared_count(header)))
