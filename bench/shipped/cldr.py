"""Words and patterns of CLDR that are shipped, taken over from Babel: ``python -m bench.shipped.cldr``.

``index/dates/data/cldr_names.tsv`` has the names of months and days by which dates are read,
``search_app/web/cldr/data/arabic.tsv`` what the pages write numbers, dates and ages by.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.dates import get_day_names, get_month_names

from kashshaf.analyzers.orthography.folding import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
MONTH_LOCALES = ("ar", "ar_SY", "ar_DZ", "ar_MA", "ar_MR", "en")
DAY_NAMES = (("wide", "ar"), ("wide", "en"), ("abbreviated", "en"))
SKELETONS = ("yMMMMd", "yMMMM", "y")
UNITS = ("minute", "hour", "day")
FORMS = ("zero", "one", "two", "few", "many", "other")
HEAD = """\
# {what}
# Source: Unicode CLDR by way of Babel; made by: python -m bench.shipped.cldr
# Licence: Unicode-3.0.
"""
FILES = {
    ROOT / "index/dates/data/cldr_names.tsv": (
        "Gregorian months (1 to 12) and days of the week (0, Monday, to 6), by regions, and in English:"
        " name, kind, number."
    ),
    ROOT / "search_app/web/cldr/data/arabic.tsv": (
        "Arabic: kind (month, date, past, group), name of it, plural form, and the word or pattern."
    ),
}


def names() -> Iterator[tuple[str, ...]]:
    """The rows of names by which dates are read, each name once, in one of its spellings."""
    found: dict[str, tuple[str, str, int]] = {}

    def add(kind: str, number: int, name: str) -> None:
        found.setdefault(fold_text(name), (name, kind, number))

    for locale in MONTH_LOCALES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                add("month", number, name)
    for width, locale in DAY_NAMES:
        for number, name in get_day_names(width, locale=locale).items():  # type: ignore[arg-type]
            add("day", number, name)
    yield from sorted((name, kind, str(number)) for name, kind, number in found.values())


def patterns() -> Iterator[tuple[str, ...]]:
    """The rows by which the pages write Arabic."""
    arabic: Any = Locale("ar")
    for number, name in get_month_names("wide", locale="ar").items():
        yield "month", str(number), "", name
    for skeleton in SKELETONS:
        yield "date", skeleton, "", arabic.datetime_skeletons[skeleton].pattern
    for unit in UNITS:
        for form in FORMS:
            yield "past", unit, form, arabic._data["date_fields"][unit]["past"][form]
    for system in ("latn", "arab"):
        yield "group", system, "", arabic.number_symbols[system]["group"]


def texts() -> dict[Path, str]:
    """The files with what they should hold."""
    rows = (names(), patterns())
    return {
        file: HEAD.format(what=what) + "".join("\t".join(row) + "\n" for row in each)
        for (file, what), each in zip(FILES.items(), rows, strict=True)
    }


def main() -> None:
    """Write the files."""
    for file, text in texts().items():
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
