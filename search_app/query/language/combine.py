"""Constructors that keep a tree normal: no And in an And, no Or in an Or, no double negation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.search_app.query.language.tree import And, Field, Not, Or

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashshaf.search_app.query.language.tree import FieldName, Node


def all_of(nodes: Iterable[Node]) -> Node:
    """An And of one or more nodes; of one, that node."""
    parts = tuple(each for node in nodes for each in (node.parts if isinstance(node, And) else (node,)))
    return parts[0] if len(parts) == 1 else And(parts)


def any_of(nodes: Iterable[Node]) -> Node:
    """An Or of one or more nodes; of one, that node."""
    parts = tuple(each for node in nodes for each in (node.parts if isinstance(node, Or) else (node,)))
    return parts[0] if len(parts) == 1 else Or(parts)


def negated(node: Node) -> Node:
    """A Not of a node; of a Not, the node in it."""
    return node.node if isinstance(node, Not) else Not(node)


def in_field(name: FieldName, node: Node) -> Node:
    """A node in a field; the field it names itself is kept, and a negation stands outside."""
    if isinstance(node, Field):
        return node
    return negated(in_field(name, node.node)) if isinstance(node, Not) else Field(name, node)


def is_taller(node: Node, limit: int) -> bool:
    """Tell whether nodes are nested in ``node`` more than ``limit`` deep; recurses no deeper than that."""
    if isinstance(node, And | Or):
        return limit == 0 or any(is_taller(part, limit - 1) for part in node.parts)
    return isinstance(node, Not | Field) and (limit == 0 or is_taller(node.node, limit - 1))
