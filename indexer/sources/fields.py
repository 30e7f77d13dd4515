"""Values of a JSON object as an article's fields: what has the wrong type is mended or left out, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyzers.letters import COMMA
from index.documents import DATE_SOURCES, PRECISIONS, Article, Comment, DateSource, Precision, Section
from indexer.sources.dater import Dater
from indexer.sources.decoding.encoding import clean, shown
from indexer.sources.outcome import Mended, UnfitError
from indexer.sources.pictures.address import first_usable
from indexer.sources.pictures.stated import addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from indexer.sources.reading import Columns, Reading

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
_MOST_NAMED = 300
LARGEST_COUNT = 2**53 - 1
"""The largest whole number that every reader of JSON keeps."""
_LONGEST_NUMBER = 40
SEMICOLON = "\u061b"
_TAG_COMMAS = (COMMA, SEMICOLON, ",", ";", "|")


def article(data: Mapping[str, Any], reading: Reading) -> tuple[Article, tuple[str, ...]]:
    """The article in a JSON object, and what was mended. Raises UnfitError for one without title and body."""
    return _Fields(data, reading).article()


def renamed(data: Mapping[str, Any], columns: Columns) -> Mapping[str, Any]:
    """The values under the fields' own names, where ``columns`` says what else they are called."""
    if not columns:
        return data
    return {**data, **{field: data[column] for field, column in columns if column in data}}


class _Fields:
    def __init__(self, data: Mapping[str, Any], reading: Reading) -> None:
        self.data = renamed(data, reading.options.columns)
        self.dater = Dater(reading)
        self.mended = Mended()

    def article(self) -> tuple[Article, tuple[str, ...]]:
        data = self.data
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
            there = ", ".join(map(str, data))[:_MOST_NAMED]
            raise UnfitError(f"it has neither a title nor a body, but: {there or 'nothing'}")
        return made, (*self.mended.sentences(), *self.dater.mended)

    def _text(self, data: Mapping[str, Any], name: str) -> str:
        value = data.get(name)
        if value is None:
            value = data.get(ALIASES.get(name, ""))
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

    def _plain(self, value: object) -> str | None:
        return plain(value, self.mended.say)

    def _sections(self) -> Iterator[Section]:
        given = self.data.get("sections")
        if isinstance(given, list) and given:
            for part in (one if isinstance(one, dict) else {"text": one} for one in given):
                heading, text = self._text(part, "heading"), self._text(part, "text")
                if heading or text:
                    yield Section(heading, text)
            return
        if given:
            self.mended.say("sections is no list and was left out")
        body = self.data.get("body", self.data.get("text"))
        if isinstance(body, list):
            text = "\n\n".join(filter(None, map(self._plain, body)))
        else:
            text = self._text(self.data, "body")
        if text:
            yield Section("", text)

    def _tags(self) -> Iterator[str]:
        given = self.data.get("tags")
        if isinstance(given, str):
            for comma in _TAG_COMMAS:
                given = given.replace(comma, "\n")
            given = given.split("\n")
        if given is not None and not isinstance(given, list):
            self.mended.say("tags is no list and was left out")
        elif given:
            yield from filter(None, map(self._plain, given))

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


def count(value: object, least: int = 0) -> int | None:
    """A whole number, also written with commas; None for any other value and for what no count can be.

    ``least``: the smallest that it can be; votes may be less than none.
    """
    if isinstance(value, bool) or (isinstance(value, str) and len(value) > _LONGEST_NUMBER):
        return None
    try:
        number = int(str(value).replace(",", "").strip())
    except ValueError:  # also for more digits than Python takes
        return None
    return number if least <= number <= LARGEST_COUNT else None


def plain(value: object, say: Callable[[str], None] | None = None) -> str | None:
    """A value as text: a number written out, a list joined, an object's name; None for any other.

    With ``say``, text that was decoded wrongly before it was saved is read back, and that is said.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return shown(clean(value, say))
    if isinstance(value, dict):
        return plain(value["name"], say) if isinstance(value.get("name"), str) else None
    if isinstance(value, list):
        parts = [plain(part, say) for part in value if not isinstance(part, list)]
        return None if None in parts else f"{COMMA} ".join(part for part in parts if part)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _source(value: object) -> DateSource | None:
    return next((known for known in DATE_SOURCES if known == value), None)
