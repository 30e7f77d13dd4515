"""The language of an answer: Arabic or English, as its reader asks for it."""

from __future__ import annotations

from typing import Literal, get_args

from flask import Response
from flask import request as http

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def asked(default: Language) -> Language:
    """The language that ``Accept-Language`` prefers of ours; ``default`` where it names neither."""
    best = http.accept_languages.best_match(LANGUAGES)
    return next((each for each in LANGUAGES if each == best), default)


def say(response: Response, language: Language) -> None:
    """Tell caches and readers the language of a response that was chosen by ``Accept-Language``."""
    response.headers["Content-Language"] = language
    response.vary.add("Accept-Language")
