"""A small site to try commands on: a folder of sources, an index beside it, and what one asks of both."""

from __future__ import annotations

import errno
import os
import signal
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from whoosh.filedb.filestore import FileStorage

from kashshaf.index.engines.whoosh.writer import WhooshWriter as EngineWriter
from kashshaf.index.settings import Settings
from kashshaf.index.store.article_writer import stored_articles
from kashshaf.index.store.generations import Generation, Store
from kashshaf.index.store.sealed.checksums import LIST, write_list
from kashshaf.index.store.sealed.json_files import read_json, write_json
from kashshaf.index.store.snapshot import Snapshot
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.indexer.remove import remove, rollback
from kashshaf.indexer.update import update
from kashshaf.indexer.verify import verify
from kashshaf.search_app.query.parameters import read
from kashshaf.search_app.results.service import SearchService

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kashshaf.index.documents import Article
    from kashshaf.index.schema import IndexName
    from kashshaf.index.store.parts import State
    from kashshaf.indexer.report import Report
    from kashshaf.search_app.results.shapes import Response

__all__ = ["EngineWriter"]

Row = dict[str, Any]
NOW = datetime(2024, 3, 24, 12, tzinfo=UTC)


def row(id_: str, title: str, *comments: tuple[str, str], **more: Any) -> Row:
    """An article as JSON; comments as pairs of id and text."""
    said = [{"id": name, "author": "قارئ", "text": text} for name, text in comments]
    return {"id": id_, "title": title, "date": "2016-05-24", "comments": said, **more}


BRIDGE = row("bridge", "افتتاح الجسر الجديد", ("c1", "مبروك للمدينة"), ("c2", "تأخر كثيراً"))
SCHOOL = row("school", "المدرسة تستقبل التلاميذ", ("c1", "عام سعيد"), body="بدأ الدرس صباحاً.")
HARVEST = row("harvest", "موسم الزيتون يبدأ باكراً", body="خرج الفلاحون إلى الحقول.")


class Site:
    """Sources in one folder, the index in another."""

    def __init__(self, folder: Path, engine: str = "") -> None:
        self.folder = folder
        self.sources = folder / "sources"
        self.sources.mkdir()
        self.settings = Settings(index=folder / "built", engine=engine)
        self.store = Store(self.settings.index)

    def write(self, name: str, *rows: Row) -> Path:
        """A JSONL file below the sources, newer than any before."""
        path = self.sources / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.stat().st_mtime_ns if path.exists() else 0
        path.write_bytes(b"".join(orjson.dumps(each) + b"\n" for each in rows))
        if path.stat().st_mtime_ns <= before:
            os.utime(path, ns=(before + 1, before + 1))
        return path

    def reindex(self, *sources: Path, as_of: datetime | None = None, resume: bool = False) -> Report:
        """``reindex`` of the sources named: of none, from the stored articles."""
        return rebuild(self.settings, sources, Options(as_of, UTC), silent, resume=resume)

    def build(self, *rows: Row) -> Report:
        """A first index, of one file."""
        self.write("a.jsonl", *rows)
        return self.reindex(self.sources)

    def index(self, *sources: Path, sync: bool = False, as_of: datetime | None = None) -> Report:
        """``index`` of the sources named, else of the folder of sources."""
        chosen = sources or (self.sources,)
        return update(self.settings, chosen, Options(as_of, UTC), silent, sync=sync)

    def remove(self, *ids: str) -> list[str]:
        """``remove``."""
        return remove(self.settings, ids, UTC)

    def rollback(self) -> Generation:
        return rollback(self.settings, UTC)

    def verify(self) -> State:
        """``verify``."""
        return verify(self.store, silent)

    def ask(self, text: str = "", **parameters: str) -> Response:
        """A search in a service of its own."""
        named = {name.removesuffix("_"): [value] for name, value in parameters.items()}
        service = SearchService(self.settings)
        try:
            return service.search(read({"q": [text], **named}, self.settings))
        finally:
            service.close()

    def found(self, text: str = "", **parameters: str) -> set[str]:
        """The ids that a search finds."""
        return {hit["id"] for hit in self.ask(text, size="100", **parameters)["hits"]}

    def stored(self) -> dict[str, Article]:
        """Every article of the index by its id."""
        snapshot = Snapshot(self.store.current())
        try:
            return {each.id: each for each in stored_articles(snapshot.articles, snapshot.comments)}
        finally:
            snapshot.close()

    def generations(self) -> list[str]:
        """The folders of generations, oldest first."""
        return sorted(each.name for each in (self.store.root / "generations").iterdir())

    def put_raw(self, index: IndexName, change: Callable[[Any], None]) -> None:
        """Write to one of the two indexes behind the back of everything else but the checksums."""
        generation = self.store.current()
        with generation.engine().writer(generation.index_folder(index), index) as writer:
            change(writer)
            writer.commit()
        self.seal()

    def seal(self) -> None:
        """List checksums anew of all that is there."""
        folder = self.store.current().commit_folder()
        write_list(folder, [path for path in folder.rglob("*") if path.is_file() and path.name != LIST])

    def edit_json(self, name: str, generation: Generation | None = None, **changes: Any) -> None:
        """Change some values in a JSON file of a generation."""
        path = (generation or self.store.current()).folder / name
        write_json(path, {**read_json(path), **changes})


Point = tuple[object, str, int]
"""An object or class, the name of something it does, and the how-many-th time of that."""


def at_point(point: Point, happens: Callable[[], None]) -> Callable[[], None]:
    """Let something happen in place of what is done at a point; gives what puts all back."""
    owner, name, time = point
    done = getattr(owner, name)
    count = 0

    def instead(*given: Any, **named: Any) -> Any:
        nonlocal count
        count += 1
        if count == time:
            happens()
        return done(*given, **named)

    setattr(owner, name, instead)
    return lambda: setattr(owner, name, done)


def die() -> None:
    """As when the power goes."""
    os.kill(os.getpid(), signal.SIGKILL)


def in_child(action: Callable[[], object]) -> int:
    """Do something in a process of its own; how it ended, as ``os.waitpid`` tells it."""
    child = os.fork()
    if child == 0:
        status = 70
        try:
            action()
            status = 0
        except Exception:  # noqa: BLE001 - the child ends here whatever it is
            traceback.print_exc()
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1]


def killed(action: Callable[[], object], point: Point) -> bool:
    """Whether a process that did this was killed at that point: a real SIGKILL, nothing is tidied up."""

    def run() -> None:
        at_point(point, die)
        action()

    status = in_child(run)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def raised(action: Callable[[], object], kind: type[Exception]) -> bool:
    """Whether this raises an error of that kind: in a process of its own, with which go files left open."""

    def run() -> None:
        with pytest.raises(kind):
            action()

    return in_child(run) == 0


def full_after(files: int) -> Callable[..., Any]:
    """Makes the engine's files; after so many the disk is full."""
    create = FileStorage.create_file
    left = files

    def create_file(self: Any, *given: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return create(self, *given, **named)

    return create_file
