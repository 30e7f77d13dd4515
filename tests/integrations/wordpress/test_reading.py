"""The articles of a real WordPress, read in every way there is: the same from its export and its database."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from tests.integrations.wordpress.site import NAME
from tests.kashshaf.command import kashshaf

if TYPE_CHECKING:
    from tests.integrations.wordpress.recorder import Recorder
    from tests.integrations.wordpress.site import Wordpress

DOCS = Path(__file__).parents[3] / "docs" / "sources.md"
BLOCKS = (
    "<!-- wp:heading --><h2>عنوان فرعي</h2><!-- /wp:heading -->\n\n"
    "<!-- wp:paragraph --><p>فقرة <strong>أولى</strong>&nbsp;فيها 5 &lt; 7.</p><!-- /wp:paragraph -->"
)
CLASSIC = "سطر أول من النص.\nسطر ثانٍ بعده.\n\nفقرة أخرى [gallery ids='1,2'] فيها صور."
Row = dict[str, Any]


def articles(out: str) -> list[Row]:
    """What ``extract`` printed, in the order of their addresses, comments in that of their ids."""
    rows = [orjson.loads(line) for line in out.splitlines()]
    for row in rows:
        row.pop("file")
        row["comments"].sort(key=lambda comment: int(comment["id"]))
    return sorted(rows, key=lambda row: str(row["url"]))


@pytest.fixture(scope="module")
def filled(site: Wordpress) -> Wordpress:
    """The site with three articles, as few and as varied as can be."""
    site.set_up()
    for old in site.call("get_posts", {"numberposts": -1, "post_status": "any", "fields": "ids"}):
        site.call("wp_delete_post", old, True)
    bridge = site.publish(
        post_title='افتتاح "الجسر" &amp; الميناء',
        post_content=BLOCKS,
        post_excerpt="موجز الخبر",
        tags_input=["جسور", "بلدية"],
        post_category=[site.call("wp_create_category", name) for name in ("محليات", "اقتصاد")],
        post_date="2026-11-20 10:00:00",
    )
    picture = {"post_title": "صورة", "post_mime_type": "image/jpeg", "guid": f"{site.home}/bridge.jpg"}
    site.call("set_post_thumbnail", bridge, site.call("wp_insert_attachment", picture, "2026/11/bridge.jpg"))
    first = site.comment(bridge, "مبروك\n\nللمدينة &amp; أهلها", comment_author="سمير")
    site.comment(bridge, "بل <b>تأخر</b> كثيراً", comment_parent=first)
    site.comment(bridge, "ينتظر", comment_approved=0)
    site.publish(post_title="خبر قديم", post_content=CLASSIC, post_date="2026-11-19 10:00:00")
    site.publish(post_title="مدرسة جديدة", post_content="نص بلا وسم", post_date="2026-11-18 10:00:00")
    site.publish(post_title="مسودة", post_content="لا تُقرأ", post_status="draft")
    return site


@pytest.fixture
def exported(filled: Wordpress, tmp_path: Path) -> list[Row]:
    """The articles of WordPress's own export."""
    written, _ = filled.printed("export_wp", {"content": "all"})
    path = tmp_path / "export.xml"
    path.write_bytes(written)
    ran = kashshaf("extract", str(path), index=tmp_path / "none")
    assert (ran.status, ran.err.count("refused")) == (0, 0), ran.err
    return articles(ran.out)


def test_the_export(exported: list[Row], filled: Wordpress) -> None:
    assert len(exported) == 3
    [bridge] = [row for row in exported if "الجسر" in row["title"]]
    assert bridge["sections"] == [{"heading": "عنوان فرعي", "text": "فقرة أولى فيها 5 < 7."}]
    assert (bridge["lead"], bridge["source"], bridge["section"]) == ("موجز الخبر", NAME, "اقتصاد")
    assert bridge["tags"] == ["محليات", "بلدية", "جسور"]
    assert bridge["date"] == "2026-11-20T10:00:00+00:00"
    assert bridge["image"] == f"{filled.home}/wp-content/uploads/2026/11/bridge.jpg"
    said = [(each["author"], each["text"]) for each in bridge["comments"]]
    assert said == [("سمير", "مبروك\n\nللمدينة & أهلها"), ("قارئ", "بل تأخر كثيراً")]
    assert bridge["comments"][1]["parent"] == bridge["comments"][0]["id"]
    [old] = [row for row in exported if row["title"] == "خبر قديم"]
    assert old["sections"][0]["text"] == "سطر أول من النص.\n\nسطر ثانٍ بعده.\n\nفقرة أخرى فيها صور."


def test_the_database_gives_what_the_export_gives(
    exported: list[Row], filled: Wordpress, tmp_path: Path
) -> None:
    for name, query in zip(("posts", "comments"), queries(), strict=True):
        (tmp_path / f"{name}.sql").write_text(query)
    ran = kashshaf(
        "extract",
        filled.database,
        "--query",
        "posts.sql",
        "--comments-query",
        "comments.sql",
        index=tmp_path / "none",
        cwd=tmp_path,
    )
    assert (ran.status, ran.err.count("refused")) == (0, 0), ran.err
    read = articles(ran.out)
    for row, other in zip(read, exported, strict=True):
        row["image"] = row["image"].replace(
            f"{filled.home}/bridge", f"{filled.home}/wp-content/uploads/2026/11/bridge"
        )
        assert row == other


def test_what_the_plugin_sends_is_what_the_export_gives(
    exported: list[Row], filled: Wordpress, recorder: Recorder, tmp_path: Path
) -> None:
    filled.call("Kashshaf_Sync::begin")
    sent = [article for each in recorder.wait() for article in each.articles]
    lines = b"\n".join(orjson.dumps(article) for article in sent)
    ran = kashshaf("extract", "-", index=tmp_path / "none", stdin=lines)
    assert articles(ran.out) == exported


def test_the_feed(exported: list[Row], filled: Wordpress, tmp_path: Path) -> None:
    """Ids, dates, addresses and comments are the same, and titles but for the quotes that the theme curls."""
    env = {"KASHSHAF_FETCH_PRIVATE": "yes", "KASHSHAF_FETCH_DELAY": "0"}
    ran = kashshaf("extract", f"{filled.home}/feed/", index=tmp_path / "none", env=env)
    assert ran.status == 0, ran.err
    found = {row["id"]: row for row in map(orjson.loads, ran.out.splitlines())}
    for row in exported:
        fed = found[row["id"]]
        assert (fed["date"], fed["url"]) == (row["date"], row["url"])
        assert re.sub("[“”]", '"', fed["title"]) == row["title"]
        assert [each["text"] for each in fed["comments"]] == [each["text"] for each in row["comments"]]


def queries() -> list[str]:
    """The queries of the documentation."""
    section = DOCS.read_text().partition("### The database of a WordPress")[2]
    return re.findall(r"```sql\n(.*?)```", section, re.DOTALL)[:2]
