"""A library of site profiles: written ones, and those learned from folders of pages.

A folder is learned from when its first page is read that no written profile fits: what a sample of its pages
shares, site by site, becomes a drafted profile (:mod:`kashshaf.indexer.profiles.draft`). It is saved with the
index, so that a page that comes alone tomorrow is read as the folder was.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kashshaf.index.errors import UsageError
from kashshaf.indexer.profiles import profile_file
from kashshaf.indexer.profiles.draft import draft_profile, sample_page
from kashshaf.indexer.sources.decoding import encoding
from kashshaf.indexer.sources.decoding.unpack import PACKED, unpacked
from kashshaf.indexer.sources.discover import discover
from kashshaf.indexer.sources.formats import HTML
from kashshaf.indexer.sources.html.hosts import hosts_in_path, hosts_of, is_host

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kashshaf.indexer.profiles.draft import Sample
    from kashshaf.indexer.sources.profile import Profile

FOLDER = "profiles"
"""The folder, inside the index's, of learned profiles."""
_NO_HOST = "no-host"
_SAMPLE = 60
"""Pages of a folder that are looked at: some of every site in it, and few enough for some seconds."""
_FEWEST_OF_SITE = 5
_SECONDS = 30.0
"""Seconds of processor time for the pages of a sample; the pages read by then have to do."""
_LARGEST_PAGE, _LARGEST_SAMPLE = 2_000_000, 20_000_000
"""Bytes of one page of a sample, and of all together: their trees are held, some ten times as large."""


class ProfileLibrary:
    """The profiles of a run.

    ``forced``: a profile that the user named, which is then the only one. ``saved``: the folder of profiles
    learned in earlier runs; ``saves``: write new ones into it. ``relearn``: learn from a folder even where a
    saved profile fits, as a rebuild does.
    """

    def __init__(
        self,
        written: Sequence[Profile] = (),
        forced: Profile | None = None,
        saved: Path | None = None,
        *,
        saves: bool = False,
        relearn: bool = True,
    ) -> None:
        self.forced = forced
        self.written = tuple(written)
        self.relearn = relearn
        self._folder = saved
        self._saves = saves
        self._saved: list[Profile] | None = None
        self._learned: dict[str, list[Profile]] = {}
        self._given: tuple[Path, ...] = ()

    def key(self) -> str:
        """A hash of the written profiles: pages are read again when they change."""
        profiles = [self.forced] if self.forced else self.written
        return hashlib.blake2b(" ".join(one.digest for one in profiles).encode(), digest_size=8).hexdigest()

    def add_files(self, sources: Sequence[Path]) -> None:
        """Add the sources of a run: files that are named one by one are learned from as a folder is."""
        self._given = tuple(source for source in sources if source.is_file())

    def below(self, root: str) -> SourceProfiles:
        """The profiles for the pages of a source: a folder or a single file, by its path."""
        return SourceProfiles(self, root)

    def saved(self) -> list[Profile]:
        """The profiles that earlier runs saved, without those that cannot be read any more."""
        if self._saved is None:
            paths = sorted(self._folder.glob("*.toml")) if self._folder else []
            self._saved = list(filter(None, map(_readable, paths)))
        return self._saved

    def learned(self, root: str) -> list[Profile]:
        """Profiles learned from a folder, one for each of its sites; once a run, and saved."""
        root = root if Path(root).is_dir() else ""
        if root not in self._learned:
            self._learned[root] = []  # whatever should go wrong goes wrong once
            drafts = _drafts(discover(Path(root)) if root else self._given, root)
            self._learned[root] = [
                profile_file.parse(text, Path(f"{host or _NO_HOST}.toml")) for host, text in drafts.items()
            ]
            if self._saves and self._folder is not None:
                _save(self._folder, drafts)
        return self._learned[root]


@dataclass(frozen=True, slots=True)
class SourceProfiles:
    """The profiles for the pages of one source."""

    library: ProfileLibrary
    root: str

    def of(self, hosts: Sequence[str]) -> Iterator[Profile]:
        """The profiles to try on a page that may be of these hosts, the surest first."""
        library = self.library
        if library.forced:
            yield library.forced
            return
        hosts = [*hosts, *_above(self.root)]
        yield from (profile for host in hosts for profile in library.written if profile.is_for(host))
        yield from (profile for profile in library.written if not profile.hosts)
        hosts = _sites(hosts)
        if library.relearn:
            yield from _of_site(library.learned(self.root), hosts)
        yield from _of_site(library.saved(), hosts)
        if not library.relearn:
            yield from _of_site(library.learned(self.root), hosts)


