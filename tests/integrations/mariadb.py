"""A MariaDB of the tests: its own data, socket and port, nothing of the machine's own."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import pytest
import sqlalchemy

from tests.integrations.processes import free_port, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INSTALL = shutil.which("mariadb-install-db")
SERVER = shutil.which("mariadbd", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
USER = "kashshaf"
PASSWORD = "p@ss:w/ord"  # noqa: S105 - of a database that lives as long as a test
"""With signs that an address has to have written otherwise."""
_IN_ADDRESS = "p%40ss%3Aw%2Ford"
_QUICKLY = ["--skip-log-bin", "--innodb-flush-log-at-trx-commit=0", "--innodb-log-file-size=64M"]


class Mariadb(NamedTuple):
    """A running server: its port, and an engine that may do all."""

    port: int
    owner: sqlalchemy.Engine

    def do(self, *statements: str) -> None:
        """Run statements as the owner."""
        with self.owner.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def address(self, database: str, scheme: str = "mysql") -> str:
        """The address of a database as the command takes it, for the user with a password."""
        return f"{scheme}://{USER}:{_IN_ADDRESS}@127.0.0.1:{self.port}/{database}"

    def make(self, database: str) -> None:
        """Make a database that the user may do all in."""
        self.do(
            f"CREATE DATABASE {database} CHARACTER SET utf8mb4",
            f"GRANT ALL ON {database}.* TO '{USER}'@'%%' IDENTIFIED BY '{PASSWORD}'",
        )


@contextmanager
def mariadb(folder: Path) -> Iterator[Mariadb]:
    """A server with its data in a folder, which is made."""
    if INSTALL is None or SERVER is None:
        pytest.skip("no MariaDB here; to run these tests: apt-get install mariadb-server-core")
    folder.mkdir()
    port, data, socket = free_port(), folder / "data", folder / "socket"
    subprocess.run(
        [
            INSTALL,
            "--no-defaults",
            f"--datadir={data}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ],
        capture_output=True,
        check=True,
    )
    command = [SERVER, "--no-defaults", f"--datadir={data}", f"--socket={socket}", f"--port={port}"]
    own = ["--bind-address=127.0.0.1", f"--pid-file={folder / 'pid'}", *_QUICKLY]
    with running([*command, *own, *_as_root()], port, folder / "log"):
        url = sqlalchemy.URL.create("mysql+pymysql", "root", query={"unix_socket": str(socket)})
        owner = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
        yield Mariadb(port, owner)
        owner.dispose()


def _as_root() -> list[str]:  # MariaDB does not run as root unless it is told to
    return ["--user=root"] if os.geteuid() == 0 else []
