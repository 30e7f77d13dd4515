"""The pages, rendered on the server: first page, results, analysis of words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, render_template
from flask import request as http
from jinja2 import StrictUndefined

from search_app.explain import sentences, shared_terms
from search_app.query import parameters
from search_app.query.filters import FILTERS
from search_app.query.parameters import SearchRequest
from search_app.web import links, localize, pictures
from search_app.web.reading import page as reading

if TYPE_CHECKING:
    from index.settings import Settings
    from search_app.explain.shapes import Analysis
    from search_app.results.service import SearchService
    from search_app.results.shapes import Overview, Response
    from search_app.web.theme import Theme

NEWEST = 7
"""Articles on the first page: one in large type and three rows of two."""
MAX_CHOICES = 200
"""Sources or sections offered in a list."""
OPEN_CARDS = 8
"""Cards of distinct words that are open from the start; if there are more, all are closed."""
ALSO_SHOWN = 3
"""Other publications of a text named under a result; its page names more."""
MAX_DEPTH = 4
"""Replies below this depth are not indented further: a phone has no room."""

NOTES: dict[str, str] = {
    "unquoted": "لم ترد العبارة كما كُتبت بين علامتي التنصيص، فبحثنا عن كلماتها.",
    "cut": "عبارة البحث طويلة، فبحثنا بأدلّ كلماتها.",
    "time_as_words": "لا شيء في تلك المدة، فبحثنا عن كلمات الزمن كما كُتبت.",
    "not_expanded": "تعذّر البحث عن كل ما بدأ بكلمة أو قارب رسمها، فبحثنا عنها هي.",
}
"""Sentences for those notes of a response that are names."""


_TRACKING = re.compile(r"utm_\w+|\w*clid|_ga|_gl|ref")
"""Parameters that networks and newsletters add to links; a page must open all the same."""


def _given() -> dict[str, list[str]]:
    """The parameters of the page, without those that only track visitors."""
    given = http.args.to_dict(flat=False)
    return {name: values for name, values in given.items() if not _TRACKING.fullmatch(name)}


class Pages:
    """The routes ``/``, ``/search`` and ``/analyze``."""

    def __init__(self, service: SearchService, settings: Settings) -> None:
        self._service = service
        self._settings = settings

    def home(self) -> str:
        """The search box, the size of the index, and its newest articles."""
        parameters.check_names(_given(), ())
        overview = self._service.overview()
        newest = self._service.search(SearchRequest(sort="newest", size=NEWEST))
        return render_template("home.html", overview=overview, newest=newest["hits"], request=SearchRequest())

    def search(self) -> str:
        """The results of a search with its filters."""
        request = parameters.read(_given(), self._settings)
        response = self._service.search(request)
        request = replace(request, text=response["query"]["text"])
        shown = {
            **_of_hits(request, response),
            **self._of_form(request, self._service.overview()),
            **self._of_links(request, response),
        }
        return render_template("search.html", request=request, response=response, **shown)

    def _of_form(self, request: SearchRequest, overview: Overview) -> dict[str, Any]:
        """The fields of the form, and the parameters that it sends along unseen."""
        known = {"source": overview["sources"], "section": overview["sections"]}
        offered = {name: offers(values, request.filters.get(name, ())) for name, values in known.items()}
        chosen = links.choices(request)
        if request.target == "comments":
            del chosen["fold"]  # comments never are
        seen = {"q", "page", *chosen, *(each.parameter for each in FILTERS if not each.keyword)}
        given = links.parameters(request, self._settings.page_size)
        unseen = [
            (name, value)
            for name, values in given.items()
            if name not in seen
            for value in (values[1:] if name in offered else values)  # the field has the first
        ]
        return {"offered": offered, "chosen": chosen, "unseen": unseen}

    def _of_links(self, request: SearchRequest, response: Response) -> dict[str, Any]:
        """Links to other searches: other pages, fewer filters, something else to try.

        Partial matches are listed by relevance alone; ``ranked`` leads there from another order.
        """
        size = self._settings.page_size
        ranked = replace(request, sort="relevance", page=1)
        listed = response["total"] + (response["total_partial"] if request.sort == "relevance" else 0)
        pager = links.pager(request, listed, size)
        return {
            "ranked": "" if request.sort == "relevance" else links.search_url(ranked, size),
            "chips": links.chips(request, size, _article_title(response)),
            "cleared": links.search_url(links.unfiltered(request), size),
            "first_page": pager.pages[0],
            "pager": pager,
            **links.rereadings(request, response, size),
            "advice": [] if response["total"] else links.advice(request, size),
        }

    def analyze(self) -> str:
        """The analysis of each word of ``text``, and the terms that words share."""
        given = _given()
        given = {name: [value.replace("\r\n", "\n") for value in values] for name, values in given.items()}
        parameters.check_names(given, ("text",))
        text = parameters.clean(given.get("text", [""])[0])
        shown = _of_analysis(self._service.analyse(text)) if text.strip() else NO_ANALYSIS
        return render_template("analyze.html", request=SearchRequest(), text=text, **shown)

    def comments_url(self, article_id: str, text: str) -> str:
        """The search for all matching comments on an article."""
        size = self._settings.page_size
        request = SearchRequest(text, "comments", {"article": (article_id,)}, size=size)
        return links.search_url(request, size)

    def only_url(self, name: str, value: str) -> str:
        """The newest of one source, section, author or tag."""
        size = self._settings.page_size
        return links.search_url(SearchRequest(filters={name: (value,)}, size=size), size)


def _of_hits(request: SearchRequest, response: Response) -> dict[str, Any]:
    """The hits in one list or, where partial matches follow full ones, in two."""
    hits = response["hits"]
    partial = [hit for hit in hits if hit["match"] == "partial"]
    apart = partial if response["total_partial"] else []
    return {
        "hits": hits[: len(hits) - len(apart)],
        "partial": apart,
        "only_partial": request.match == "auto" and bool(partial) and not apart,
        "first": (request.page - 1) * request.size + 1,
    }


NO_ANALYSIS: dict[str, Any] = {"cards": [], "shared": [], "pieces": [], "lexicon": None}


def _of_analysis(found: Analysis) -> dict[str, Any]:
    cards = shared_terms.cards(found)
    return {
        "cards": cards,
        "shared": shared_terms.between(cards),
        "pieces": shared_terms.pieces(found, cards),
        "lexicon": found["lexicon"],
    }


def offers(known: list[tuple[str, int]], chosen: tuple[str, ...]) -> list[tuple[str, int | None]]:
    """The values of a list with their counts: the commonest ones, and whatever is chosen now."""
    offered: list[tuple[str, int | None]] = [
        (value, number) for value, number in known[:MAX_CHOICES] if value
    ]
    names = {value for value, _ in offered}
    return offered + [(value, None) for value in chosen[:1] if value not in names]


def _article_title(response: Response) -> str:
    for hit in response["hits"]:
        if hit["type"] == "comment":
            return hit["article_title"]
        return hit["title"]
    return ""


def install(app: Flask, service: SearchService, settings: Settings, theme: Theme) -> None:
    """Add the pages to ``app``, and to its templates the functions they call."""
    pages = Pages(service, settings)
    routes = Blueprint("pages", __name__)
    routes.add_url_rule("/", view_func=pages.home)
    routes.add_url_rule("/search", view_func=pages.search)
    routes.add_url_rule("/analyze", view_func=pages.analyze)
    reading.add_routes(routes, service, settings)
    app.register_blueprint(routes)
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters |= {"marked": localize.marked, "web_url": localize.web_url, "host": localize.host}
    environment.globals.update(_globals(pages, settings, theme))


def _globals(pages: Pages, settings: Settings, theme: Theme) -> dict[str, Any]:
    presenter = localize.Presenter.from_settings(settings)
    return {
        "settings": settings,
        "theme": theme,
        "picture": pictures.picture,
        "number": presenter.number,
        "count": presenter.count,
        "date_text": presenter.date,
        "machine_date": localize.machine_date,
        "comments_url": pages.comments_url,
        "only_url": pages.only_url,
        "filters": FILTERS,
        "notes": NOTES,
        "choice_labels": links.CHOICE_LABELS,
        "target_labels": links.CHOICE_LABELS["in"][1],
        "max_text": parameters.MAX_TEXT,
        "max_depth": MAX_DEPTH,
        "open_cards": OPEN_CARDS,
        "also_shown": ALSO_SHOWN,
        "also_name": localize.also_name,
        "level_names": sentences.LEVEL_NAMES,
        "level_meanings": sentences.LEVEL_MEANINGS,
        "shared_with": shared_terms.shared_with,
        "sentence": sentences.sentence,
        "witnesses": sentences.witnesses,
        "default_size": settings.page_size,
    }
