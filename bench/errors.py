"""Errors of a benchmark."""

from __future__ import annotations

import click


class NotHereError(click.ClickException):
    """A peer or a set of data is not on this machine; says which, and what it needs."""
