"""The sentences on fields and parameters in both languages, as the tables of ``data`` have them."""

from __future__ import annotations

import csv
from importlib import resources

from kashshaf.search_app.web.contract import data
from kashshaf.search_app.web.contract.operation import Said


def _rows(name: str) -> list[list[str]]:
    """The rows of a table without its head."""
    text = resources.files(data).joinpath(name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE))


def of_parameters() -> dict[str, str]:
    """The Arabic sentence on each parameter of a search; the English one stands in ``PARAMETERS``."""
    return dict(_rows("parameters.tsv"))


def of_fields() -> dict[str, Said]:
    """A sentence on each field, by its name (``url``) or, where shapes differ, with theirs (``Hit.url``)."""
    return {name: Said(english, arabic) for name, english, arabic in _rows("fields.tsv")}


def of_field(shape: str, field: str, told: dict[str, Said]) -> Said:
    """The sentence on a field of a shape; KeyError where there is none."""
    own = told.get(f"{shape}.{field}")
    return own or told[field]
