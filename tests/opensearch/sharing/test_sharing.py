"""One index for several machines: a writer and readers with folders of their own, on a cluster."""

from __future__ import annotations

import shutil
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from kashshaf.index.documents import Article
from kashshaf.index.engines.opensearch.board import OpenSearchBoard
from kashshaf.index.engines.opensearch.connection import connection
from kashshaf.index.errors import ClusterError, NoIndexError, NotWriterError, SettingsError
from kashshaf.index.settings import READER, WRITER, use
from kashshaf.index.storage.board import name_of
from kashshaf.index.store.article_writer import commit_changes
from kashshaf.index.store.generations import Store
from kashshaf.indexer import update as updating
from kashshaf.indexer.cli import index_facts, take_over
from kashshaf.indexer.live.documents import GivenArticle
from kashshaf.indexer.live.writer import LiveWriter
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.indexer.remove import remove, rollback
from kashshaf.indexer.update import update
from kashshaf.indexer.verify import verify
from kashshaf.search_app.query.parameters import read
from kashshaf.search_app.results.service import SearchService
from tests.opensearch.test_generations import LINES, OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from kashshaf.index.settings import Settings
    from kashshaf.index.storage.board import Version

SOON = 2.5
"""Seconds in which a change shows on a reader: it asks once a second."""
MORE = '{"id": "three", "title": "مدرسة المدينة", "body": "نجح الطلاب"}\n'


@pytest.fixture
def writer(cluster: Settings, tmp_path: Path) -> Settings:
    """Settings of a writer that has built nothing yet; the source of its site lies beside its folder."""
    (tmp_path / "source.jsonl").write_text(LINES, encoding="utf-8")
    index = tmp_path / "writer" / "index"
    return replace(cluster, index=index, engine="opensearch", opensearch_role=WRITER)


@pytest.fixture
def reader(writer: Settings, tmp_path: Path) -> Settings:
    return replace(writer, index=tmp_path / "reader" / "index", opensearch_role=READER)


def source(settings: Settings) -> Path:
    """The file with the articles of a site."""
    return settings.index.parent.parent / "source.jsonl"


def build(writer: Settings) -> None:
    rebuild(use(writer), [source(writer)], OPTIONS, silent)


@contextmanager
def serving(settings: Settings) -> Iterator[SearchService]:
    with closing(SearchService(use(settings))) as service:
        yield service


def found(service: SearchService, text: str) -> int:
    return service.search(read({"q": [text]}, service._settings))["total"]


def soon(service: SearchService, text: str, total: int) -> None:
    """Wait until a search finds so many."""
    _until(lambda: found(service, text) == total)


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def follow(reader: Settings) -> None:
    Store(use(reader).index).follow()


def serving_name(settings: Settings) -> str:
    return Store(settings.index).current().name


def test_a_reader_serves_what_the_writer_builds_changes_and_goes_back_to(
    writer: Settings, reader: Settings
) -> None:
    build(writer)
    with serving(reader) as service:
        assert found(service, "مدرسة") == 1
        source(writer).write_text(LINES + MORE, encoding="utf-8")
        update(use(writer), [source(writer)], OPTIONS, silent)
        soon(service, "مدرسة", 2)
        remove(use(writer), ["one"], UTC)
        soon(service, "القرية", 0)
        rebuild(use(writer), [], OPTIONS, silent)
        before = serving_name(reader)
        remove(use(writer), ["three"], UTC)
        soon(service, "مدرسة", 0)
        assert serving_name(reader) != before
        rollback(use(writer), UTC)
        _until(lambda: serving_name(reader) == before)
        assert found(service, "مدرسة") == 0  # what was removed stays removed
        assert not service.is_behind()


def test_before_the_writer_has_told_anything_a_reader_says_what_is_missing(
    writer: Settings, reader: Settings
) -> None:
    with serving(reader) as service:
        with pytest.raises(NoIndexError, match=r"the writer has told nothing yet.*opensearch_role to writer"):
            found(service, "مدرسة")
        with pytest.raises(NoIndexError, match="told nothing yet"):
            index_facts(use(reader))
        build(writer)
        use(reader)
        _until(Store(reader.index).exists)
        assert found(service, "مدرسة") == 1


def test_a_reader_is_as_the_writer_to_those_who_ask_and_writes_nothing(
    writer: Settings, reader: Settings
) -> None:
    build(writer)
    remove(use(writer), ["two"], UTC)
    of_writer, of_reader = index_facts(use(writer)), index_facts(use(reader))
    for name in ("generation", "engine", "committed", "articles", "comments", "lexicon", "removed"):
        assert of_reader[name] == of_writer[name], name
    assert verify(Store(reader.index), silent).articles == 1
    for write in (build, lambda settings: remove(use(settings), ["one"], UTC), _rollback):
        with pytest.raises(NotWriterError, match=rf"reader of the index that .*{writer.index}"):
            write(reader)
    assert verify(Store(reader.index), silent).articles == 1


def _rollback(settings: Settings) -> None:
    rollback(use(settings), UTC)


