"""All posts at once: by the button of the settings page and by the command of WP-CLI."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.integrations.wordpress.conftest import KEY
from tests.integrations.wordpress.site import ADMIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.integrations.wordpress.recorder import Recorder, Sent
    from tests.integrations.wordpress.site import Wordpress

PAGE = "/wp-admin/options-general.php?page=kashshaf"
POST = "/wp-admin/admin-post.php"
POSTS = 120
_NONCE = re.compile(r'name="_wpnonce" value="([0-9a-f]+)"')


@contextmanager
def signed_in(site: Wordpress, name: str, password: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.home, follow_redirects=True, trust_env=False, timeout=30) as client:
        client.get("/wp-login.php")
        client.post("/wp-login.php", data={"log": name, "pwd": password, "testcookie": "1"})
        assert any(each.startswith("wordpress_logged_in") for each in client.cookies)
        yield client


@pytest.fixture(scope="module")
def admin(site: Wordpress) -> Iterator[httpx.Client]:
    with signed_in(site, *ADMIN) as client:
        yield client


@pytest.fixture(scope="module")
def posts(site: Wordpress) -> list[int]:
    """Posts that were published before there was a server."""
    site.set_up()
    rows = [{"post_title": f"خبر قديم {number}", "post_status": "publish"} for number in range(POSTS)]
    return list(site.call("array_map", "wp_insert_post", rows))


def titles(sent: list[Sent]) -> list[str]:
    return [article["title"] for each in sent for article in each.articles]


def test_the_button_sends_all(
    site: Wordpress, recorder: Recorder, admin: httpx.Client, posts: list[int]
) -> None:
    page = admin.get(PAGE).text
    nonce = _NONCE.findall(page)[-1]
    shown = admin.post(POST, data={"action": "kashshaf_sync", "_wpnonce": nonce})
    assert shown.status_code == 200
    site.wait_for(lambda: not site.call("Kashshaf_Sync::state")["running"])
    sent = [each for each in recorder.wait(3) if each.method == "POST"]
    assert titles(sent)[-POSTS:] == [f"خبر قديم {number}" for number in range(POSTS)]
    assert max(len(each.articles) for each in sent) == 50
    assert site.call("get_post_meta", posts[-1], "_kashshaf_id", True)
    assert f"Sent by the last run: {len(titles(sent))}." in admin.get(PAGE).text


def test_a_run_that_fails_goes_on_where_it_was(site: Wordpress, recorder: Recorder, posts: list[int]) -> None:
    recorder.status = 503
    site.call("update_option", "kashshaf_sync", {"after": posts[99], "sent": 100, "running": True})
    site.call("do_action", "kashshaf_sync")
    assert site.call("Kashshaf_Sync::state")["last_error"] == "The server answered 503. لا يُقبل الآن"
    assert site.call("wp_next_scheduled", "kashshaf_sync") > site.call("time")
    recorder.wait()
    recorder.status = 200
    site.call("do_action", "kashshaf_sync")
    assert titles(recorder.wait()) == [f"خبر قديم {number}" for number in range(100, POSTS)]
    assert site.call("Kashshaf_Sync::state")["running"] is False


def test_a_large_batch_is_sent_in_parts(site: Wordpress, recorder: Recorder) -> None:
    last = site.publish(post_title="خبر قبلها")
    recorder.wait()
    site.call("update_option", "kashshaf_sync", {"after": last, "sent": 0, "running": True})
    rows = [{"post_title": f"طويل {number}", "post_content": "كلمة " * 300_000} for number in range(3)]
    site.call("array_map", "wp_insert_post", [{**row, "post_status": "publish"} for row in rows])
    recorder.wait(3)
    site.call("do_action", "kashshaf_sync")
    assert [titles([each]) for each in recorder.wait(3)] == [[f"طويل {number}"] for number in range(3)]


@pytest.mark.parametrize("nonce", ["", "0123456789"])
def test_the_button_needs_its_nonce(
    site: Wordpress, recorder: Recorder, admin: httpx.Client, nonce: str
) -> None:
    answer = admin.post(POST, data={"action": "kashshaf_sync", "_wpnonce": nonce})
    assert answer.status_code == 403
    assert recorder.sent == []
    assert site.call("wp_next_scheduled", "kashshaf_sync") is False


def test_who_may_not_change_settings_may_not_send(site: Wordpress, recorder: Recorder) -> None:
    site.call("wp_insert_user", {"user_login": "writer", "user_pass": "their own", "role": "author"})
    with signed_in(site, "writer", "their own") as writer:
        assert writer.get("/wp-admin/profile.php").status_code == 200
        assert writer.get(PAGE).status_code == 403
        assert writer.post(POST, data={"action": "kashshaf_sync"}).status_code == 403
    assert recorder.sent == []


def test_settings_are_kept_and_the_key_is_never_shown(site: Wordpress, admin: httpx.Client) -> None:
    site.set_up(server="https://search.example", admin_key=KEY)
    page = admin.get(PAGE).text
    assert KEY not in page
    assert "https://search.example" in page
    form = {"option_page": "kashshaf", "action": "update", "_wpnonce": _NONCE.findall(page)[0]}
    form["_wp_http_referer"] = PAGE
    given = {
        "kashshaf[server]": "https://other.example/search/",
        "kashshaf[public_key]": '"><script>alert(1)</script>',
        "kashshaf[admin_key]": "",
        "kashshaf[types][]": ["post", "page", "nothing"],
        "kashshaf[replace_search]": "1",
    }
    shown = admin.post("/wp-admin/options.php", data={**form, **given})
    kept = site.call("get_option", "kashshaf")
    assert kept == {
        "server": "https://other.example/search",
        "public_key": '">',
        "admin_key": KEY,
        "types": ["post", "page"],
        "replace_search": True,
    }
    assert 'value="&quot;&gt;"' in shown.text
    bad = admin.post("/wp-admin/options.php", data={**form, **given, "kashshaf[server]": "javascript:x"})
    assert "begins with https://" in bad.text
    assert site.call("get_option", "kashshaf")["server"] == "https://other.example/search"
    admin.post("/wp-admin/options.php", data={**form, "kashshaf[forget_admin_key]": "1"})
    assert site.call("get_option", "kashshaf")["admin_key"] == ""


def test_in_arabic(site: Wordpress, admin: httpx.Client) -> None:
    always = site.folder / "wp-content" / "mu-plugins" / "arabic.php"
    always.parent.mkdir()
    always.write_text("<?php add_filter( 'locale', static function () { return 'ar'; } );")
    page = admin.get(PAGE).text
    always.unlink()
    assert "عنوان خادم كشّاف" in page
    assert "أرسل كل المقالات" in page


def test_the_command(site: Wordpress, recorder: Recorder, posts: list[int]) -> None:
    said = site.command("sync")
    sent = recorder.wait(3)
    assert f"خبر قديم {POSTS - 1}" in titles(sent)
    assert said.splitlines()[-1] == f"Success: All of them: {len(titles(sent))}."
    assert len(posts) == POSTS
    recorder.status = 503
    assert site.command("sync").strip() == "Error: The server answered 503. لا يُقبل الآن"
