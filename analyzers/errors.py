"""The root of Kashshaf's error tree; the rest of it is drawn in ``index/errors.py``."""


class KashshafError(Exception):
    """Something a person can mend. Its text is one sentence that says what is wrong and what to do."""


class LexiconError(KashshafError):
    """The frozen words of an index are missing or damaged, or another version's."""
