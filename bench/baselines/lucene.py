"""Lucene's ArabicAnalyzer with BM25, through the peer's own script: ``run index | search | stems``."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from bench.errors import NotHereError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashshaf.evaluate import Run

BM25 = "1.2", "0.75"
"""k1 and b, as in our ranking."""
TOOLS = "java", "javac"


class Lucene:
    """The peer. ``script`` keeps Lucene in the folder that PEERS_CACHE names, where it fetches it once."""

    def __init__(self, script: Path) -> None:
        self._script = script
        self.version = ""
        """Known once it has indexed something."""

    def ranking(self, corpus: Path, queries: Path) -> Run:
        """The best hundred of each query, title and text of a document indexed as one."""
        with tempfile.TemporaryDirectory(prefix="lucene-") as name:
            folder = Path(name)
            lines = plain(corpus, folder / "corpus.jsonl")
            said = self._run("index", "--corpus", lines, "--index", folder / "index", "--threads", "1")
            self.version = orjson.loads(said.splitlines()[0])["lucene"]
            told = "--index", folder / "index", "--queries", queries, "--run", folder / "run", "--warmup", "0"
            self._run("search", *told, "--bm25", ":".join(BM25))
            return read_run(folder / f"run.{'_'.join(BM25)}.trec")

    def stems(self, texts: Sequence[str]) -> dict[str, list[str]]:
        """The terms of each text, stop words too."""
        with tempfile.TemporaryDirectory(prefix="lucene-") as name:
            words = Path(name) / "words"
            words.write_text("\n".join(texts) + "\n", encoding="utf-8")
            said = self._run("stems", "--words", words)
        rows = (line.rpartition("\t") for line in said.split("\n") if line)
        return {text: terms.split() for text, _, terms in rows}

    def command(self, *words: str | Path) -> list[str | Path]:
        """Return the command that runs the script; NotHereError where it or its tools are missing."""
        if not self._script.is_file():
            raise NotHereError("Lucene: its script, peers/lucene/run, is not beside the project")
        if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
            raise NotHereError(f"Lucene: it needs a JDK, and {' and '.join(missing)} cannot be found")
        return [self._script, *words]

    def _run(self, *words: str | Path) -> str:
        """Run the script and return its output; NotHereError where it cannot be run or fails."""
        command = self.command(*words)
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["it does not say why"]
            raise NotHereError(f"Lucene: its script failed: {last[0]}")
        return done.stdout


def read_run(path: Path) -> Run:
    """A TREC run; the score of a document is its place, so that ties stay as they were ranked."""
    run: Run = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        query, _, document, place, _, _ = line.split()
        run.setdefault(query, {})[document] = -float(place)
    return run


def plain(corpus: Path, target: Path) -> Path:
    """The file itself, or where it is gzipped ``target``, unpacked."""
    if corpus.suffix != ".gz":
        return corpus
    with gzip.open(corpus) as packed, target.open("wb") as file:
        shutil.copyfileobj(packed, file)
    return target
