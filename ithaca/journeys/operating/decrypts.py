"""What can decrypt, as a page of the docs, made from the code so that it cannot be wrong.

A row's sealed fields open themselves, and `unseal` is the only word for it. This reads every function of ours and finds
where the word is used, and where a key is opened or asked for. A name that is not called (handed on) counts as well.
"""

import ast
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from django.apps import apps

ROOT = Path(__file__).parents[2]
VAULT = "tools/vault/"

HEADING = """# What can decrypt

Made from the code by `ithaca decrypts`; do not edit. It lists every function that opens something sealed, and every one
that opens a key or makes a keyring. What is not listed can't read what people write: it's handed plain text by one of
these functions, which need a keyring that opens the row wherever the key isn't the server's. A job never has a keyring.
"""
WHOSE = {
    "SealedForAuthor": ("its author's", "the author's own"),
    "SealedForPair": ("one person's of a mentorship or introduction", "either person's, or the author's if alone"),
    "SealedFileForPair": ("a file of one person's of a mentorship", "either person's, or the author's if alone"),
    "SealedForMailbox": ("a visitor's, to a scheme", "those who have the key of its mailbox"),
    "SealedForServer": ("what a job has to read", "the server's"),
}
"""By the class of a field: whose words, and whose key opens them."""
HANDED = ("a field that it is handed", "as the field says")
AS_TEXT = ("a code that a page or another package keeps", "the server's")
KEYS = {
    "Keyring": "makes a keyring of an open key",
    "key_for": "takes a relationship's key",
    "open_mailbox": "takes a mailbox's private key",
    "open_with": "opens somebody's private key with a secret they gave",
    "recover_mailbox": "opens a mailbox's private key with its printed code",
    "resume": "opens the private key of an unlocked session",
    "start_again": "makes somebody a new private key",
    "enrol": "makes somebody's first private key",
    "uk": "takes a keyring's private key",
    "unwrap": "opens a private key with a secret",
}
"""Names of the vault that give somebody's key, and what a function that uses one does with it."""
INSIDE = {
    *("unseal", "unseal_text", "unseal_file", "open_box", "open_grant", "open_item", "open_private", "open_file"),
    *("open_private_file", "open_for_server", "open_letter", "unwrap_slot", "lift_slot", "receive"),
}
"""Within the vault: what turns ciphertext into plain text or into a key."""


class Found(NamedTuple):
    """One name in one function: `owner` is what stands before the dot."""

    file: str
    function: str
    name: str
    owner: str


def page() -> str:
    """Return the whole page as Markdown."""
    found = list(_found())
    outside = [one for one in found if not one.file.startswith(VAULT)]
    parts = [*_texts(outside), *_keys(outside), *_vault([one for one in found if one.file.startswith(VAULT)])]
    return "\n".join([HEADING, *parts]) + "\n"


def _texts(found: Iterable[Found]) -> Iterator[str]:
    rows = [one for one in found if one.name.startswith("unseal")]
    yield from ("## What is written", "", f"{len(rows)} places, in {len({one.file for one in rows})} files.", "")
    for room, ones in groupby(rows, lambda one: one.file.rpartition("/")[0]):
        yield from (f"### {room}", "", *_row(["file", "function", "opens", "whose words", "whose key"]))
        yield from _row(["---"] * 5)
        for one in ones:
            whose = _whose(one)
            opens = one.owner if one.name == "unseal" else one.name
            yield from _row([one.file.rpartition("/")[2], f"`{one.function}`", f"`{opens}`", *whose])
        yield ""


def _whose(one: Found) -> tuple[str, str]:
    if one.name != "unseal":
        return AS_TEXT
    kinds = {
        f"{model.__name__}.{field.name}": type(field).__name__
        for model in apps.get_models()
        for field in model._meta.local_fields  # noqa: SLF001 - Django's own way to list fields
    }
    return WHOSE.get(kinds.get(one.owner, ""), HANDED)


def _keys(found: Iterable[Found]) -> Iterator[str]:
    yield from ("## Keys", "", *_row(["file", "function", "does"]), *_row(["---"] * 3))
    for one in found:
        if one.name in KEYS:
            yield from _row([one.file, f"`{one.function}`", f"{KEYS[one.name]} (`{one.name}`)"])
    yield ""


def _vault(found: Iterable[Found]) -> Iterator[str]:
    yield from ("## Inside the vault", "", "The only cryptography. Nobody else calls these names.", "")
    yield from (*_row(["file", "function", "calls"]), *_row(["---"] * 3))
    for (file, function), ones in groupby(found, lambda one: one[:2]):
        names = sorted({one.name for one in ones if one.name in INSIDE})
        if names:
            yield from _row([file.removeprefix(VAULT), f"`{function}`", ", ".join(f"`{name}`" for name in names)])


def _found() -> Iterator[Found]:
    """Yield every name that counts, in the order of the files and of their lines."""
    for path in sorted(ROOT.rglob("*.py"), key=lambda path: (path.parent, path.name)):
        if "migrations" in path.parts or path == Path(__file__):
            continue
        yield from found_in(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())


def found_in(source: str, file: str) -> list[Found]:
    """Return the names that count in the text of a file, each once for a function and what it opens."""
    inside = file.startswith(VAULT)
    wanted = (INSIDE | KEYS.keys()) if inside else {"unseal", "unseal_as_text", *KEYS}
    if not inside and not any(word in source for word in ("tools.vault", "unseal", ".uk")):
        return []
    tree = ast.parse(source)
    ours = _of_records(tree)
    return list(
        dict.fromkeys(
            Found(file, where, name, owner if name == "unseal" else "")
            for where, name, owner in _walked(tree, "")
            if name in wanted and ours.isdisjoint((name, owner))
        )
    )


def _of_records(tree: ast.Module) -> set[str]:
    """Return what a file imports from records: what is called there is listed where it stands."""
    imports = (node for node in tree.body if isinstance(node, ast.ImportFrom))
    froms = (node for node in imports if (node.module or "").startswith("ithaca.records"))
    return {name.asname or name.name for node in froms for name in node.names}


def _walked(node: ast.AST, where: str) -> Iterator[tuple[str, str, str]]:
    """Yield the names that are used, each with the function it is in and what stands before its dot; no annotations."""
    types = {getattr(node, "annotation", None), getattr(node, "returns", None)}
    for child in ast.iter_child_nodes(node):
        if child in types:
            continue
        inner = where
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inner = f"{where}.{child.name}" if where else child.name
        elif isinstance(child, ast.Attribute):
            yield where or "(the module)", child.attr, ast.unparse(child.value)
        elif isinstance(child, ast.Name) and where:
            yield where, child.id, ""
        yield from _walked(child, inner)


def _row(cells: Iterable[object]) -> Iterator[str]:
    yield f"| {' | '.join(str(cell) for cell in cells)} |"
