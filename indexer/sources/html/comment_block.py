"""The comments that a page shows: who wrote them, how many its header declares, and which lines they fill.

What stands from their header on is none of the article's text, whatever element holds both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kashshaf.index.documents import Comment
from kashshaf.indexer.sources.html import tree
from kashshaf.indexer.sources.html.comment_lines import find_lines
from kashshaf.indexer.sources.html.comments import PARTED, comment_elements, comments_of
from kashshaf.indexer.sources.lines import has_paragraph, key, split_lines
from kashshaf.indexer.sources.outcome import pointer
from kashshaf.indexer.sources.page_text.comments import declared_count, is_header, names_comments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashshaf.indexer.sources.dater import Dater
    from kashshaf.indexer.sources.html.comment_lines import LineComment
    from kashshaf.indexer.sources.html.tree import Block, Element

_ABOVE_FIRST = 3
"""Lines above the first comment of which one may be the header."""
_SEVERAL = 2
_ENOUGH = 200
"""Characters of running text that must stand above the comments for them to end it."""


@dataclass(frozen=True, slots=True)
class CommentBlock:
    """Comments with what is known of their place.

    ``declared``: the number in their header, None without one. ``lines``: keys of the lines from the header
    on that do not stand above it too; empty where most of the page's text stands below.
    """

    comments: tuple[Comment, ...] = ()
    declared: int | None = None
    lines: frozenset[str] = frozenset()


def find_block(root: Element, dater: Dater) -> CommentBlock:
    """The comments that the page shows: elements of one shape, else lines that name and date them."""
    items = comment_elements(root)
    comments = comments_of(items, dater)
    blocks = list(tree.blocks(root))
    if comments:
        inside = {below for item in items for below in item.iter()}
        own = {number for number, block in enumerate(blocks) if block.element in inside}
        return _placed(comments, _header_above(blocks, min(own, default=0)), own, blocks)
    found = find_lines(blocks)
    if found is None:
        return CommentBlock()
    made = tuple(_comment(number, one, dater) for number, one in enumerate(found.comments) if one.text)
    return _placed(made, found.start, set(range(found.start, len(blocks))), blocks)


def declared_above(root: Element, comments: Sequence[Comment]) -> int | None:
    """The number in the header of comments that a profile has found; None without one."""
    said = _lines(comments)
    blocks = list(tree.blocks(root)) if said else []
    first = next((number for number, block in enumerate(blocks) if key(block.text) in said), 0)
    return _declared(blocks, _header_above(blocks, first))


def holds_comments(blocks: Sequence[Block], comments: Sequence[Comment]) -> bool:
    """True if one of the blocks names comments, or is a line of one of them."""
    said = _lines(comments)
    return any(key(block.text) in said or names_comments(block.text) for block in blocks)


def _lines(comments: Sequence[Comment]) -> set[str]:
    return {key(line) for comment in comments for line in comment.text.split(PARTED)}


def _comment(number: int, one: LineComment, dater: Dater) -> Comment:
    date, precision = dater.read(one.date)
    return Comment(pointer(number), one.author, date, precision, PARTED.join(one.text))


def _header_above(blocks: Sequence[Block], first: int) -> int:
    """The number of the line that names comments, not far above the first; of the first where none does."""
    above = range(max(0, first - _ABOVE_FIRST), first)
    return next((number for number in above if _is_header(blocks[number])), first)


def _is_header(block: Block) -> bool:
    return any(map(is_header, split_lines(block.text)))


def _placed(
    comments: tuple[Comment, ...], start: int, own: set[int], blocks: Sequence[Block]
) -> CommentBlock:
    prose = [len(block.text) if has_paragraph(block.text) else 0 for block in blocks]
    above = sum(prose[:start])
    below = sum(length for number, length in enumerate(prose) if number >= start and number not in own)
    declared = _declared(blocks, start)
    if above < _ENOUGH or below > above:
        return CommentBlock(comments, declared)
    keys = [key(block.text) for block in blocks]
    text = {*range(start), *_going_on(blocks, start, own)}
    said = frozenset(keys[start:]) - {keys[number] for number in text}
    return CommentBlock(comments, declared, said)


def _declared(blocks: Sequence[Block], start: int) -> int | None:
    """The number of comments that a line declares; None where it is no header."""
    header = blocks[start] if start < len(blocks) else None
    return declared_count(header.text) if header is not None and _is_header(header) else None


def _going_on(blocks: Sequence[Block], start: int, own: set[int]) -> list[int]:
    """The numbers of paragraphs below what was taken for comments that stand beside those above it.

    Several of them show that the text goes on: the footer stands elsewhere.
    """
    around = {_around(block) for block in blocks[:start] if has_paragraph(block.text)} - {None}
    below = range(max(own, default=start) + 1, len(blocks))
    found = [n for n in below if _around(blocks[n]) in around and has_paragraph(blocks[n].text)]
    return found if len(found) >= _SEVERAL else []


def _around(block: Block) -> Element | None:
    """The element that a paragraph's element stands in; None for what is no paragraph."""
    return block.element.getparent() if block.element is not None and block.tag == "p" else None
