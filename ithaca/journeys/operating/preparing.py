"""What must be there before the site can start. Each step looks first, so that a second start is quick."""

import hashlib
import socket
import subprocess
import sys
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LOCK_FILE = settings.ROOT / "requirements" / "app.txt"


def port_is_free(host: str, port: int) -> bool:
    """Say whether a server could listen there now."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def prepare_database() -> bool:
    """Bring the database up to date and make the server keys; return whether anything had to be migrated.

    Raises CommandError when the server keys do not fit the database.
    """
    executor = MigrationExecutor(connection)
    behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if behind:
        call_command("migrate", interactive=False, verbosity=0)
    faults = run_checks(tags=[Tags.database], databases=["default"])
    if faults:
        raise CommandError("\n".join(fault.msg for fault in faults))
    return behind


def collect_assets() -> bool:
    """Collect the files that pages load, unless they are up to date. Return whether anything was collected.

    Raises CommandError when the assets were never built.
    """
    built = sorted(path for folder in settings.STATICFILES_DIRS for path in Path(folder).glob("*") if path.is_file())
    if not built:
        raise CommandError("The assets haven't been built yet. Run `make assets`.")
    backend = settings.STORAGES["staticfiles"]["BACKEND"]
    made_of = hashlib.sha256(backend.encode())
    for path in [LOCK_FILE, *built]:
        made_of.update(path.read_bytes())
    stamp = Path(settings.STATIC_ROOT) / ".made"
    if stamp.exists() and stamp.read_text() == made_of.hexdigest():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(made_of.hexdigest())
    return True


def let_go_of_database() -> None:
    """Close the database connections: from now on this process only watches others, and starts them without threads."""
    connection.close()
    getattr(connection, "close_pool", lambda: None)()  # PostgreSQL's alone


def compile_matchmaker() -> None:
    """Start to compile the loops that match large pools, in the background and at the lowest priority.

    The compiler keeps its work on disk, so that it takes its twenty seconds once and nobody who matches waits for it.
    """
    command = ["nice", "-n", "19", sys.executable, "-m", "matchmaker", "prepare"]
    given = {"cwd": settings.ROOT, "stdout": subprocess.DEVNULL}
    Thread(target=subprocess.run, args=(command,), kwargs=given, daemon=True).start()
