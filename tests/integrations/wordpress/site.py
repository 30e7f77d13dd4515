"""A real WordPress: Debian's, copied to a folder of the test, with the plugin and the least of themes."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.request import urlopen

import orjson
import pytest

from tests.integrations.mariadb import PASSWORD, USER, Mariadb
from tests.integrations.processes import free_port, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
PLUGIN = HERE.parents[2] / "integrations" / "wordpress" / "kashshaf"
WORDPRESS = Path("/usr/share/wordpress")
PHP = shutil.which("php")
LONGEST = 60
"""Seconds: a script that takes longer hangs."""
FOUND_WITHIN = 60
"""Seconds in which WordPress has to have done what it does in the background."""
_PAUSE = 0.3
NAME = "جريدة الأصيل"
ADMIN = ("editor", "a long password of the test")
DATABASE = "wordpress"
_ANSWERS = "4"
"""Requests that PHP's server answers at once: WordPress asks itself to do what waits."""
_CONFIG = """<?php
define('DB_NAME', '{database}');
define('DB_USER', '{user}');
define('DB_PASSWORD', '{password}');
define('DB_HOST', '127.0.0.1:{port}');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_HOME', '{home}');
define('WP_SITEURL', '{home}');
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $name ) {{
    define( $name . '_KEY', $name );
    define( $name . '_SALT', "salt of $name" );
}}
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_CRON_LOCK_TIMEOUT', 3);
define('WP_DEBUG', true);
define('WP_DEBUG_DISPLAY', false);
define('WP_DEBUG_LOG', '{log}');
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) {{ define( 'ABSPATH', __DIR__ . '/' ); }}
require_once ABSPATH . 'wp-settings.php';
"""


class Wordpress(NamedTuple):
    """A running site: its folder, its address, the database it is in."""

    folder: Path
    home: str
    database: str

    def printed(self, function: str, *arguments: Any) -> tuple[bytes, Any]:
        """What a function of WordPress prints, and what it returns."""
        done = self._run("call.php", function, orjson.dumps(arguments))
        assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()
        out, _, result = done.stdout.rpartition(b"\0")
        return out, orjson.loads(result)

    def command(self, name: str) -> str:
        """What a command of WP-CLI says."""
        return self._run("wp_cli.php", name, b"").stdout.decode()

    def _run(self, script: str, name: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
        assert PHP is not None
        return subprocess.run(
            [PHP, str(HERE / script), name, self.home.removeprefix("http://")],
            input=given,
            cwd=self.folder,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )

    def call(self, function: str, *arguments: Any) -> Any:
        """What a function of WordPress returns."""
        return self.printed(function, *arguments)[1]

    def publish(self, **post: Any) -> int:
        """Publish a post; its number."""
        fields = {"post_status": "publish", "post_author": 1, **post}
        number = self.call("wp_insert_post", self.call("wp_slash", fields), True)
        assert isinstance(number, int), number
        return number

    def comment(self, post: int, text: str, **more: Any) -> int:
        """Add a comment that is approved; its number."""
        fields = {"comment_post_ID": post, "comment_author": "قارئ", "comment_content": text, **more}
        return int(self.call("wp_insert_comment", fields))

    def wait_until(self, function: str, *arguments: Any) -> Any:
        """What a function returns, once that is not empty."""
        return self.wait_for(lambda: self.call(function, *arguments))

    def wait_for(self, looks: Callable[[], Any]) -> Any:
        """What a look finds, once that is not empty.

        Meanwhile readers come by, as they do: on a busy machine, WordPress's call to itself may be lost.
        """
        end = time.monotonic() + FOUND_WITHIN
        while not (found := looks()) and time.monotonic() < end:
            time.sleep(_PAUSE)
            self.visit()
        assert found, "it stays empty"
        return found

    def visit(self, path: str = "/") -> str:
        """A page as a reader gets it, who by this has WordPress do what is due."""
        with urlopen(f"{self.home}{path}", timeout=LONGEST) as response:
            return str(response.read().decode())

    def set_up(self, **settings: Any) -> None:
        """Set the settings of the plugin, of which the others are as at first."""
        self.call("update_option", "kashshaf", settings)

    def faults(self) -> str:
        """What PHP had to say of the plugin."""
        log = self.folder / "debug.log"
        lines = log.read_text(errors="replace").splitlines() if log.exists() else []
        return "\n".join(line for line in lines if "kashshaf" in line.lower())


@contextmanager
def wordpress(folder: Path, database: Mariadb) -> Iterator[Wordpress]:
    """A site with the plugin, without any articles."""
    if PHP is None or not (WORDPRESS / "wp-load.php").exists():
        pytest.skip("no WordPress here; to run these tests: apt-get install wordpress php-cli php-mysql")
    database.make(DATABASE)
    port = free_port()
    site = Wordpress(folder, f"http://127.0.0.1:{port}", database.address(DATABASE))
    _copy(site, database)
    env = {**os.environ, "PHP_CLI_SERVER_WORKERS": _ANSWERS}
    command = [PHP, "-d", "display_errors=0", "-S", f"127.0.0.1:{port}", "-t", str(folder)]
    _install(site)
    with running(command, port, folder.with_suffix(".log"), env):
        site.call("delete_transient", "doing_cron")  # WordPress called itself before it was served
        yield site


def _copy(site: Wordpress, database: Mariadb) -> None:
    """WordPress as Debian has it, but with a configuration of its own."""
    shutil.copytree(WORDPRESS, site.folder)
    shutil.copytree(PLUGIN, site.folder / "wp-content" / "plugins" / "kashshaf")
    shutil.copytree(HERE / "theme", site.folder / "wp-content" / "themes" / "plain")
    config = _CONFIG.format(
        database=DATABASE,
        user=USER,
        password=PASSWORD,
        port=database.port,
        home=site.home,
        log=site.folder / "debug.log",
    )
    (site.folder / "wp-config.php").write_text(config)


def _install(site: Wordpress) -> None:
    site.call("wp_install", NAME, ADMIN[0], "editor@news.example", True, "", ADMIN[1])
    site.call("wp_delete_post", 1, True)  # «Hello world!»
    site.call("update_option", "permalink_structure", "/%year%/%monthnum%/%postname%/")
    site.call("switch_theme", "plain")
    assert site.call("activate_plugin", "kashshaf/kashshaf.php") is None
