"""SQLite for the tests: what the migrations make is made once, and copied from then on; so is what a flush leaves.

Django looks for a database's classes in a module called `base`.

They take longer than most folders of tests. The copy lies in `.pytest_cache`, under a name that is made of the
migrations and the models themselves: whoever changes one of them runs them all again.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.sqlite3 import base, creation, operations

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".pytest_cache" / "migrated"
MADE_OF = ("ithaca/**/migrations/*.py", "ithaca/**/models.py", "ithaca/**/models/*.py", "requirements/*.txt")
MADE_OF += ("ithaca/config/settings.py", "tests/settings.py", "tests/cast.py", "tests/sqlite3/base.py")


class DatabaseCreation(creation.DatabaseCreation):
    """Makes the database of the tests out of the copy, or the copy out of the first that is made."""

    def create_test_db(self, *args: Any, serialize: bool = True, keepdb: bool = False, **options: Any) -> str:
        """Return the name of a database that has been migrated."""
        copy = FOLDER / f"{_name()}.sqlite3"
        with _alone():
            if keepdb or not copy.exists():
                name: str = super().create_test_db(*args, serialize=serialize, keepdb=keepdb, **options)
                if not keepdb:
                    self._keep(copy)
                self._remember()
                return name
        name = self._create_test_db(verbosity=0, autoclobber=True)
        shutil.copyfile(copy, name)
        self.connection.close()
        settings.DATABASES[self.connection.alias]["NAME"] = self.connection.settings_dict["NAME"] = name
        if serialize:
            self.connection._test_serialized_contents = self.serialize_db_to_string()
        self._remember()
        return name

    def deserialize_db_from_string(self, data: str) -> None:
        """Write nothing: a flush leaves the rows that the migrations wrote."""

    def _remember(self) -> None:
        self.connection.ensure_connection()
        self.connection.connection.backup(DatabaseWrapper.migrated)

    def _keep(self, copy: Path) -> None:
        for old in FOLDER.glob("*.sqlite3"):
            old.unlink()
        with self.connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy.with_suffix(".new"))])
        copy.with_suffix(".new").rename(copy)


class DatabaseOperations(operations.DatabaseOperations):
    """Flushes a database by putting back what the migrations made: no table is emptied, and no row written again."""

    def sql_flush(self, *_args: Any, **_options: Any) -> list[str]:
        """Return nothing to carry out."""
        return []

    def execute_sql_flush(self, _sql: list[str]) -> None:
        """Put the database back to what it was."""
        self.connection.ensure_connection()
        DatabaseWrapper.migrated.backup(self.connection.connection)


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite, with these ways to make the database of the tests and to put it back."""

    creation_class = DatabaseCreation
    ops_class = DatabaseOperations
    migrated = sqlite3.connect(":memory:", check_same_thread=False)


def _name() -> str:
    files = sorted(path for pattern in MADE_OF for path in ROOT.glob(pattern))
    made = hashlib.sha256(sqlite3.sqlite_version.encode())
    for path in files:
        made.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return made.hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    """Let the processes of one run wait for the first."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