def test_a_publication_that_is_cut_short_is_not_seen_and_made_up_for(
    writer: Settings, reader: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(writer)
    with serving(reader) as service:
        assert found(service, "نفط") == 1

        def cut(*_: object) -> None:
            raise ClusterError("the line is dead")

        monkeypatch.setattr(OpenSearchBoard, "put", cut)
        with pytest.raises(ClusterError, match="the line is dead"):
            rebuild(use(writer), [], OPTIONS, silent)
        monkeypatch.undo()
        assert serving_name(writer) != serving_name(reader)
        time.sleep(1.5)
        assert (found(service, "نفط"), service.is_behind()) == (1, False)
        remove(use(writer), ["two"], UTC)
        soon(service, "نفط", 0)
        assert serving_name(writer) == serving_name(reader)


def test_a_damaged_piece_is_refused_and_the_commit_before_is_searched(
    writer: Settings, reader: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(writer)
    with serving(reader) as service:
        assert found(service, "نفط") == 1
        source(writer).write_text(LINES + MORE, encoding="utf-8")
        monkeypatch.setattr(OpenSearchBoard, "put", _put_others)
        update(use(writer), [source(writer)], OPTIONS, silent)
        monkeypatch.undo()
        time.sleep(1.5)
        assert (found(service, "المدينة"), service.is_behind()) == (0, True)
        rebuild(use(writer), [], OPTIONS, silent)  # as the error says
        soon(service, "المدينة", 1)
        assert not service.is_behind()


def _put_others(board: OpenSearchBoard, pieces: Iterable[bytes]) -> None:
    """Put bytes on the board that are not those that their names say."""
    for piece in pieces:
        connection().put(f"/{board._index}/_doc/{name_of(piece)}", {"bytes": "b3RoZXJz"})


def test_of_two_writers_the_second_is_refused_before_it_changes_anything(
    writer: Settings, tmp_path: Path
) -> None:
    build(writer)
    other = replace(writer, index=tmp_path / "other" / "index")
    with pytest.raises(NotWriterError, match=rf"last written by .*{writer.index}.*kashshaf take-over"):
        build(other)
    assert not other.index.exists()
    shutil.copytree(writer.index, other.index)
    remove(use(writer), ["two"], UTC)
    with pytest.raises(NotWriterError):
        remove(use(other), ["one"], UTC)
    assert verify(Store(use(writer).index), silent).articles == 1


def test_of_two_writers_that_begin_at_once_one_is_told_of_the_other(
    writer: Settings, reader: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(writer, index=tmp_path / "other" / "index")
    real = OpenSearchBoard.replace

    def late(board: OpenSearchBoard, content: Mapping[str, Any], before: Version | None) -> bool:
        monkeypatch.undo()
        build(other)
        use(writer)
        return real(board, content, before)

    monkeypatch.setattr(OpenSearchBoard, "replace", late)
    with pytest.raises(NotWriterError, match=rf"last written by .*{other.index}"):
        build(writer)
    follow(reader)
    assert serving_name(reader) == serving_name(other)
    assert verify(Store(reader.index), silent).articles == 2


def test_a_reader_takes_over_where_the_writer_is_no_more(writer: Settings, reader: Settings) -> None:
    build(writer)
    remove(use(writer), ["two"], UTC)
    with pytest.raises(SettingsError, match="set opensearch_role to writer"):
        Store(use(reader).index).take_over()
    promoted = use(replace(reader, opensearch_role=WRITER))
    with pytest.raises(NotWriterError, match="kashshaf take-over"):
        remove(promoted, ["one"], UTC)
    told = CliRunner().invoke(take_over, obj=promoted)
    assert (told.exit_code, told.output.split(":")[-1]) == (0, " 1 article\n")
    with pytest.raises(NotWriterError, match=rf"last written by .*{reader.index}"):
        remove(use(writer), ["one"], UTC)
    source(writer).write_text(LINES + MORE, encoding="utf-8")
    report = update(use(promoted), [source(writer)], OPTIONS, silent)
    assert (report.articles, report.comments) == (2, 2)  # "two" stays removed for good
    rebuild(promoted, [], OPTIONS, silent)
    assert verify(Store(promoted.index), silent).articles == 2


def test_a_copy_of_the_writers_folder_brings_its_ledger(writer: Settings, tmp_path: Path) -> None:
    build(writer)
    restored = replace(writer, index=tmp_path / "restored" / "index")
    shutil.copytree(writer.index, restored.index)
    remove(use(writer), ["two"], UTC)
    Store(use(restored).index).take_over()
    report = update(restored, [source(writer)], OPTIONS, silent)
    assert (report.articles, report.added, report.updated) == (1, 0, 0)
    assert verify(Store(restored.index), silent).comments == 2


def test_what_the_write_api_gives_shows_and_a_reader_takes_none(writer: Settings, reader: Settings) -> None:
    build(writer)
    given = GivenArticle(Article(id="three", title="مدرسة المدينة"), with_comments=True, mended=())
    with serving(reader) as service:
        assert found(service, "المدينة") == 0
        LiveWriter(use(writer)).put_articles([given])
        soon(service, "المدينة", 1)
        with pytest.raises(NotWriterError):
            LiveWriter(use(reader)).remove_article("three")


def test_each_commit_of_a_long_update_shows_while_it_goes_on(
    writer: Settings, reader: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(writer)
    monkeypatch.setattr(updating, "BATCH", 1)
    source(writer).write_text(LINES + MORE + MORE.replace("three", "four"), encoding="utf-8")
    seen: list[int] = []

    def looked_at(*given: Any) -> None:
        follow(reader)
        seen.append(Store(reader.index).current().state().articles)
        use(writer)
        commit_changes(*given)

    monkeypatch.setattr(updating, "commit_changes", looked_at)
    update(use(writer), [source(writer)], OPTIONS, silent)
    assert seen == [2, 3, 4]