def draft_of(sources: Sequence[Path]) -> str:
    """A profile, as TOML, of the site that most of the pages are of; raises UsageError for none."""
    folders = (
        path for source in sources if source.is_dir() for path in discover(source) if _may_be_page(path)
    )
    files = (source for source in sources if not source.is_dir())
    by_host = _by_host(spread((*files, *folders), _SAMPLE), "")
    host = max(by_host, key=lambda name: len(by_host[name]), default="")
    text = draft_profile(by_host[host], host) if by_host else ""
    if not text:
        raise UsageError(
            "no profile can be drafted of these pages: nothing stands at one place in most of them;"
            " give some ten saved HTML pages with articles of one site"
        )
    return text


def _sites(hosts: Iterable[str]) -> list[str]:
    """The hosts that can name a file: a page states what it likes."""
    return list(filter(is_host, hosts))


def _of_site(among: Iterable[Profile], hosts: Sequence[str]) -> list[Profile]:
    """The profiles of the first host that has any; for a page of no host, those without one."""
    found = ([profile for profile in among if profile.is_for(host)] for host in hosts)
    return next(filter(None, found), []) or [profile for profile in among if not hosts and not profile.hosts]


def _readable(path: Path) -> Profile | None:
    try:
        return profile_file.load(path)
    except UsageError:
        return None


def _save(folder: Path, drafts: dict[str, str]) -> None:
    """Save drafts, each file whole or not at all; no failure to save fails a page."""
    for host, text in drafts.items():
        path = folder / f"{host or _NO_HOST}.toml"
        aside = path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(
            OSError
        ):  # pages are read all the same; a full disk is told by what must be kept
            folder.mkdir(parents=True, exist_ok=True)
            try:
                aside.write_text(text, encoding="utf-8")
                aside.replace(path)
            finally:
                aside.unlink(missing_ok=True)


def _drafts(paths: Iterable[Path], root: str) -> dict[str, str]:
    """A profile as TOML for each site of which a sample of the files has enough pages."""
    by_host = _by_host(spread(filter(_may_be_page, paths), _SAMPLE), root)
    made = {
        host: draft_profile(samples, host)
        for host, samples in by_host.items()
        if len(samples) >= _FEWEST_OF_SITE
    }
    return {host: text for host, text in made.items() if text}


def _above(root: str) -> list[str]:
    """The hosts that folders on the way to a source are named after, its own name included."""
    return hosts_in_path(f"{root}/" if Path(root).is_dir() else root)


def _may_be_page(path: Path) -> bool:
    suffix = Path(path.name.lower().removesuffix(PACKED)).suffix
    return suffix in HTML.suffixes


def spread(paths: Iterable[Path], most: int) -> list[Path]:
    """At most ``most`` of the paths, evenly spread; never more than twice as many are held."""
    saved: list[Path] = []
    step = 1
    for number, path in enumerate(paths):
        if number % step == 0:
            saved.append(path)
            if len(saved) >= 2 * most:
                saved = saved[::2]
                step *= 2
    return saved if len(saved) <= most else saved[:: -(-len(saved) // most)]


def _by_host(paths: Iterable[Path], root: str) -> dict[str, list[Sample]]:
    """The pages that can be read, looked at, by the host that they are most surely of."""
    found: dict[str, list[Sample]] = defaultdict(list)
    until, left = time.process_time() + _SECONDS, _LARGEST_SAMPLE
    for path in paths:
        if time.process_time() > until or left < 0:
            break
        try:
            raw = _raw(path)
            left -= len(raw)
            one = sample_page(encoding.decode(raw).text) if len(raw) <= _LARGEST_PAGE else None
        except Exception:  # noqa: BLE001, S112 - a page that cannot be read is refused when its own turn comes
            continue
        if one is not None:
            below = path.relative_to(root).as_posix() if root else path.name
            hosts = [*hosts_of(one.source, one.root, one.url, below), *_above(root)]
            found[next(iter(_sites(hosts)), "")].append(one)
    return found


def _raw(path: Path) -> bytes:
    """The bytes of a page, and one more of a page that is too large."""
    with path.open("rb") as stream, unpacked(stream, path) as (inner, _):
        return inner.read(_LARGEST_PAGE + 1)
