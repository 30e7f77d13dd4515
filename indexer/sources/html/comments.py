"""Readers' comments in a page: from JSON-LD, microdata, or what repeats and is called a comment."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree

from kashshaf.index.dates.fields import without_labels
from kashshaf.index.dates.parser import looks_like_date
from kashshaf.index.dates.within import find_date
from kashshaf.index.documents import Comment
from kashshaf.indexer.sources.decoding.values import count, plain
from kashshaf.indexer.sources.html import tree
from kashshaf.indexer.sources.html.repeated import are_comments, dated_sets, listed_sets
from kashshaf.indexer.sources.lines import key
from kashshaf.indexer.sources.outcome import pointer
from kashshaf.indexer.sources.page_text.comments import declared_count, names_comments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kashshaf.indexer.sources.dater import Dater
    from kashshaf.indexer.sources.html.tree import Element

_DIGITS = re.compile(r"\d+")
_VOTES = re.compile(r"[+-]?\d{1,9}")
_MOST = 100_000
_AUTHOR = ("author", "name", "user", "writer")
_LIKES = ("like", "rating", "vote", "score")
_HOLDERS = ("li", "div", "article", "section", "table", "tr", "dl", "p")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_TEXT = ("text", "body", "content", "message")
_LIST_NAMES = frozenset(("comments", "commentlist", "list", "section", "area", "thread", "threads"))
"""Names of all comments together, in class or id, where each stands as a word of its own."""
_FORM = frozenset(("form", "input", "textarea"))
PARTED = "\n\n"
"""The separator of a comment's lines."""
_FURNITURE_SHARE, _FEWEST_ALIKE = 0.8, 3
_SHORT_WORDS = 8
_LINKED = 0.5
_MOST_SHAPES = 100


def is_comments(element: Element) -> bool:
    """True if the element is called comments by class, id or schema.org's type."""
    return "comment" in tree.named(element) or _typed(element)


def _typed(element: Element) -> bool:
    return (element.get("itemtype") or "").rstrip("/").endswith("schema.org/Comment")


def linked_comments(article: dict[str, Any], dater: Dater) -> tuple[Comment, ...]:
    """The comments in the JSON-LD of the article, replies below their own."""
    made: list[Comment] = []
    waiting: list[tuple[Any, str]] = [(article.get("comment"), "")]
    while waiting and len(made) < _MOST:
        node, parent = waiting.pop()
        if isinstance(node, list):
            waiting += [(one, parent) for one in reversed(node)]
        elif isinstance(node, dict) and (text := plain(node.get("text")) or ""):
            own = pointer(len(made))
            date, precision = dater.read(plain(node.get("dateCreated") or node.get("datePublished")) or "")
            likes = count(node.get("upvoteCount")) or 0
            author = plain(node.get("author")) or ""
            made.append(Comment(own, author, date, precision, text, parent, likes))
            waiting.append((node.get("comment"), own))
    return tuple(made)


def comments_of(items: Sequence[Element], dater: Dater) -> tuple[Comment, ...]:
    """The comments that elements are, each with what is its own; without those that say nothing."""
    ids = {element: comment_id(element) or pointer(number) for number, element in enumerate(items)}
    read = {element: parts_of(element, ids.keys()) for element in items}
    furniture = repeated_lines([parts.text for parts in read.values()], _FURNITURE_SHARE)
    made: list[Comment] = []
    for element, parts in read.items():
        text = without_lines(parts.text, furniture)
        if not text:
            continue
        date, precision = dater.read(parts.date)
        above = next((ids[up] for up in element.iterancestors() if up in ids), "")
        made.append(Comment(ids[element], parts.author, date, precision, text, above, parts.likes))
    return tuple(made)


def repeated_lines(texts: Sequence[str], share: float) -> frozenset[str]:
    """Keys of the lines that stand in that share of comments, and in three at least, beside other ones.

    Such are buttons and ranks: no reader's own words.
    """
    lines = [{key(line) for line in text.split(PARTED)} for text in texts]
    counts = Counter(line for each in lines if len(each) > 1 for line in each)
    fewest = max(_FEWEST_ALIKE, share * len(texts))
    return frozenset(line for line, count in counts.items() if count >= fewest)


