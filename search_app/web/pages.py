"""The pages, rendered on the server: first page, results, analysis of words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, render_template
from flask import request as http
from jinja2 import StrictUndefined

from kashshaf.search_app.explain import sentences, shared_terms
from kashshaf.search_app.query import parameters
from kashshaf.search_app.query.filters import FILTERS
from kashshaf.search_app.query.parameters import SearchRequest
from kashshaf.search_app.web import links, localize
from kashshaf.search_app.web.listing import page as listing
from kashshaf.search_app.web.listing import page_request
from kashshaf.search_app.web.listing.facets import ASKED
from kashshaf.search_app.web.reading import page as reading

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings
    from kashshaf.search_app.explain.shapes import Analysis
    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.web.theme import Theme

NEWEST = 7
"""Articles on the first page: one in large type and three rows of two."""
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
    "time_limit": "انتهت مهلة البحث قبل أن يكتمل، فقد ينقص تظليل أو تعليقات أو أعداد؛ اختصر البحث أو ضيّقه.",
}
"""Sentences for those notes of a response that are names."""


class Pages:
    """The routes ``/``, ``/search`` and ``/analyze``."""

    def __init__(self, service: SearchService, settings: Settings) -> None:
        self._service = service
        self._settings = settings

    def home(self) -> str:
        """The search box, the size of the index, and its newest articles."""
        overview = self._service.overview()
        newest = self._service.search(SearchRequest(sort="newest", size=NEWEST))
        return render_template("home.html", overview=overview, newest=newest["hits"], request=SearchRequest())

    def search(self) -> Response:
        """The results of a search with its filters; status 400 where a part of the request was left out."""
        request, faults, typed = page_request.read(http.args.to_dict(flat=False), self._settings)
        response = self._service.search(replace(request, facets=ASKED, why=True))
        request = replace(request, text=response["query"]["text"])
        shown = listing.shown(request, response, self._settings, self._service.total)
        page = render_template(
            "search.html", request=request, response=response, faults=faults, typed=typed, **shown
        )
        return Response(page, 400 if faults else 200)

    def analyze(self) -> str:
        """The analysis of each word of ``text``, and the terms that words share."""
        given = [value.replace("\r\n", "\n") for value in http.args.getlist("text") or [""]]
        parameters.check_names({"text": given}, ("text",))
        text = parameters.clean(given[0])
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


NO_ANALYSIS: dict[str, Any] = {"cards": [], "shared": [], "pieces": [], "lexicon": None}


def _of_analysis(found: Analysis) -> dict[str, Any]:
    cards = shared_terms.cards(found)
    return {
        "cards": cards,
        "shared": shared_terms.between(cards),
        "pieces": shared_terms.pieces(found, cards),
        "lexicon": found["lexicon"],
    }


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
    environment.filters |= {"dates_apart": localize.dates_apart, "best_first": localize.best_first}
    environment.globals.update(_globals(pages, settings, theme))


def _globals(pages: Pages, settings: Settings, theme: Theme) -> dict[str, Any]:
    presenter = localize.Presenter.from_settings(settings)
    return {
        "settings": settings,
        "theme": theme,
        "number": presenter.number,
        "count": presenter.count,
        "date_text": presenter.date,
        "age": presenter.age,
        "machine_date": localize.machine_date,
        "comments_url": pages.comments_url,
        "only_url": pages.only_url,
        "within": pages.only_url,
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
    }
