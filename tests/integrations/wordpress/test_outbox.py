"""What the plugin sends, from a real WordPress: what is published, changed and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.integrations.wordpress.conftest import KEY

if TYPE_CHECKING:
    from tests.integrations.wordpress.recorder import Recorder
    from tests.integrations.wordpress.site import Wordpress


def test_a_post_and_its_comment_are_sent(site: Wordpress, recorder: Recorder) -> None:
    post = site.publish(
        post_title="افتتاح الجسر الجديد", post_content="افتُتح الجسر أمس.", post_excerpt="موجز"
    )
    [sent] = recorder.wait()
    assert (sent.method, sent.path, sent.key) == ("POST", "/api/v1/articles", f"Bearer {KEY}")
    [article] = sent.articles
    assert article["title"] == "افتتاح الجسر الجديد"
    assert article["url"].startswith(f"{site.home}/20")
    assert article["date"].endswith("+00:00")
    assert (article["lead"], article["body"]) == ("<div>موجز</div>", "<div>افتُتح الجسر أمس.</div>")
    assert "comments" not in article
    comment = site.comment(post, "مبروك للمدينة")
    [sent] = recorder.wait()
    [said] = sent.articles[0]["comments"]
    assert (said["id"], said["text"]) == (str(comment), "<div>مبروك للمدينة</div>")
    assert site.faults() == ""
