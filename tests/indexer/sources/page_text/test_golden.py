"""What must come out of the samples of the page-text format, and of the page it was made for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest

from kashshaf.indexer.sources.outcome import Found, Refused
from kashshaf.indexer.sources.reader import read_file
from tests.conftest import ROOT
from tests.indexer.sources.told import with_options

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.documents import Article
    from kashshaf.indexer.sources.reading import Reading

GOLDEN = ROOT / "tests" / "golden" / "page_text"
SAMPLES = ROOT / "samples" / "page_text"
CLIENT = ROOT.parent / "shared" / "data" / "pages" / "page_text_with_comments.txt"

EXPECTED = sorted(GOLDEN.glob("*.json"))
REFUSED = sorted((GOLDEN / "refused").iterdir())


def extract(path: Path, reading: Reading) -> dict[str, Any]:
    outcomes = list(read_file(path, reading, path.name))
    assert len(outcomes) == 1
    assert isinstance(outcomes[0], Found), outcomes
    return _with_places(outcomes[0].article)


def _with_places(article: Article) -> dict[str, Any]:
    """As JSON, each comment with the place in the list of the one it answers."""
    found = article.to_dict()
    ids = [comment["id"] for comment in found["comments"]]
    assert len(set(ids)) == len(ids)
    for comment in found["comments"]:
        comment["parent_index"] = ids.index(comment["parent"]) if comment["parent"] else None
    return found


def _only(keys: Any, found: Any) -> Any:
    """``found`` with the keys that the expectation has."""
    if isinstance(keys, dict):
        return {name: _only(value, found[name]) for name, value in keys.items()}
    if isinstance(keys, list) and len(keys) == len(found):
        return [_only(one, other) for one, other in zip(keys, found, strict=True)]
    return found


def test_there_are_samples() -> None:
    assert len(EXPECTED) >= 12
    assert len(REFUSED) >= 3


@pytest.mark.parametrize("golden", EXPECTED, ids=lambda path: path.stem)
def test_a_sample_gives_exactly_what_is_expected(golden: Path, reading: Reading) -> None:
    expected = orjson.loads(golden.read_bytes())
    found = extract(SAMPLES / f"{golden.stem}.txt", reading)
    assert _only(expected, found) == expected
    assert found["author"] == expected.get("author", "")


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_what_is_no_article_is_refused_with_a_reason(path: Path, reading: Reading) -> None:
    (outcome,) = read_file(path, reading, path.name)
    assert isinstance(outcome, Refused)
    assert outcome.place == path.name
    assert outcome.reason


@pytest.mark.skipif(not CLIENT.exists(), reason="the client's page is not beside this checkout")
def test_the_page_the_format_was_made_for(reading: Reading) -> None:
    found = extract(CLIENT, reading)
    lines = CLIENT.read_text(encoding="utf-8").split("\n")
    assert found["title"] == lines[0]
    assert found["lead"] == lines[3]
    assert [part["heading"] for part in found["sections"]] == [lines[n].strip() for n in (5, 11, 15, 21, 29)]
    assert "\n\n".join(part["text"] for part in found["sections"]).split("\n\n") == [
        lines[n] for n in (7, 9, 13, 17, 19, 23, 25, 27, 31)
    ]
    assert found["comments_declared"] == 3
    assert [comment["copies"] for comment in found["comments"]] == [2, 1]
    assert [comment["author"] for comment in found["comments"]] == [lines[35].strip(), lines[45].strip()]
    assert [comment["text"] for comment in found["comments"]] == [lines[38].strip(), lines[48].strip()]
    assert {(comment["date"], comment["date_precision"]) for comment in found["comments"]} == {
        ("2016-05-01", "month")
    }
    assert (found["date"], found["date_precision"], found["date_source"]) == (
        "2016-05-01",
        "month",
        "comment",
    )
    assert found["author"] == ""


@pytest.mark.skipif(not CLIENT.exists(), reason="the client's page is not beside this checkout")
def test_without_as_of_the_base_is_said(reading: Reading) -> None:
    (outcome,) = read_file(CLIENT, with_options(reading, as_of=None), "page.txt")
    assert isinstance(outcome, Found)
    assert any("--as-of" in sentence for sentence in outcome.mended)
