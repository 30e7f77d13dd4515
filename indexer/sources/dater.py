"""A dater reads the dates of one document and keeps a sentence on each that needs one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.dates.fields import parse_field, without_label
from kashshaf.index.dates.parser import why_not
from kashshaf.indexer.sources.outcome import Mended

if TYPE_CHECKING:
    from kashshaf.index.documents import Precision
    from kashshaf.indexer.sources.reading import Reading


class Dater:
    """Reads the dates of one document; ``mended`` has a sentence on each that needs one."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._mended = Mended()
        self._noted: set[str] = set()

    @property
    def mended(self) -> tuple[str, ...]:
        """A sentence for each thing that was left out or guessed."""
        return self._mended.sentences()

    def say(self, sentence: str) -> None:
        """Keep a sentence on something else of the document."""
        self._mended.say(sentence)

    def read(self, text: str) -> tuple[str | None, Precision | None]:
        """ISO date and precision; two Nones, and a sentence, for what cannot be read."""
        if not text.strip():
            return None, None
        when = parse_field(text, self.reading.base, self.reading.zone)
        if when is None:
            reason = why_not(without_label(text) or text)
            sentence = f"the date {_short(text)!r} cannot be read and was left out"
            self._mended.say(f"{sentence}: {reason}" if reason else sentence)
            return None, None
        for note in when.notes:
            if note not in self._noted:
                self._noted.add(note)
                self._mended.say(f"the date {_short(text)!r}: {note}")
        if when.relative and self.reading.as_of is None:
            self._mended.say(
                f"ages were counted back from the file's time, {self.reading.file_time.date()}; "
                "--as-of says when the page was saved"
            )
        return when.iso, when.precision


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