def without_lines(text: str, furniture: AbstractSet[str]) -> str:
    """A comment's text without such lines; the whole of it where it has no others."""
    if not furniture:
        return text
    return PARTED.join(line for line in text.split(PARTED) if key(line) not in furniture) or text


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a comment, each with the element that holds it alone, None where none does."""

    author: str
    date: str
    text: str
    likes: int
    author_in: Element | None = None
    date_in: Element | None = None
    text_in: Element | None = None
    likes_in: Element | None = None


def parts_of(element: Element, others: AbstractSet[Element]) -> Parts:
    """The parts of a comment; ``others`` are the elements of all comments."""
    own = _own(element, others)
    date, date_in = next(_dates(own), ("", None))
    author_in, text_in, author, text = _words(element, own, others, date_in)
    likes, likes_in = _likes(own)
    return Parts(author, date, text, likes, author_in, date_in, text_in, likes_in)


def comment_elements(root: Element) -> list[Element]:
    """The elements of comments: microdata's, else the largest set called a comment, of one shape.

    Dated ones come first, then such as name an author. Of sets of one size the comments are not the list.
    Else what repeats in one shape (:mod:`kashshaf.indexer.sources.html.repeated`).
    """
    typed = [element for element in root.iter() if _typed(element)]
    if typed:
        return typed[:_MOST]
    shapes: dict[tuple[str, str], list[Element]] = defaultdict(list)
    for element in root.iter(*_HOLDERS):
        if "comment" in tree.named(element):
            shapes[str(element.tag), _shape(element)].append(element)
    largest = sorted(shapes.values(), key=lambda found: (-len(found), _is_list(found[0])))[:_MOST_SHAPES]
    for fits in (_is_dated, _is_signed):
        for found in largest:
            if fits(found[0], frozenset(found)):
                return found[:_MOST]
    return _repeated(root)[:_MOST]


def _repeated(root: Element) -> list[Element]:
    """Elements that repeat inside a part called comments; without one, such as are dated and signed."""
    parts = [part for part in root.iter("div", "section", "ul", "ol", "table", "aside") if is_comments(part)]
    listed = listed_sets(root, is_comments) if parts else ()
    for sets, signed in ((listed, False), (dated_sets(root), True)):
        for found in islice(sets, _MOST_SHAPES):
            others = frozenset(found)

            def says(element: Element, others: frozenset[Element] = others) -> tuple[str, str]:
                parts = parts_of(element, others)
                return parts.author, parts.text

            if are_comments(found, says, signed=signed):
                return found
    return []


def _shape(element: Element) -> str:
    """The first word of its class, else its id, that calls it a comment; without numbers."""
    words = tree.named(element).split()
    return _DIGITS.sub("", next(word for word in words if "comment" in word))


def _is_list(element: Element) -> bool:
    """True if the element's name is one for all comments together."""
    return bool(_LIST_NAMES & set(_NOT_LETTERS.split(_shape(element))))


def comment_id(element: Element) -> str:
    """The element's id, unless it is one for all comments together."""
    given = element.get("id") or ""
    numbered = bool(_DIGITS.search(given))
    return given if numbered or not _LIST_NAMES & set(_NOT_LETTERS.split(given.lower())) else ""


def _is_signed(element: Element, alike: frozenset[Element]) -> bool:
    """True if it is a comment without a date: no list and no form, with a text and an author.

    One that is called a comment and nothing else, in a list of them, needs no author.
    """
    others = alike - {element}
    own = _own(element, others)
    if _is_list(element) or any(below.tag in _FORM for below in own):
        return False
    *_, text = _words(element, own, others, None)
    called = _called(own[1:], "author", _AUTHOR) is not None
    return bool(text) and (called or (_shape(element).strip("-_") == "comment" and _is_listed(element)))


def _is_listed(element: Element) -> bool:
    return any(is_comments(up) for up in element.iterancestors() if up.tag != "body")


def _is_dated(element: Element, alike: frozenset[Element]) -> bool:
    """True if the element states one date of its own: without any it is a box, with more a list."""
    return len(list(_dates(_own(element, alike - {element})))) == 1


def _own(element: Element, others: AbstractSet[Element]) -> list[Element]:
    """The elements below that are not part of another comment."""
    own = []
    walker = etree.iterwalk(element, events=("start",))
    for _, below in walker:
        if below is not element and below in others:
            walker.skip_subtree()
        else:
            own.append(below)
    return own


