"""The editors' desk: who gets in, what it shows of hostile queries, and a synonym that is found at once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kashshaf.search_app.query.synonyms.synonym_file import MOST_WORDS
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.usage.log import Clicked, Searched, UsageLog
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.desk import session
from kashshaf.search_app.web.desk.session import COOKIE, WRONG_KEYS
from kashshaf.search_app.web.desk.view import name_of, share

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

    from kashshaf.index.settings import Settings

KEY = "a key of sixteen letters"
SAME = {"Sec-Fetch-Site": "same-origin"}
BEARER = {"Authorization": f"Bearer {KEY}"}
HOSTILE = '<script>alert(1)</script> "><img src=x>'


@pytest.fixture
def settings(tmp_path: Path, stories_settings: Settings) -> Settings:
    synonyms = tmp_path / "synonyms.txt"
    synonyms.touch()
    return replace(
        stories_settings,
        log_searches="yes",
        usage_file=tmp_path / "usage.sqlite",
        desk_key=KEY,
        synonyms=synonyms,
    )


@pytest.fixture
def service(settings: Settings) -> Iterator[SearchService]:
    made = SearchService(settings)
    yield made
    made.close()


@pytest.fixture
def client(service: SearchService, settings: Settings) -> FlaskClient:
    return create_app(service, settings).test_client()


@pytest.fixture
def signed_in(client: FlaskClient) -> FlaskClient:
    assert client.post("/desk/key", data={"key": KEY}, headers=SAME).status_code == 303
    return client


def log(settings: Settings, service: SearchService, *entries: Searched | Clicked) -> None:
    written = UsageLog(settings.usage_file, 90, service.stems)
    for entry in entries:
        written.put(entry)
    written.close()


def token_of(client: FlaskClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/desk").get_data(as_text=True))
    assert found
    return found[1]


def test_without_a_key_there_is_no_desk(service: SearchService, settings: Settings) -> None:
    client = create_app(service, replace(settings, desk_key="")).test_client()
    for path in ("/desk", "/desk/key", "/desk/synonym", "/desk/synonyms", "/desk/leave"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404


def test_the_desk_asks_for_its_key(client: FlaskClient) -> None:
    for path in ("/desk", "/desk/synonym?word=x"):
        response = client.get(path)
        assert response.status_code == 401
        assert response.headers["Cache-Control"] == "no-store"
        assert 'name="key"' in response.get_data(as_text=True)


def test_a_session_is_a_strict_cookie_that_scripts_do_not_see(client: FlaskClient) -> None:
    response = client.post("/desk/key", data={"key": KEY}, headers=SAME)
    cookie = response.headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/desk", "Max-Age=43200"))
    assert KEY not in cookie
    assert "Secure" not in cookie
    secure = client.post("/desk/key", data={"key": KEY}, headers=SAME, base_url="https://localhost")
    assert "Secure" in secure.headers["Set-Cookie"]
    assert client.get("/desk").status_code == 200


def test_a_session_ends(signed_in: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert signed_in.get("/desk").status_code == 200
    token = token_of(signed_in)
    monkeypatch.setattr(session, "HOURS", -1)
    assert signed_in.get("/desk").status_code == 401
    monkeypatch.undo()
    assert signed_in.post("/desk/leave", data={"token": token}, headers=SAME).status_code == 303
    assert signed_in.get("/desk").status_code == 401


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "é" * 5000, "ImEi.aZ.bad"])
def test_a_made_up_cookie_opens_nothing(cookie: str, client: FlaskClient) -> None:
    response = client.get("/desk", headers={"Cookie": f"{COOKIE}={cookie}"})
    assert response.status_code == 401


def test_another_key_ends_all_sessions(
    signed_in: FlaskClient, service: SearchService, settings: Settings
) -> None:
    cookie = signed_in.get_cookie(COOKIE, path="/desk")
    assert cookie
    other = create_app(service, replace(settings, desk_key="another key of so many")).test_client()
    assert other.get("/desk", headers={"Cookie": f"{COOKIE}={cookie.value}"}).status_code == 401


@pytest.mark.parametrize("key", ["", KEY[:-1], KEY + " ", "مفتاح" * 50, "\x00"])
def test_a_wrong_key_is_refused(key: str, client: FlaskClient) -> None:
    response = client.post("/desk/key", data={"key": key}, headers=SAME)
    assert response.status_code == 403
    assert "Set-Cookie" not in response.headers


def test_wrong_keys_are_taken_only_so_often(client: FlaskClient) -> None:
    for _ in range(WRONG_KEYS.amount):
        assert client.post("/desk/key", data={"key": "wrong"}, headers=SAME).status_code == 403
    assert client.post("/desk/key", data={"key": KEY}, headers=SAME).status_code == 429
    assert client.get("/desk", headers=BEARER).status_code == 401


def test_wrong_keys_of_one_address_lock_no_other_out(client: FlaskClient) -> None:
    stranger, editor = ({"REMOTE_ADDR": each} for each in ("2001:db8::1", "2001:db8:0:1::1"))
    for _ in range(WRONG_KEYS.amount):
        client.post("/desk/key", data={"key": "wrong"}, headers=SAME, environ_base=stranger)
    neighbour = {"REMOTE_ADDR": "2001:db8::2"}
    asked = [
        client.post("/desk/key", data={"key": KEY}, headers=SAME, environ_base=each)
        for each in (stranger, neighbour, editor)
    ]
    assert [each.status_code for each in asked] == [429, 429, 303]


def test_the_key_is_taken_from_our_own_page(client: FlaskClient) -> None:
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert client.post("/desk/key", data={"key": KEY}, headers=headers).status_code == 403


def test_programs_send_the_key_itself(client: FlaskClient, settings: Settings) -> None:
    assert client.get("/desk", headers=BEARER).status_code == 200
    assert client.get("/desk", headers={"Authorization": "Bearer x"}).status_code == 401
    assert client.get("/desk", headers={"Authorization": KEY}).status_code == 401
    added = client.post("/desk/synonyms", data={"terms": ["مترو", "قطار"]}, headers=BEARER)
    assert added.status_code == 303
    assert settings.synonyms.read_text(encoding="utf-8") == "مترو, قطار\n"


def test_the_lists_of_the_log(signed_in: FlaskClient, settings: Settings, service: SearchService) -> None:
    log(
        settings,
        service,
        *[Searched("الميناء", "articles", 4, 0)] * 3,
        Searched("المرافئئ", "articles", 0, 0),
        Searched("قطار الساحل", "articles", 0, 2),
        Clicked("الميناء", "a", 2),
    )
    page = signed_in.get("/desk").get_data(as_text=True)
    for text in ("الميناء", "المرافئئ", "قطار الساحل"):
        assert f"<bdi>{text}</bdi>" in page
    assert '<rect width="100%"' in page
    assert 'rect width="33%"' in page
    assert 'aria-current="page">شهر' in page
    assert 'aria-current="page">أسبوع' in signed_in.get("/desk?days=7").get_data(as_text=True)
    assert 'aria-current="page">شهر' in signed_in.get("/desk?days=<x>").get_data(as_text=True)


def test_hostile_queries_are_text(signed_in: FlaskClient, settings: Settings, service: SearchService) -> None:
    log(
        settings,
        service,
        Searched(HOSTILE, "articles", 0, 0),
        Searched(HOSTILE + "1", "articles", 3, 0),
        Searched(HOSTILE + "2", "articles", 0, 3),
        Clicked(HOSTILE, HOSTILE, 1),
    )
    for path in ("/desk", f"/desk?added={HOSTILE}", f"/desk/synonym?word={HOSTILE}"):
        page = signed_in.get(path).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "<img src=x" not in signed_in.post(
        "/desk/synonyms", data={"terms": HOSTILE, "token": token_of(signed_in)}, headers=SAME
    ).get_data(as_text=True)


def test_a_synonym_in_one_click_is_found_at_once(signed_in: FlaskClient, settings: Settings) -> None:
    assert signed_in.get("/api/v1/search?q=المرافئئ&correct=no").get_json()["total"] == 0
    signed_in.application.extensions["usage_log"].flush()
    page = signed_in.get("/desk").get_data(as_text=True)
    (form,) = re.findall(r'<form class="offer".*?</form>', page, re.DOTALL)
    data = {
        "token": re.findall(r'name="token" value="([^"]+)"', form)[0],
        "terms": [re.findall(r'name="terms" value="([^"]+)">', form)[0], "الميناء"],
    }
    added = signed_in.post("/desk/synonyms", data=data, headers=SAME, follow_redirects=True)
    assert "أُضيف المرادف" in added.get_data(as_text=True)
    assert settings.synonyms.read_text(encoding="utf-8") == "المرافئئ, الميناء\n"
    assert signed_in.get("/api/v1/search?q=المرافئئ&correct=no").get_json()["total"] > 0
    assert "صارت لها نتائج" in added.get_data(as_text=True)


def test_a_synonym_is_taken_back(signed_in: FlaskClient, settings: Settings) -> None:
    settings.synonyms.write_text("قديم, عتيق\n", encoding="utf-8")
    data = {"token": token_of(signed_in), "terms": ["المرافئئ", "الميناء"]}
    page = signed_in.post("/desk/synonyms", data=data, headers=SAME, follow_redirects=True).text
    form = re.findall(r'<form class="notice".*?</form>', page, re.DOTALL)[0]
    sent = {"token": data["token"], "terms": re.findall(r'name="terms" value="([^"]+)"', form)}
    assert sent["terms"] == data["terms"]
    back = signed_in.post("/desk/synonyms/back", data=sent, headers=SAME, follow_redirects=True).text
    assert "حُذف المرادف" in back
    assert settings.synonyms.read_text(encoding="utf-8") == "قديم, عتيق\n"
    again = signed_in.post("/desk/synonyms/back", data=sent, headers=SAME, follow_redirects=True).text
    assert "تغيّر ملف المرادفات" in again
    assert settings.synonyms.read_text(encoding="utf-8") == "قديم, عتيق\n"


def test_words_near_to_what_is_missing_are_offered(
    signed_in: FlaskClient, settings: Settings, service: SearchService
) -> None:
    log(settings, service, Searched("المينااااء", "articles", 0, 0), Searched("المينتء", "articles", 0, 0))
    page = signed_in.get("/desk").get_data(as_text=True)
    assert re.search(r'<button type="submit" name="terms" value="الميناء"', page)
    form = signed_in.get("/desk/synonym?word=المينتء").get_data(as_text=True)
    assert "المينتء\nالميناء</textarea>" in form


@pytest.mark.parametrize(
    "terms",
    [[], ["وحده"], ["وحده", " وحده "], ["أ, ب", "ج"], ["أ # ب", "ج"], ["أ => ب", "ج"], ["---", "ج"]],
)
def test_terms_that_make_no_synonym_are_said_and_kept(
    terms: list[str], signed_in: FlaskClient, settings: Settings
) -> None:
    data = {"token": token_of(signed_in), "terms": terms}
    response = signed_in.post("/desk/synonyms", data=data, headers=SAME)
    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert 'role="alert"' in page
    assert all(term.strip().replace(">", "&gt;") in page for term in terms)
    assert settings.synonyms.read_text(encoding="utf-8") == ""


def test_nothing_is_added_to_a_file_with_a_wrong_line(signed_in: FlaskClient, settings: Settings) -> None:
    settings.synonyms.write_text("وحيد\n", encoding="utf-8")
    data = {"token": token_of(signed_in), "terms": ["أ", "ب"]}
    response = signed_in.post("/desk/synonyms", data=data, headers=SAME)
    assert response.status_code == 400
    assert "synonyms.txt, line 1: " in response.get_data(as_text=True)
    assert settings.synonyms.read_text(encoding="utf-8") == "وحيد\n"


def test_a_file_that_cannot_be_written_is_said(signed_in: FlaskClient, settings: Settings) -> None:
    settings.synonyms.unlink()
    settings.synonyms.mkdir()
    data = {"token": token_of(signed_in), "terms": ["أ", "ب"]}
    response = signed_in.post("/desk/synonyms", data=data, headers=SAME)
    assert response.status_code == 400
    assert "synonyms.txt" in response.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/desk/synonyms", "/desk/synonyms/back", "/desk/leave"])
@pytest.mark.parametrize("token", ["", "x", "é.x", "IiI.x"])
def test_forms_of_others_change_nothing(
    path: str, token: str, signed_in: FlaskClient, settings: Settings
) -> None:
    data = {"token": token, "terms": ["أ", "ب"]}
    assert signed_in.post(path, data=data, headers=SAME).status_code == 403
    right = {"token": token_of(signed_in), "terms": ["أ", "ب"]}
    assert signed_in.post(path, data=right, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert settings.synonyms.read_text(encoding="utf-8") == ""


def test_a_token_without_its_session_changes_nothing(
    signed_in: FlaskClient, service: SearchService, settings: Settings
) -> None:
    data = {"token": token_of(signed_in), "terms": ["أ", "ب"]}
    other = create_app(service, settings).test_client()
    assert other.post("/desk/synonyms", data=data, headers=SAME).status_code == 403
    other.post("/desk/key", data={"key": KEY}, headers=SAME)
    assert other.post("/desk/synonyms", data=data, headers=SAME).status_code == 403


def test_a_log_that_cannot_be_read_is_said(signed_in: FlaskClient, settings: Settings) -> None:
    settings.usage_file.write_bytes(b"no database" * 1000)
    response = signed_in.get("/desk")
    assert response.status_code == 503
    assert "usage.sqlite" in response.get_data(as_text=True)


def test_a_desk_without_a_log_says_how_to_switch_it_on(service: SearchService, settings: Settings) -> None:
    client = create_app(service, replace(settings, log_searches="no")).test_client()
    assert "log_searches" in client.get("/desk", headers=BEARER).get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("«وزارة التربية»", "وزارة التربية"),
        ("الهلال -النصر", "الهلال النصر"),
        ("+++", ""),
        ("ك " * 20, " ".join("ك" * MOST_WORDS)),
    ],
)
def test_the_name_of_a_gap_is_words(query: str, name: str) -> None:
    assert name_of(query) == name


@pytest.mark.parametrize(
    ("times", "most", "length"), [(5, 10, "50%"), (1, 1000, "1%"), (3, 3, "100%"), (0, 0, "0%")]
)
def test_lengths_of_bars(times: int, most: int, length: str) -> None:
    assert share(times, most) == length
