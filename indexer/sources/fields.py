"""Values of a JSON object as an article's fields: what has the wrong type is mended or left out, and said.

Markup and entities in words are read as those of feeds are (:mod:`kashshaf.indexer.sources.xml.markup`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kashshaf.analyzers.letters import COMMA
from kashshaf.index.documents import (
    DATE_SOURCES,
    PRECISIONS,
    Article,
    Comment,
    DateSource,
    Precision,
    Section,
)
from kashshaf.indexer.sources.dater import Dater
from kashshaf.indexer.sources.decoding.values import LARGEST_COUNT, count, plain
from kashshaf.indexer.sources.outcome import Mended, UnfitError
from kashshaf.indexer.sources.pictures.address import first_usable
from kashshaf.indexer.sources.pictures.stated import addresses
from kashshaf.indexer.sources.xml import markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kashshaf.indexer.sources.reading import Columns, Reading

Data = dict[str, Any]

ALIASES = {
    "body": "text",
    "section": "category",
    "lead": "abstract",
    "date": "time",
    "likes": "rating",
    "image": "image_url",
}
"""Name in the format -> the other name it may have."""
WORDS = ("title", "body", "lead", "sections", "text", "abstract")
"""An article has at least one of these."""
NAMES = (
    "id", "url", "image", "kicker", "title", "lead", "body", "date", "date_precision", "source", "section",
    "author", "tags", "comments_declared", "comments", "sections",
)  # fmt: skip
"""The fields of an article that a column, or another key, may be named for."""
_KNOWN = frozenset((*NAMES, *ALIASES.values(), "article", "copies", "likes", "parent"))
_NO_NAME = re.compile(r"[\s-]+")
_NO_WORDS = ("id", "url", "date", "parent")
_PARAGRAPHS = ("lead", "text")
_MOST_NAMED = 300
SEMICOLON = "\u061b"
_TAG_COMMAS = (COMMA, SEMICOLON, ",", ";", "|")


def article(data: Mapping[str, Any], reading: Reading) -> tuple[Article, tuple[str, ...]]:
    """The article in a JSON object, and what was mended. Raises UnfitError for one without title and body."""
    return _Fields(data, reading).article()


def comment(data: Mapping[str, Any], reading: Reading) -> tuple[Comment, tuple[str, ...]]:
    """The comment in a JSON object, and what was mended. Raises UnfitError for one without a text."""
    return _Fields(data, reading).comment()


def renamed(data: Mapping[str, Any], columns: Columns) -> Mapping[str, Any]:
    """The values under the fields' own names, where ``columns`` says what else they are called."""
    if not columns:
        return data
    return {**data, **{field: data[column] for field, column in columns if column in data}}


def own_names(names: Iterable[str], columns: Columns) -> list[str]:
    """The names of columns, those that are a field's but for capitals, blanks and dashes in the field's form.

    A name that ``columns`` refers to, or that would then be there twice, stays as it is.
    """
    there = list(names)
    named = {column for _, column in columns}
    taken = {*there, *named}
    made: list[str] = []
    for name in there:
        own = _NO_NAME.sub("_", name.lower())
        is_own = own in _KNOWN and own not in taken and name not in named
        made.append(own if is_own else name)
        taken.add(made[-1])
    return made


