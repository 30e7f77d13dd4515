"""The synonyms in use: the shipped ones and those of an editor's file, as of its last whole version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.settings import SYNONYMS
from kashshaf.search_app.query.edited.edited_file import EditedFile
from kashshaf.search_app.query.synonyms.shipped import shipped
from kashshaf.search_app.query.synonyms.synonym_file import read_synonyms
from kashshaf.search_app.query.synonyms.synonyms import Synonyms

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.settings import Settings


class SynonymsInUse:
    """Synonyms as the settings name them; raises SettingsError where their file is wrong."""

    def __init__(self, settings: Settings) -> None:
        self._shipped = shipped() if settings.synonyms_shipped == "yes" else ()
        required = settings.synonyms != SYNONYMS
        self._file = EditedFile(settings.synonyms, self._made, required=required)

    def current(self) -> Synonyms:
        """The synonyms of now."""
        return self._file.current()

    def version(self) -> str:
        """A name of the file's version, another after each edit."""
        return str(self._file.stamp())

    def _made(self, text: str, path: Path) -> Synonyms:
        return Synonyms((*read_synonyms(text, path), *self._shipped))
