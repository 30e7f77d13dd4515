"""Completes an article: ids, its picture's address in full, comments merged, a date, names within bounds."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from kashshaf.index.counted import counted
from kashshaf.index.documents import Section
from kashshaf.indexer.sources.pictures.address import resolved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashshaf.index.documents import Article, Comment, DateSource, Precision
    from kashshaf.indexer.sources.outcome import Found
    from kashshaf.indexer.sources.reading import Reading

LONGEST_ID = 200
LONGEST_TITLE = 1_000
"""Characters of a title: a list of results shows a hundred whole."""
LONGEST_NAME = 300
"""Characters of a source, section, author or tag: those that a filter of a search may have."""
MOST_TAGS = 200
"""Tags of an article; its page has a link for each."""
NAMES = ("source", "section", "author")
_DIGITS = 16
"""Hexadecimal digits of a made id: 64 bits, so that a billion of them meet once in forty tries."""
_TRACKING = "utm_"
_NO_PICTURE = "image is no address of a picture and was left out"
_NO_DATE = "no date is stated; the file's time stands for it"


def complete(found: Found, reading: Reading, place_id: str) -> Found:
    """An outcome with every id, without repeated comments, and with the source of its date.

    ``place_id``: the path below the source and the ordinal in the file, for an article with no id and no URL.
    An article without a date takes its oldest comment's; one that had its file for itself, then the file's
    time. Calling it again changes nothing.
    """
    article = found.article
    comments, mended = _comments(article.comments)
    article, unfit = _pictured(article, reading)
    article, cut = _bounded(article)
    dated, notes = _date(article, comments, reading, one_page=found.one_page)
    article = replace(article, id=_article_id(article, place_id), comments=comments, **dated)
    return replace(found, article=article, mended=(*found.mended, *unfit, *cut, *mended, *notes))


def _pictured(article: Article, reading: Reading) -> tuple[Article, tuple[str, ...]]:
    """The article with the address of its picture in full, or without one that cannot be used."""
    if not article.image:
        return article, ()
    image = resolved(article.image, article.url or reading.address)
    return replace(article, image=image), () if image else (_NO_PICTURE,)


def _bounded(article: Article) -> tuple[Article, tuple[str, ...]]:
    """The article with names and tags within bounds; of a title beyond them the whole heads the body."""
    notes: list[str] = []
    if len(article.title) > LONGEST_TITLE:
        body = (Section("", article.title), *article.sections)
        article = replace(article, title=article.title[:LONGEST_TITLE].rstrip(), sections=body)
        notes.append(
            f"title has more than {LONGEST_TITLE:,} characters; the whole of it was put into the body"
        )
    long = [name for name in NAMES if len(getattr(article, name)) > LONGEST_NAME]
    for name in long:
        article = replace(article, **{name: getattr(article, name)[:LONGEST_NAME].rstrip()})
        notes.append(f"{name} has more than {LONGEST_NAME} characters and was cut")
    tags = tuple(tag for tag in article.tags if len(tag) <= LONGEST_NAME)[:MOST_TAGS]
    if lost := len(article.tags) - len(tags):
        article = replace(article, tags=tags)
        notes.append(f"{lost:,} tags were left out: {MOST_TAGS} of {LONGEST_NAME} characters may stand")
    return article, tuple(notes)


def is_sane(given: str) -> bool:
    """True if an id from outside may be kept: not empty, not long, no control or invisible characters."""
    steps = set(given.split("/")) & {"", ".", ".."}  # a browser would walk them
    return 0 < len(given) <= LONGEST_ID and given.isprintable() and given == given.strip() and not steps


def _hash(*parts: str) -> str:
    plain = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(plain, digest_size=_DIGITS // 2).hexdigest()


def _article_id(article: Article, place_id: str) -> str:
    if is_sane(article.id):
        return article.id
    if url := canonical(article.url):
        return f"u-{_hash(url)}"
    return f"p-{_hash(place_id)}"


def canonical(url: str) -> str:
    """The URL by which an article is known: scheme and host in lower case, no fragment, no utm_ parameters.

    Empty for what is no absolute URL.
    """
    try:
        parts = urlsplit(url.strip())
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return ""
    if not parts.scheme or not parts.netloc:
        return ""
    kept = [(name, value) for name, value in query if not name.lower().startswith(_TRACKING)]
    query_text = parts.query if len(kept) == len(query) else urlencode(kept)
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query_text, ""))


def _comments(given: Sequence[Comment]) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """The distinct comments with their ids, their parents pointing at what is left."""
    if not given:
        return (), ()
    distinct, merged = _collapsed(given)
    ids = _ids(distinct, {comment.id: comment for comment in reversed(given) if comment.id})
    renamed = {old: ids[at] for old, at in merged.items()}
    named = [
        replace(comment, id=made, parent=_parent(comment, made, renamed))
        for comment, made in zip(distinct, ids, strict=True)
    ]
    lost = sum(
        bool(before.parent) and not after.parent for before, after in zip(distinct, named, strict=True)
    )
    notes = (f"{counted(lost, 'comment')} answered one that is not there; kept without it",) if lost else ()
    return tuple(_without_circles(named)), notes


def united(earlier: Sequence[Comment], listed: Sequence[Comment]) -> tuple[Comment, ...]:
    """The comments of an article as it was, and as a place lists some of them: each once.

    One is known by its id, and stands as it is listed; or by author and words, where two places name it each
    in its own way, and stays as it was.
    """
    ids, twins = {each.id for each in earlier}, {_same(each): each.id for each in earlier}
    names = {each.id: each.id if each.id in ids else twins.get(_same(each), each.id) for each in listed}
    fresh = {
        each.id: replace(each, parent=names.get(each.parent, each.parent))
        for each in listed
        if names[each.id] == each.id
    }
    kept = [fresh.pop(each.id, each) for each in earlier]
    return (*kept, *fresh.values())


def _same(comment: Comment) -> tuple[str, str]:
    author, text = (unicodedata.normalize("NFC", part) for part in (comment.author, comment.text))
    return " ".join(author.split()), " ".join(text.split())


def _collapsed(given: Sequence[Comment]) -> tuple[list[Comment], dict[str, int]]:
    """The distinct comments by author and text, copies summed; and the place of each given id among them."""
    distinct: list[Comment] = []
    places: dict[tuple[str, str], int] = {}
    merged: dict[str, int] = {}
    for comment in given:
        at = places.setdefault(_same(comment), len(distinct))
        if at == len(distinct):
            distinct.append(comment)
        else:
            first = distinct[at]
            distinct[at] = replace(
                first,
                copies=first.copies + comment.copies,
                likes=max(first.likes, comment.likes),
                date=first.date or comment.date,
                date_precision=first.date_precision if first.date else comment.date_precision,
            )
        if comment.id:
            merged.setdefault(comment.id, at)
    return distinct, merged


def _ids(distinct: Sequence[Comment], by_id: dict[str, Comment]) -> list[str]:
    """An id for each: its own if it is sane and new, else one made of author, text and parent."""
    taken: set[str] = set()
    made: list[str] = []
    for comment in distinct:
        name = comment.id
        if not is_sane(name) or name in taken:
            above = by_id.get(comment.parent)
            name = f"c-{_hash(*_same(comment), *(_same(above) if above else ()))}"
        made.append(name)
        taken.add(name)
    return made


def _parent(comment: Comment, own: str, renamed: dict[str, str]) -> str:
    parent = renamed.get(comment.parent, "") if comment.parent else ""
    return "" if parent == own else parent


def _without_circles(comments: Sequence[Comment]) -> list[Comment]:
    """The comments without circles of answers: the first of the links that close one goes."""
    parents = {comment.id: comment.parent for comment in comments}
    sound: set[str] = {""}
    for start in parents:
        path: list[str] = []
        at, on_path = start, set[str]()
        while at not in sound and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = parents[at]
        if at in on_path:
            parents[at] = ""
        sound |= on_path
    return [replace(comment, parent=parents[comment.id]) for comment in comments]


def _date(
    article: Article, comments: Sequence[Comment], reading: Reading, *, one_page: bool
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields of an article that its date makes, and what is to be said of it."""
    if article.date:
        return {"date_source": article.date_source or "stated"}, ()
    dated = [comment for comment in comments if comment.date]
    if dated:
        oldest = min(dated, key=lambda comment: _instant(comment.date or "", reading))
        return _fields_of(oldest.date, oldest.date_precision, "comment"), ()
    if not one_page:
        return _fields_of(None, None, None), ()
    day = reading.file_time.astimezone(reading.zone).date().isoformat()
    return _fields_of(day, "day", "file"), (_NO_DATE,)


def _fields_of(date: str | None, precision: Precision | None, source: DateSource | None) -> dict[str, Any]:
    return {"date": date, "date_precision": precision, "date_source": source}


def _instant(iso: str, reading: Reading) -> datetime:
    moment = datetime.fromisoformat(iso)
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=reading.zone)).astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)
