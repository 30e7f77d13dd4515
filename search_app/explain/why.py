"""The one sentence that says why a hit is there, in Arabic, of what was really found in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kashshaf.analyzers.letters import WAW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.search_app.explain.shapes import FormFound, WordFound

PLACES = {
    "title": "في العنوان",
    "lead": "في المقدمة",
    "headings": "في عنوان فرعي",
    "text": "في النص",
    "comments": "في التعليقات",
    "comment": "في التعليق",
}
FOUND = "ورد "
MOST_WORDS = 4
"""Words named in one sentence: a long query would make it unreadable."""
AND_OTHERS = "وغير ذلك من كلمات البحث"
PINNED = "ثبّته محرر الموقع لهذا البحث"
NO_WORDS = "لم يُبحث عن كلمة، فالترتيب بالتاريخ"
ONLY_FORMS = "لم ترد كلمات البحث نفسها، بل ما يشبهها"
LACKS = "لم يرد "
COMMA, PERIOD = "، ", "."


def why(words: Sequence[WordFound], matching: int, missing: Sequence[str], *, pinned: bool) -> str:
    """One sentence: where the words stand and in what form, comments that match, what is missing.

    ``matching`` counts comments. Words of which nothing was seen are not named.
    """
    named = list(_named(words[:MOST_WORDS]))
    parts = [PINNED] if pinned else []
    if named:
        parts.append(WAW * pinned + FOUND + f" {WAW}".join(named))
        parts += [AND_OTHERS] if len(words) > MOST_WORDS else []
    if matching:
        parts.append((WAW if parts else "") + comments_match(matching))
    if missing:
        parts.append((WAW if parts else "") + LACKS + f" {WAW}".join(map(quoted, missing[:MOST_WORDS])))
    return (COMMA.join(parts) or ONLY_FORMS) + PERIOD


def _named(words: Sequence[WordFound]) -> Iterator[str]:
    """The words by the most telling zone they stand in: each group with its place."""
    by_zone: dict[str, list[FormFound]] = defaultdict(list)
    for word in words:
        best = word["forms"][0]
        by_zone[best["zones"][0]].append(best)
    alone = len(words) == 1
    for zone in [place for place in PLACES if place in by_zone]:
        forms = by_zone[zone]
        told = f" {WAW}".join(_told(form, alone=alone) for form in forms)
        yield f"{told} {PLACES[zone]}" + (_apart(forms[0]) if alone else "")


def _told(form: FormFound, *, alone: bool) -> str:
    said = "" if alone or not form["relation"] else f" ({form['relation']})"
    return quoted(form["form"]) + said


def _apart(form: FormFound) -> str:
    return f"{COMMA}{WAW}هو {form['relation']}" if form["relation"] else ""


def quoted(text: str) -> str:
    """A word or phrase in Arabic quotation marks; one that has some keeps its own."""
    return text if text[:1] in '"«=' else f"«{text}»"


def comments_match(count: int) -> str:
    """The number of comments that match, in the right agreement, for a number above 0."""
    if count == 1:
        return "تعليق واحد يطابق"
    if count == 2:
        return "تعليقان يطابقان"
    if 3 <= count % 100 <= 10:
        return f"{count} تعليقات تطابق"
    return f"{count} تعليقاً يطابق" if count % 100 >= 11 else f"{count} تعليق يطابق"
