"""Secrets that are made on the first run and kept in the data folder, outside the database."""

import os
import secrets
from pathlib import Path


def secret_key(path: Path) -> str:
    """Return the key kept at `path`, made on the first call. Safe when two processes start together."""
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii")
