"""Reading attachments: what is known of each, and what it holds."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from ithaca.records.mentorships.models import Attachment, Mentorship
from ithaca.tools.files.kinds import Kind
from ithaca.tools.vault.errors import NotGranted, Tampered
from ithaca.tools.vault.keyring import Keyring, unlocked


def about_of(row: Attachment, keys: Keyring) -> dict[str, str]:
    """Return what is known of a file: name, kind, size, digest. Raises NotGranted; Tampered, also when it was moved."""
    found: dict[str, str] = json.loads(Attachment.about.unseal(row, keys))
    if found["of"] != str(row.message_id or row.note_id):
        raise Tampered("it was attached to something else")
    return found


Files = Mapping[UUID, "tuple[File, ...]"]
"""Files by the message or note beside which they lie."""


@dataclass(frozen=True, slots=True)
class File:
    """One file, without what it holds. `size` is in bytes."""

    pk: UUID
    name: str
    kind: Kind
    size: int

    @property
    def is_picture(self) -> bool:
        return self.kind.is_picture


def beside(rows: Iterable[UUID], keys: Keyring) -> Files:
    """Return the files beside these messages or notes, in one query. Raises NotGranted, Tampered."""
    wanted = list(rows)
    return _by_row(Attachment.objects.filter(Q(message__in=wanted) | Q(note__in=wanted)), keys) if wanted else {}


def beside_all(mentorship: Mentorship, keys: Keyring) -> Files:
    """Return the files of a room that this person may open, in one query. Raises NotGranted, Tampered."""
    return _by_row(files_of(mentorship, keys.owner), keys)


def files_of(mentorship: Mentorship, person: UUID) -> "QuerySet[Attachment]":
    """Return the files that this person may open, as rows without what they hold."""
    shared_or_own = Q(alone=False) | Q(author=person)
    return Attachment.objects.filter(shared_or_own, mentorship=mentorship).defer("data")


def opened(row: Attachment, keyring: Keyring | None) -> tuple[File, bytes]:
    """Return a file and what it holds. Raises Locked if the keyring is None; NotGranted, Tampered."""
    keys = unlocked(keyring)
    data = Attachment.data.unseal(row, keys)
    about = file(row, keys)
    if about.size != len(data):
        raise Tampered("it holds something else")
    return about, data


def held_by(pk: UUID, keys: Keyring) -> bytes:
    """Return what a file holds, read afresh; raises NotGranted, also when it is gone, and Tampered."""
    row = Attachment.objects.filter(pk=pk).first()
    if row is None:
        raise NotGranted("it was destroyed meanwhile")
    return opened(row, keys)[1]


def file(row: Attachment, keys: Keyring) -> File:
    about = about_of(row, keys)
    return File(row.pk, about["name"], Kind(about["kind"]), int(about["size"]))


def _by_row(rows: "QuerySet[Attachment]", keys: Keyring) -> Files:
    found: dict[UUID, list[File]] = defaultdict(list)
    for row in rows.defer("data"):
        found[row.message_id or row.note_id].append(file(row, keys))  # type: ignore[index]  # one of the two is there
    return {pk: tuple(files) for pk, files in found.items()}
