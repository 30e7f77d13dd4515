"""``python -m bench.extraction``: how well saved pages are read, with a site's profile and without any.

The pages and what is known of them are those of ``../shared/data``: a daily's pages of 2012 with their
articles and comments taken by a template, and pages of three papers of 2010 in old encodings. General rules
were made looking mostly at pages of an even number; so the odd ones are told apart.
"""

from __future__ import annotations

import gzip
import importlib
import re
import tarfile
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
from lxml.cssselect import CSSSelector

from bench.errors import NotHereError
from bench.measure.extraction_scores import Scores, body, f1, words
from kashshaf.indexer.ingest.articles import outcomes
from kashshaf.indexer.ingest.files import files
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.profiles import profile_file
from kashshaf.indexer.profiles.library import ProfileLibrary
from kashshaf.indexer.sources.decoding import encoding
from kashshaf.indexer.sources.html import tree
from kashshaf.indexer.sources.outcome import Found, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kashshaf.index.documents import Article

DATA = Path(__file__).parents[2] / "shared" / "data"
PAGES, KNOWN = "pages/alriyadh.tar.gz", "articles_with_comments/alriyadh.jsonl.gz"
MIXED = "pages/mixed_2010.tar.gz"
ARTICLE = "div#article_text"
"""In the daily's pages. The template by which the texts are known ends where the first ``div`` in it ends."""
CHECKED = {
    "alghad_500000.htm": ("div#textFontSize", 0, 2),
    "alghad_502609.htm": ("div#textFontSize", 2, 13),
    "alghad_507071.htm": ("div#textFontSize", 2, 7),
    "alghad_522831.htm": ("div#textFontSize", 1, 10),
    "alriyadh_520007_art.html": ("div#article_text", 0, 3),
    "alriyadh_520121net_art.html": ("div#article_text", 0, 11),
    "alriyadh_521362_art.html": ("div#article_text", 0, 2),
    "youm7_210433_art.htm": ("div#newsStoryTxt", 0, 9),
    "youm7_213012_art.htm": ("div#newsStoryTxt", 0, 9),
    "youm7_270138_art.htm": ("div#newsStoryTxt", 0, 2),
}
"""Ten of the mixed pages, read by eye: which element holds the article, and which of its blocks are it."""
_NUMBER = re.compile(r"\d+")
_MOJIBAKE = re.compile("[\u00c0-\u00ff]{3}|[\u0637\u0638][\u0080-\u00bf\u2018-\u203a]")
"""Traces of UTF-8 or windows-1256 that was read as the other or as Latin-1."""


@dataclass
class Run:
    """Articles by the name of their page, what was refused, and the seconds of processor time it took."""

    articles: dict[str, Article] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    seconds: float = 0.0
    cut: frozenset[str] = frozenset()
    """Pages of whose text only the beginning is known."""


def read_folder(folder: Path, profiles: ProfileLibrary | None) -> Run:
    """Read every page of a folder, in one go as ``kashshaf extract`` reads them."""
    options, run = Options(None, UTC, profiles=profiles), Run()
    started = time.process_time()
    for file in files([folder], options):
        for outcome in outcomes(file, options):
            if isinstance(outcome, Found):
                run.articles[Path(file.key).name] = outcome.article
            elif isinstance(outcome, Refused):
                run.refused.append(f"{outcome.place}: {outcome.reason}")
    run.seconds = time.process_time() - started
    return run


def known(path: Path) -> dict[str, dict[str, Any]]:
    """Read the known facts of pages, by the name of the page."""
    with gzip.open(path) as lines:
        return {row["page"]: row for row in map(orjson.loads, lines)}


def is_odd(page: str) -> bool:
    """Tell whether the first number in its name is odd."""
    number = _NUMBER.search(page)
    return number is not None and int(number[0]) % 2 == 1


def unpacked(archive: Path, folder: Path) -> Path:
    """The folder with the pages of an archive. Raises NotHereError where it is not on this machine."""
    if not archive.exists():
        raise NotHereError(f"{archive} is not here; the figures are of the pages in it")
    with tarfile.open(archive) as pages:
        pages.extractall(folder, filter="data")
    return folder


def measure(
    folder: Path, gold: Mapping[str, dict[str, Any]], profiles: ProfileLibrary | None, of: str
) -> list[Scores]:
    """One row for all pages, one for the odd ones."""
    run = read_folder(folder, profiles)
    run.cut = frozenset(path.name for path in folder.rglob("*.html") if is_cut(path))
    rows = [(of, lambda _: True), (f"{of}, odd pages", is_odd)]
    return [_scored(name, run, gold, among) for name, among in rows]


