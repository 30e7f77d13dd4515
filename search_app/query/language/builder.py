"""Accepted terminals to the nodes of a tree: the actions of the grammar's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lark import Token, Transformer, v_args

from kashshaf.analyzers.tokenize import surfaces
from kashshaf.search_app.query.language.combine import all_of, any_of, in_field, negated
from kashshaf.search_app.query.language.tree import Exact, Fuzzy, Phrase, Prefix, Root, Word

if TYPE_CHECKING:
    from kashshaf.search_app.query.language.tree import FieldName, Node

    Part = Node | list[Node]
    """A node, or the nodes of a bracket with words side by side: one node only where an operator needs it."""

_NAMES: dict[str, FieldName] = {
    "TITLE": "title", "TEXT": "text", "COMMENT": "comments", "SOURCE": "source", "SECTION": "section",
    "AUTHOR": "author", "TAG": "tag", "FROM": "from", "TO": "to",
}  # fmt: skip


@v_args(inline=True)
class Builder(Transformer[Token, "list[Node]"]):
    """A method for each rule and alias of the grammar."""

    def query(self, *parts: Part) -> list[Node]:
        """Words side by side, those of brackets among them."""
        return [node for part in parts for node in (part if isinstance(part, list) else (part,))]

    def group(self, nodes: list[Node]) -> Part:
        """A bracket; of one node, that node."""
        return nodes[0] if len(nodes) == 1 else nodes

    def either(self, *parts: Part) -> Node:
        """``a أو b``."""
        return any_of(map(_node, parts))

    def both(self, *parts: Part) -> Node:
        """``a و b``."""
        return all_of(map(_node, parts))

    def negation(self, part: Part) -> Node:
        """``-a`` and ``بدون a``."""
        return negated(_node(part))

    def field(self, name: Token, part: Part) -> Node:
        """``عنوان:a``."""
        return in_field(_NAMES[name.type], _node(part))

    def word(self, token: Token) -> Word:
        """A plain word, or a set phrase."""
        return Word(" ".join(token.split()))

    def phrase(self, token: Token) -> Phrase:
        """``"a b"``."""
        return Phrase(_text(token))

    def exact(self, token: Token) -> Exact:
        """``=a`` and ``="a b"``."""
        typed = token.removeprefix("=")
        return Exact(typed if typed[0].isalnum() else _text(typed))

    def prefix(self, token: Token) -> Prefix:
        """``a*``."""
        return Prefix(token[:-1])

    def fuzzy(self, token: Token) -> Fuzzy:
        """``a~``."""
        return Fuzzy(token[:-1])

    def root(self, _: Token, token: Token) -> Root:
        """``جذر:a``."""
        return Root(str(token))


def _node(part: Part) -> Node:
    return all_of(part) if isinstance(part, list) else part


def _text(quoted: str) -> str:
    return " ".join(surfaces(quoted))