class _Fields:
    def __init__(self, data: Mapping[str, Any], reading: Reading) -> None:
        self.data = renamed(data, reading.options.columns)
        self.dater = Dater(reading)
        self.mended = Mended()

    def article(self) -> tuple[Article, tuple[str, ...]]:
        data = self.data
        if not any(map(data.get, WORDS)):  # at once: there may be millions
            raise self._wordless()
        date, precision = self._date(data)
        made = Article(
            **{name: self._text(data, name) for name in ("id", "url", "kicker", "title", "lead")},
            **{name: self._text(data, name) for name in ("source", "section", "author")},
            image=self._image(),
            sections=tuple(self._sections()),
            date=date,
            date_precision=precision,
            date_source=_source(data.get("date_source")) if date else None,
            tags=tuple(self._tags()),
            comments_declared=self._number(data, "comments_declared"),
            comments=tuple(self._comments()),
        )
        if not made.title and not made.sections and not made.lead:
            raise self._wordless()
        return made, (*self.mended.sentences(), *self.dater.mended)

    def _wordless(self) -> UnfitError:
        there = ", ".join(map(str, self.data))[:_MOST_NAMED]
        return UnfitError(f"it has neither a title nor a body, but: {there or 'nothing'}")

    def comment(self) -> tuple[Comment, tuple[str, ...]]:
        made = self._comment(dict(self.data))
        if made is None:
            raise UnfitError("it has no text")
        return made, (*self.mended.sentences(), *self.dater.mended)

    def _text(self, data: Mapping[str, Any], name: str) -> str:
        text = self._given(data, name)
        return text if not text or name in _NO_WORDS else self._words(text, name)

    def _given(self, data: Mapping[str, Any], name: str) -> str:
        """The text under a field's name or its other name, markup and all."""
        value = data.get(name)
        if value is None:
            value = data.get(ALIASES.get(name, ""))
            if value is None:
                return ""
        text = self._plain(value)
        if text is None:
            self.mended.say(f"{name} is no text and was left out")
        return text or ""

    def _image(self) -> str:
        """The address of the picture; the first that could be one, where there are several."""
        given = self.data.get("image") or self.data.get(ALIASES["image"])
        stated = list(addresses(given))
        if given and not stated:
            self.mended.say("image is no address and was left out")
        return first_usable(stated) or next(filter(None, stated), "")

    def _words(self, text: str, name: str) -> str:
        return markup.of_field(text) if name in _PARAGRAPHS else markup.of_name(text)

    def _plain(self, value: object) -> str | None:
        return plain(value, self.mended.say)

    def _sections(self) -> Iterator[Section]:
        given = self.data.get("sections")
        if isinstance(given, list) and given:
            for part in (one if isinstance(one, dict) else {"text": one} for one in given):
                yield from self._section(self._text(part, "heading"), self._given(part, "text"))
            return
        if given:
            self.mended.say("sections is no list and was left out")
        body = self.data.get("body", self.data.get("text"))
        if isinstance(body, list):
            text = "\n\n".join(filter(None, map(self._plain, body)))
        else:
            text = self._given(self.data, "body")
        yield from self._section("", text)

    def _section(self, heading: str, text: str) -> Iterator[Section]:
        """A section, or the sections that the headings in its markup make of it, the first below its own."""
        parts = markup.field_sections(text)
        if heading and not (parts and not parts[0].heading):
            parts = (Section("", ""), *parts)
        for number, part in enumerate(parts):
            yield Section(heading, part.text) if not number and not part.heading else part

    def _tags(self) -> Iterator[str]:
        given = self.data.get("tags")
        if isinstance(given, str):
            given = markup.of_name(given)
            for comma in _TAG_COMMAS:
                given = given.replace(comma, "\n")
            given = given.split("\n")
        if given is not None and not isinstance(given, list):
            self.mended.say("tags is no list and was left out")
        elif given:
            yield from filter(None, (markup.of_name(self._plain(tag) or "") for tag in given))

    def _comments(self) -> Iterator[Comment]:
        given = self.data.get("comments")
        if given is not None and not isinstance(given, list):
            self.mended.say("comments is no list and was left out")
            return
        for number, one in enumerate(given or (), 1):
            data = {"text": one} if isinstance(one, str) else one
            comment = self._comment(data) if isinstance(data, dict) else None
            if comment is None:
                self.mended.say(f"comment {number} has no text and was left out")
            else:
                yield comment

    def _comment(self, data: Data) -> Comment | None:
        text = self._text(data, "text")
        if not text:
            return None
        date, precision = self._date(data)
        return Comment(
            id=self._text(data, "id"),
            author=self._text(data, "author"),
            date=date,
            date_precision=precision,
            text=text,
            parent=self._text(data, "parent"),
            likes=self._number(data, "likes", least=-LARGEST_COUNT) or 0,
            copies=max(1, self._number(data, "copies") or 1),
        )

    def _date(self, data: Mapping[str, Any]) -> tuple[str | None, Precision | None]:
        """The date; a precision that is given beside it stands, if it says less than the date does."""
        date, precision = self.dater.read(self._text(data, "date"))
        given = next((known for known in PRECISIONS if known == data.get("date_precision")), None)
        if precision is None or given is None:
            return date, precision
        return date, max(precision, given, key=PRECISIONS.index)

    def _number(self, data: Mapping[str, Any], name: str, least: int = 0) -> int | None:
        value = data.get(name)
        if value is None:
            value = data.get(ALIASES.get(name, ""))
        number = None if value in (None, "") else count(value, least)
        if number is None and value not in (None, ""):
            self.mended.say(f"{name} is no count and was left out")
        return number


def _source(value: object) -> DateSource | None:
    return next((known for known in DATE_SOURCES if known == value), None)
