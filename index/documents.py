"""Articles with their readers' comments, as sources deliver them and the index keeps them.

Text in here is as the source had it (Unicode NFC, nothing else changed): it is what is shown. Analysis
works on copies and never comes back into a document.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal, Self, get_args

Precision = Literal["second", "day", "month", "year"]
DateSource = Literal["stated", "comment", "file"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
DATE_SOURCES: tuple[DateSource, ...] = get_args(DateSource)
"""Origins of an article's date: stated in the source, its oldest comment's, or the file's own time."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (empty above the first one) and its paragraphs, parted by empty lines."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One reader's comment.

    ``date`` is ISO 8601 or None; with a precision below a second the smaller parts of it mean nothing.
    ``parent`` is the id of the comment it answers, or empty. ``copies`` counts how often the source had the
    same text by the same author. ``id`` is unique within its article.
    """

    id: str = ""
    author: str = ""
    date: str | None = None
    date_precision: Precision | None = None
    text: str = ""
    parent: str = ""
    likes: int = 0
    copies: int = 1

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form, every key present."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Make one of the JSON form that :meth:`to_dict` returns."""
        return cls(**data)


@dataclass(frozen=True, slots=True)
class Article:
    """One article.

    ``comments_declared`` is the count the page itself states, None where it states none. ``image`` is the
    address of its picture, http or https, empty where it has none.
    """

    id: str = ""
    url: str = ""
    image: str = ""
    kicker: str = ""
    title: str = ""
    lead: str = ""
    sections: tuple[Section, ...] = ()
    date: str | None = None
    date_precision: Precision | None = None
    date_source: DateSource | None = None
    source: str = ""
    section: str = ""
    author: str = ""
    tags: tuple[str, ...] = ()
    comments_declared: int | None = None
    comments: tuple[Comment, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form, every key present."""
        return {
            **{field.name: getattr(self, field.name) for field in fields(self)},
            "sections": [{"heading": part.heading, "text": part.text} for part in self.sections],
            "tags": list(self.tags),
            "comments": [comment.to_dict() for comment in self.comments],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Make one of the JSON form that :meth:`to_dict` returns."""
        return cls(
            **{
                **data,
                "sections": tuple(Section(**part) for part in data["sections"]),
                "tags": tuple(data["tags"]),
                "comments": tuple(Comment.from_dict(comment) for comment in data["comments"]),
            }
        )
