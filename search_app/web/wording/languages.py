"""The language of an answer: Arabic or English, as its reader asks for it."""

from __future__ import annotations

from typing import Literal, get_args

from flask import Response
from flask import request as http

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def asked(default: Language) -> Language:
    """The language that ``Accept-Language`` prefers of ours, of any country; ``default`` without either."""
    wanted = (tag.lower().split("-")[0] for tag, quality in http.accept_languages if quality > 0)
    return next((each for tag in wanted for each in LANGUAGES if each == tag), default)


def say(response: Response, language: Language) -> None:
    """Tell caches and readers the language of a response that was chosen by ``Accept-Language``."""
    response.headers["Content-Language"] = language
    response.vary.add("Accept-Language")
