"""The scene of a fault: an index of a few articles with comments, and a command that changes it.

Both states that may be seen afterwards are known: the one before the command, and the one after it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from kashshaf.cli import main
from kashshaf.index.store.article_writer import stored_articles
from kashshaf.index.store.generations import Store
from kashshaf.index.store.snapshot import Snapshot
from kashshaf.indexer.sources.exports.lines import MARK, REMOVED
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Row, row

if TYPE_CHECKING:
    from pathlib import Path

CHANGED = row("bridge", "إغلاق الميناء", ("c2", "تأخر كثيراً"), ("c9", "خسارة فادحة"))
PORT = row("port", "الميناء يستقبل السفن", ("c1", "خبر سار"), ("c2", "أخيراً"), body="رست ثلاث سفن.")
FIRST, SECOND = (BRIDGE, SCHOOL, HARVEST), (CHANGED, SCHOOL, HARVEST, PORT)
COMMANDS = ("index", "remove", "reindex", "rollback", "import")
EXPORT = "all.jsonl"
State = dict[str, dict[str, object]]
"""Articles with their comments, by id."""


@dataclass(frozen=True)
class Scene:
    """A folder with sources, an index, and the index's folder for temporary files; kept for every point."""

    folder: Path
    engine: str
    command: str

    @property
    def index(self) -> Path:
        return self.folder / "built"

    @property
    def kept(self) -> Path:
        """The scene as it is before the command."""
        return self.folder.with_name("kept")

    def run(self, *arguments: str) -> int:
        """Run a command of ours in this process; the exit status."""
        sys.argv = ["kashshaf", "--index", str(self.index), *arguments]
        try:
            main()
        except SystemExit as ended:
            return int(ended.code or 0)
        return 0

    def act(self) -> int:
        """Run the command of the scene."""
        match self.command:
            case "index":
                return self.run("index", str(self.folder / "sources"))
            case "remove":
                return self.run("remove", "school", "bridge/c1")
            case "reindex":
                return self.run("reindex", "--engine", self.engine, str(self.folder / "sources"))
            case "import":
                return self.run("import", str(self.folder / EXPORT))
        return self.run(self.command)

    def build(self) -> None:
        """Make the scene, and keep it."""
        (self.folder / "sources").mkdir(parents=True)
        (self.folder / "tmp").mkdir(exist_ok=True)
        going_back = self.command == "rollback"
        for rows in (FIRST, SECOND if going_back else FIRST):  # two generations: one to go back to
            self._write(*rows)
            self.run("reindex", "--engine", self.engine, str(self.folder / "sources"))
        if going_back:
            self.run("remove", "school")
        if self.command in ("index", "reindex"):
            self._write(*SECOND)
        if self.command == "import":
            self._export()
        shutil.copytree(self.folder, self.kept)

    def _export(self) -> None:
        """Leave an export in place of the index, with a removal of what is among its articles."""
        path = self.folder / EXPORT
        self.run("export", str(path))
        *lines, end = path.read_bytes().splitlines(keepends=True)
        lines.append(orjson.dumps({MARK: REMOVED, "article": "school", "comment": None}) + b"\n")
        digest = hashlib.sha256(b"".join(lines)).hexdigest()
        lines.append(orjson.dumps({**orjson.loads(end), "sha256": digest}) + b"\n")
        path.write_bytes(b"".join(lines))
        shutil.rmtree(self.index)

    def _write(self, *rows: Row) -> None:
        path = self.folder / "sources" / "a.jsonl"
        path.write_bytes(b"".join(orjson.dumps(each) + b"\n" for each in rows))
        os.utime(path, ns=(len(rows), len(rows)))

    def reset(self) -> None:
        """Put all back as it was before the command."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)

    def state(self) -> State:
        """The articles that the index has; none where there is no index."""
        if not Store(self.index).exists():
            return {}
        snapshot = Snapshot(Store(self.index).current())
        try:
            articles = stored_articles(snapshot.articles, snapshot.comments)
            return {each.id: each.to_dict() for each in articles}
        finally:
            snapshot.close()