def _dates(own: Sequence[Element]) -> Iterator[tuple[str, Element]]:
    """The dates stated, each with its element: ``time``, else one with a text that is a date."""
    times = [element for element in own if element.tag == "time"]
    for element in times:
        yield element.get("datetime") or tree.text_of(element), element
    for element in () if times else own:
        for text in (element.text, *(child.tail for child in element)):
            if text and looks_like_date(tree.plain(text)):
                yield tree.plain(text), element


def _words(
    element: Element, own: Sequence[Element], others: AbstractSet[Element], dating: Element | None
) -> tuple[Element | None, Element | None, str, str]:
    """Author and text: as they are called, else a first short block and what is left.

    First the elements that are called so, None where none is.
    """
    author = _name_in(_called(own[1:], "author", _AUTHOR), others)
    marks = [one for one in (author, dating) if one is not None]
    around = {up for one in marks for up in one.iterancestors()}
    text = _called([one for one in own[1:] if one not in around], "text", _TEXT)
    name = _without_date(tree.text_of(author)) if author is not None else _beside_date(dating, element)
    skipped = {one for one in marks if one is not element}
    root = element if text is None else text
    blocks = list(tree.blocks(root, lambda below: below in others or below in skipped))
    left = [block for block in blocks if _says(block)]
    first = next(filter(_may_name, blocks), None)
    short = first is not None and len(first.text.split()) <= _SHORT_WORDS
    if not name and text is None and first is not None and short and any(one is not first for one in left):
        name = _without_date(first.text)
        left = [block for block in left if block is not first]
    return author, text, name, PARTED.join(block.text for block in left)


def _name_in(author: Element | None, others: AbstractSet[Element]) -> Element | None:
    """The element for the name alone in one for the author, by hCard's and schema.org's names for it."""
    for below in [] if author is None else _own(author, others)[1:]:
        if (
            "fn" in (below.get("class") or "").split()
            or below.get("itemprop") == "name"
            or below.tag == "cite"
        ):
            return below
    return author


def _beside_date(dating: Element | None, element: Element) -> str:
    """The name in the line that dates a comment: «سالم - 24 مايو 2016»; empty where it has no other words."""
    if dating is None or dating is element or dating.tag == "time":
        return ""
    text = tree.text_of(dating)
    found = find_date(text)
    name = without_labels(found.before) if found else ""
    return name if any(map(str.isalpha, name)) and len(name.split()) <= _SHORT_WORDS else ""


def _without_date(text: str) -> str:
    """A name without the date beside it."""
    found = find_date(text)
    return (without_labels(found.before) or without_labels(found.after) or text) if found else text


def _may_name(block: tree.Block) -> bool:
    """True for a name (letters, no date, at most 8 words, a link is fine) or a comment's own words."""
    short = len(block.text.split()) <= _SHORT_WORDS
    lettered = any(map(str.isalpha, block.text))
    return lettered and not looks_like_date(block.text) and (short or _says(block))


def _says(block: tree.Block) -> bool:
    """True if a block is a comment's own words: no date, no number alone, no row of links."""
    return not looks_like_date(block.text) and not block.text.isdecimal() and block.linked < _LINKED


def _called(own: Sequence[Element], prop: str, names: tuple[str, ...]) -> Element | None:
    """The first of the elements that is the property, else one called so; None for none."""
    for element in own:
        if element.get("itemprop") == prop:
            return element
    return next((element for element in own if _is_called(element, names)), None)


def _is_called(element: Element, names: tuple[str, ...]) -> bool:
    words = _NOT_LETTERS.split(tree.named(element).replace("comment", " "))
    return any(word.startswith(names) for word in words)


def _likes(own: Sequence[Element]) -> tuple[int, Element | None]:
    for element in own[1:]:
        if _is_called(element, _LIKES):
            likes = tree.text_of(element)
            if _VOTES.fullmatch(likes):
                return int(likes), element
    return 0, None


def declared_comments(root: Element) -> int | None:
    """The count in a short text that names comments, in an element called so; None without one."""
    for element in root.iter("div", "section", "h2", "h3", "h4", "aside", "span"):
        if not is_comments(element):
            continue
        for block in tree.blocks(element):
            count = declared_count(block.text)
            if count is not None and names_comments(block.text):
                return count
    return None