def _scored(name: str, run: Run, gold: Mapping[str, dict[str, Any]], among: Callable[[str], bool]) -> Scores:
    scores = Scores(name, seconds=run.seconds / max(1, len(run.articles) + len(run.refused)))
    for page, row in gold.items():
        if page in run.articles and among(page):
            scores.add(run.articles[page], row, cut=page in run.cut)
    scores.missing = len(run.refused)
    return scores


def is_cut(page: Path) -> bool:
    """Tell whether the template of the known text left out all after a ``div`` in the article."""
    root = tree.parse(encoding.decode(page.read_bytes()).text)
    return any(element.find(".//div") is not None for element in CSSSelector(ARTICLE)(root))


def checked(folder: Path) -> list[tuple[str, float]]:
    """Mean word-F1 of the text on the ten pages read by eye: ours, and trafilatura's if it is installed."""
    right = {page: words(_checked_text(folder / page, *where)) for page, where in CHECKED.items()}
    run = read_folder(folder, ProfileLibrary())
    rows = [("kashshaf without a profile", _mean(right, {page: body(run.articles[page]) for page in right}))]
    run = read_folder(folder, ProfileLibrary(profile_file.shipped()))
    rows.append(("kashshaf with profiles", _mean(right, {page: body(run.articles[page]) for page in right})))
    try:
        trafilatura = importlib.import_module("trafilatura")
    except ImportError:
        return rows
    texts = {page: encoding.decode((folder / page).read_bytes()).text for page in right}
    theirs = {page: trafilatura.extract(text) or "" for page, text in texts.items()}
    return [*rows, (f"trafilatura {trafilatura.__version__}", _mean(right, theirs))]


def _checked_text(path: Path, selector: str, start: int, stop: int) -> str:
    root = tree.parse(encoding.decode(path.read_bytes()).text)
    blocks = [block.text for element in CSSSelector(selector)(root) for block in tree.blocks(element)]
    return "\n".join(blocks[start:stop])


def _mean(right: Mapping[str, Counter[str]], found: Mapping[str, str]) -> float:
    return sum(f1(words(found[page]), known) for page, known in right.items()) / len(right)


def decoded(folder: Path) -> tuple[int, int, list[str]]:
    """Pages, those that are read without a broken character, and the names of the others."""
    run = read_folder(folder, ProfileLibrary())
    bad = []
    for name, article in sorted(run.articles.items()):
        text = " ".join((article.title, article.lead, *(part.text for part in article.sections)))
        text += " ".join(f"{one.author} {one.text}" for one in article.comments)
        if "\ufffd" in text or _MOJIBAKE.search(text):
            bad.append(name)
    pages = len(run.articles) + len(run.refused)
    return pages, len(run.articles) - len(bad), [*bad, *run.refused]


def encodings(folder: Path) -> Counter[str]:
    """Count the pages of a folder by encoding."""
    return Counter(
        encoding.decode(path.read_bytes()).encoding for path in folder.rglob("*.htm*") if path.is_file()
    )


def table(rows: Sequence[Scores]) -> str:
    """The rows as a Markdown table."""
    head = Scores.columns()
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@click.command()
@click.option("--data", type=click.Path(path_type=Path), default=DATA, help="Folder with the pages.")
@click.option("--only", type=click.Choice(["profile", "learnt", "mixed"]), help="Only this part.")
def main(data: Path, only: str | None) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as scratch:
        rows: list[Scores] = []
        try:
            if only != "mixed":
                folder, gold = unpacked(data / PAGES, Path(scratch) / "site"), known(data / KNOWN)
                if only != "learnt":
                    rows += measure(folder, gold, ProfileLibrary(profile_file.shipped()), "with the profile")
                if only != "profile":
                    rows += measure(folder, gold, ProfileLibrary(), "without, the folder at once")
                print(table(rows))
            if only in (None, "mixed"):
                folder = unpacked(data / MIXED, Path(scratch) / "mixed")
                pages, right, others = decoded(folder)
                print(f"\n{MIXED}: {right} of {pages} pages read without a broken character")
                print(", ".join(f"{count} {name}" for name, count in encodings(folder).most_common()))
                print("\n".join(others))
                for name, mean in checked(folder):
                    print(f"body F1 on ten pages read by eye: {mean:.3f} {name}")
        except NotHereError as error:
            print(error)


if __name__ == "__main__":
    main()
