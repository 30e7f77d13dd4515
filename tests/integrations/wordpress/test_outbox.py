"""What the plugin sends by itself, from a real WordPress: what is published, changed and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.integrations.wordpress.conftest import KEY

if TYPE_CHECKING:
    from tests.integrations.wordpress.recorder import Recorder
    from tests.integrations.wordpress.site import Wordpress

ID = "_kashshaf_id"
ARTICLES = "/api/v1/articles"


def test_a_post_and_its_comment(site: Wordpress, recorder: Recorder) -> None:
    post = site.publish(
        post_title="افتتاح الجسر الجديد", post_content="افتُتح الجسر أمس.", post_excerpt="موجز"
    )
    [sent] = recorder.wait()
    assert (sent.method, sent.path, sent.key) == ("POST", ARTICLES, f"Bearer {KEY}")
    [article] = sent.articles
    assert article["title"] == "افتتاح الجسر الجديد"
    assert article["url"].startswith(f"{site.home}/20")
    assert article["date"].endswith("+00:00")
    assert (article["lead"], article["body"]) == ("<!-- -->موجز", "<!-- -->افتُتح الجسر أمس.")
    assert article["comments"] == []
    comment = site.comment(post, "مبروك للمدينة")
    [sent] = recorder.wait()
    [said] = sent.articles[0]["comments"]
    assert (said["id"], said["text"]) == (str(comment), "<!-- -->مبروك للمدينة")
    assert site.faults() == ""


def test_comments_that_wait_are_approved_edited_and_taken_away(site: Wordpress, recorder: Recorder) -> None:
    post = site.publish(post_title="خبر المدرسة")
    recorder.wait()
    comment = site.comment(post, "ينتظر", comment_approved=0)
    site.comment(post, "رابط", comment_type="pingback")
    texts = [[each["text"] for each in sent.articles[0]["comments"]] for sent in recorder.wait(2)]
    assert texts == [[], []]
    for change, arguments, expected in (
        ("wp_set_comment_status", [comment, "approve"], ["<!-- -->ينتظر"]),
        ("wp_update_comment", [{"comment_ID": comment, "comment_content": "صُحّح"}], ["<!-- -->صُحّح"]),
        ("wp_spam_comment", [comment], []),
        ("wp_unspam_comment", [comment], ["<!-- -->صُحّح"]),
        ("wp_delete_comment", [comment, True], []),
    ):
        site.call(change, *arguments)
        last = recorder.wait()[-1]
        assert [each["text"] for each in last.articles[0]["comments"]] == expected, change


def test_what_readers_see_no_longer_is_taken_out(site: Wordpress, recorder: Recorder) -> None:
    post = site.publish(post_title="خبر يُسحب")
    recorder.wait()
    for change, arguments, method in (
        ("wp_trash_post", [post], "DELETE"),
        ("wp_publish_post", [post], "POST"),
        ("wp_update_post", [{"ID": post, "post_status": "private"}], "DELETE"),
        ("wp_update_post", [{"ID": post, "post_status": "publish"}], "POST"),
        ("wp_update_post", [{"ID": post, "post_password": "x"}], "DELETE"),
        ("wp_update_post", [{"ID": post, "post_password": ""}], "POST"),
        ("wp_delete_post", [post, True], "DELETE"),
    ):
        name = site.wait_until("get_post_meta", post, ID, True) if method == "DELETE" else ""
        site.call(change, *arguments)
        sent = recorder.wait()[-1]
        assert (sent.method, sent.path) == (method, f"{ARTICLES}/{name}".rstrip("/")), change


def test_what_readers_never_saw_is_not_sent(site: Wordpress, recorder: Recorder) -> None:
    site.publish(post_title="مسودة", post_status="draft")
    site.publish(post_title="صفحة", post_type="page")
    site.publish(post_title="خبر ظاهر")
    assert [sent.articles[0]["title"] for sent in recorder.wait()] == ["خبر ظاهر"]


def test_another_address_is_another_article(site: Wordpress, recorder: Recorder) -> None:
    post = site.publish(post_title="خبر قديم العنوان", post_name="first-name")
    recorder.wait()
    name = site.wait_until("get_post_meta", post, ID, True)
    site.call("wp_update_post", {"ID": post, "post_name": "second-name"})
    sent, removed = recorder.wait(2)
    assert sent.articles[0]["url"].endswith("/second-name/")
    assert (removed.method, removed.path) == ("DELETE", f"{ARTICLES}/{name}")


def test_a_server_that_is_busy_is_asked_again(site: Wordpress, recorder: Recorder) -> None:
    recorder.status = 503
    post = site.publish(post_title="خبر ينتظر")
    recorder.wait()
    due = site.wait_until("wp_next_scheduled", "kashshaf_send", [post])
    assert 0 < due - site.call("time") <= 120
    assert site.call("get_post_meta", post, "_kashshaf_tries", True) == "1"
    recorder.status = 200
    site.call("do_action", "kashshaf_send", post)
    [sent] = recorder.wait()
    assert sent.articles[0]["title"] == "خبر ينتظر"
    assert site.call("get_post_meta", post, "_kashshaf_tries", True) == ""
    assert site.call("get_post_meta", post, ID, True)


def test_what_is_refused_says_why(site: Wordpress, recorder: Recorder) -> None:
    recorder.status = 413
    post = site.publish(post_title="خبر طويل")
    recorder.wait()
    reason = site.wait_until("get_post_meta", post, "_kashshaf_refused", True)
    assert reason == "The server answered 413. لا يُقبل الآن"
    assert site.call("wp_next_scheduled", "kashshaf_send", [post]) is False
    recorder.status = 200
    site.call("wp_update_post", {"ID": post, "post_content": "أقصر"})
    recorder.wait()
    assert site.wait_until("get_post_meta", post, ID, True)
    assert site.call("get_post_meta", post, "_kashshaf_refused", True) == ""


def test_without_a_key_it_waits_and_without_a_server_it_does_not(site: Wordpress, recorder: Recorder) -> None:
    site.set_up(server=recorder.home)
    post = site.publish(post_title="خبر بلا مفتاح")
    assert site.wait_until("get_post_meta", post, "_kashshaf_tries", True) == "1"
    site.set_up(admin_key=KEY)
    post = site.publish(post_title="خبر بلا خادم")
    assert site.call("wp_next_scheduled", "kashshaf_send", [post]) is False
    assert recorder.sent == []
