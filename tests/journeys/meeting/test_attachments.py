"""Files with messages and notes: what is kept, what is refused at its field, who gets it, and what destroys it."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from ithaca.records.mentorships.models import Attachment, Message, Note
from ithaca.records.mentorships.room.actions import written_record
from ithaca.records.mentorships.writing.actions import messages, notes
from ithaca.records.mentorships.writing.queries import attachments
from ithaca.records.stages import Party
from ithaca.tools.files.cleaning import CleanFile
from ithaca.tools.files.kinds import Kind
from ithaca.tools.vault.errors import NotGranted, Tampered
from tests.cast import NOW, PASSWORD, keyring_of, sign_in
from tests.journeys.meeting import typed
from tests.room import Room
from tests.tools.files.uploads import photograph

WORDS = "Here is the rota we spoke of."
ROTA = b"Monday: Mina. Tuesday: nobody."


def upload(name: str = "rota.txt", data: bytes = ROTA) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/octet-stream")


def letter(*files: SimpleUploadedFile, text: str = WORDS, **more: Any) -> dict[str, Any]:
    return {"text": text, "once": str(uuid4()), "enclosed": list(files), **more}


def at(room: Room, rest: str = "messages/") -> str:
    return f"/mentorships/{room.mentorship.pk}/{rest}"


def names(room: Room, by: Party = Party.MENTOR) -> list[str]:
    keys = keyring_of(room.who(by))
    return [attachments.file(row, keys).name for row in attachments.files_of(room.mentorship, keys.owner)]


def write_note(room: Room, *files: CleanFile, alone: bool = False) -> Note:
    keys = keyring_of(room.mentee)
    return notes.write(room.mentorship.pk, WORDS, alone, Party.MENTEE, files=files, keyring=keys, at=NOW, form=uuid4())


PLAIN = CleanFile("rota.txt", Kind.TEXT, ROTA)

# --- what the two see ---------------------------------------------------------------------------------


def test_a_photo_goes_with_a_message_and_is_handed_to_the_two_alone(room: Room, mentee: Client, mentor: Client) -> None:
    page = typed.see(mentee, at(room, ""))
    assert 'enctype="multipart/form-data"' in page
    assert "multiple" in page
    form = letter(upload("IMG 1.jpeg.exe", photograph()), upload("🙂 rota.txt"))
    assert mentee.post(at(room, "messages/send/"), form).status_code == 302
    found = typed.see(mentor, at(room))
    assert "IMG 1.jpg" in found
    assert "🙂 rota.txt" in found
    assert found.count("ithaca-file__picture") == 1
    photo, text = Attachment.objects.order_by("number")
    answer = mentor.get(f"/attachments/{photo.pk}/")
    assert {name: answer[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Type": "image/jpeg",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    assert answer["Content-Disposition"] == 'attachment; filename="IMG 1.jpg"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    with Image.open(BytesIO(answer.content)) as image:
        assert (image.size, dict(image.getexif())) == ((40, 60), {})
    assert mentee.get(f"/attachments/{text.pk}/").content == ROTA
    for other in ("coordinator", "stranger", "outsider"):
        assert sign_in(Client(), room.cast.people[other]).get(f"/attachments/{photo.pk}/").status_code == 404


def test_a_file_needs_no_words_and_words_need_no_file(room: Room, mentee: Client, mentor: Client) -> None:
    assert mentee.post(at(room, "messages/send/"), letter(upload(), text="")).status_code == 302
    assert "rota.txt" in typed.see(mentor, at(room, ""))
    answer = mentee.post(at(room, "messages/send/"), letter(text=" "))
    assert (answer.status_code, "Write your message first" in typed.text(answer)) == (422, True)
    assert "1 result</h2>" in typed.text(mentor.post(at(room, "search/"), {"words": "ROTA"}))


def test_a_private_notes_file_is_its_authors_alone(room: Room, mentee: Client, mentor: Client) -> None:
    mentee.post(at(room, "notes/new/"), letter(upload("mine.txt"), whose="me"))
    mentee.post(at(room, "notes/new/"), letter(upload("ours.txt"), whose="both"))
    assert (names(room, Party.MENTEE), names(room)) == (["mine.txt", "ours.txt"], ["ours.txt"])
    mine = Attachment.objects.get(alone=True)
    assert "mine.txt" in typed.see(mentee, at(room, "notes/"))
    assert mentee.get(f"/attachments/{mine.pk}/").content == ROTA
    assert mentor.get(f"/attachments/{mine.pk}/").status_code == 404
    Attachment.objects.filter(pk=mine.pk).update(alone=False)
    assert mentor.get(f"/attachments/{mine.pk}/").status_code == 403, "the flag opens nothing"


def test_a_locked_reader_is_asked_for_the_password_first(room: Room, locked: Client) -> None:
    write_note(room, PLAIN)
    path = f"/attachments/{Attachment.objects.get().pk}/"
    answer = locked.get(path)
    assert (answer.status_code, path in unquote(answer["Location"])) == (302, True)


# --- what is refused ------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[list[SimpleUploadedFile], str]] = {
    "a program": ([upload("a.pdf", b"MZ\x90\x00\x03")], "Save it as a PDF and choose it again."),
    "a Word file": ([upload("a.docx", b"PK\x03\x04..")], "“a.docx” is an Office document."),
    "nothing": ([upload("a.txt", b"")], "“a.txt” is empty."),
    "too large": ([upload("a.txt", b"x" * (10 * 1024 * 1024 + 1))], "“a.txt” is larger than 10MB."),
    "damaged": ([upload("a.jpg", photograph()[:200])], "“a.jpg” won't open."),
    "too many": ([upload(f"{n}.txt", b"%d" % n) for n in range(4)], "Choose up to 3 files. There are 4."),
    "one of two": ([upload(), upload("b.exe", b"MZ\x00")], "We can't accept “b.exe”."),
}


@pytest.mark.parametrize("place", ["messages/send/", "notes/new/"])
def test_a_file_that_is_not_taken_is_said_at_its_field_and_nothing_is_half_written(
    room: Room, mentee: Client, place: str
) -> None:
    for case, (files, words) in REFUSED.items():
        for file in files:
            file.seek(0)
        answer = mentee.post(at(room, place), letter(*files, whose="both"))
        page = typed.text(answer)
        assert (answer.status_code, words in page) == (422, True), case
        assert f"{WORDS}</textarea>" in page, "the words stay on the page"
        assert "Choose your files again" in page
        assert "<title>Error: " in page
    assert [model.objects.count() for model in (Message, Note, Attachment)] == [0, 0, 0]


def test_several_large_files_are_read_and_a_longer_body_is_not(room: Room, mentee: Client) -> None:
    large = [upload(f"{n}.txt", b"%d" % n + b"x" * (9 * 1024 * 1024)) for n in range(3)]
    assert mentee.post(at(room, "messages/send/"), letter(*large)).status_code == 302
    assert names(room) == ["0.txt", "1.txt", "2.txt"]
    answer = mentee.post("/account/details/", {"file": upload("a.txt", b"x" * (13 * 1024 * 1024))})
    assert answer.status_code == 413


# --- nothing is lost, nothing is doubled --------------------------------------------------------------


def test_pressing_twice_keeps_a_file_once_and_other_files_are_not_swallowed(room: Room, mentee: Client) -> None:
    form = letter(upload())
    for _pressed_twice in range(2):
        form["enclosed"][0].seek(0)
        assert mentee.post(at(room, "messages/send/"), form).status_code == 302
    answer = mentee.post(at(room, "messages/send/"), {**form, "enclosed": [upload("other.txt", b"Other")]})
    assert (answer.status_code, "This is a different message" in typed.text(answer)) == (409, True)
    assert "so we no longer have these: other.txt" in typed.text(answer)
    assert names(room) == ["rota.txt"]


@pytest.mark.parametrize("place", ["message", "note", "note change"])
def test_words_wait_for_their_files_when_the_lock_has_fallen(
    room: Room, mentee: Client, clock: time_machine.Traveller, place: str
) -> None:
    path = at(room, "messages/send/" if place == "message" else "notes/new/")
    more: dict[str, Any] = {"whose": "both"}
    if place == "note change":
        path, more = f"/notes/{write_note(room).pk}/change/", {"whose": "both", "version": 1}
    form = letter(upload(), text="Typed for half an hour", **more)
    before = (Message.objects.count(), Note.objects.count())
    clock.shift(timedelta(minutes=31))
    page = typed.text(mentee.post(path, form))
    assert "This page can't keep files: rota.txt." in page
    assert "We'll send it when you continue" not in page
    assert 'name="left-behind" value="rota.txt"' in page
    del form["enclosed"]
    answer = mentee.post(path, {**form, "left-behind": "rota.txt", "unlock-password": PASSWORD})
    page = typed.text(answer)
    assert (answer.status_code, (Message.objects.count(), Note.objects.count())) == (200, before)
    assert "so we no longer have these: rota.txt" in page
    assert "Typed for half an hour</textarea>" in page
    assert mentee.post(path, {**form, "enclosed": [upload()]}).status_code == 302
    assert names(room) == ["rota.txt"]


def test_a_signed_out_author_is_told_which_file_to_choose_again(room: Room) -> None:
    page = typed.text(Client().post(at(room, "messages/send/"), letter(upload(), upload("b.txt"))))
    assert "This page can't keep files: rota.txt, b.txt." in page
    assert Message.objects.count() == 0


# --- notes change ---------------------------------------------------------------------------------------


def test_a_notes_files_are_added_and_taken_out(room: Room, mentee: Client) -> None:
    note = write_note(room, PLAIN, CleanFile("b.txt", Kind.TEXT, b"B"))
    path = f"/notes/{note.pk}/change/"
    first = Attachment.objects.order_by("number").first()
    assert first is not None
    form = letter(upload("c.txt", b"C"), upload("d.txt", b"D"), version=1, whose="both")
    answer = mentee.post(path, form)
    assert (answer.status_code, "There are 4." in typed.text(answer)) == (422, True)
    for _pressed_twice in range(2):
        for file in form["enclosed"]:
            file.seek(0)
        assert mentee.post(path, {**form, "without": str(first.pk)}).status_code == 302
    assert names(room) == ["b.txt", "c.txt", "d.txt"]
    gone = str(Attachment.objects.order_by("number")[0].pk)
    late = letter(upload("e.txt", b"E"), version=1, whose="both", text="Old", without=gone)
    old_window = mentee.post(path, late)
    assert (old_window.status_code, "so we no longer have these: e.txt" in typed.text(old_window)) == (409, True)
    others = [str(pk) for pk in Attachment.objects.values_list("pk", flat=True)]
    empty = mentee.post(path, letter(version=2, whose="both", text="", without=others))
    assert (empty.status_code, "Write your note first" in typed.text(empty)) == (422, True)
    foreign = write_note(room, CleanFile("f.txt", Kind.TEXT, b"F"))
    chosen = str(Attachment.objects.get(note=foreign).pk)
    mentee.post(path, letter(version=2, whose="both", text="Mangled", without=[chosen]))
    assert Attachment.objects.filter(note=foreign).exists(), "a file of another note stays"


# --- what destroys a file -------------------------------------------------------------------------------


def test_a_file_goes_with_its_message_its_note_and_the_record(room: Room, mentee: Client) -> None:
    def send() -> Message:
        keys = keyring_of(room.mentee)
        return messages.send(room.mentorship.pk, "", Party.MENTEE, files=[PLAIN], keyring=keys, at=NOW, form=uuid4())

    message = send()
    messages.take_back(message, Party.MENTEE, at=NOW)
    note = write_note(room, PLAIN)
    mentee.post(f"/notes/{note.pk}/delete/", typed.press())
    assert Attachment.objects.count() == 0
    send()
    write_note(room, PLAIN)
    mine = write_note(room, PLAIN, alone=True)
    for party in (Party.MENTEE, Party.MENTOR):
        written_record.stop_writing(room.mentorship.pk, party, actor=room.who(party).pk, at=NOW)
        written_record.destroy(room.mentorship.pk, party, actor=room.who(party).pk, at=NOW)
    assert [row.note_id for row in Attachment.objects.all()] == [mine.pk]


def test_no_file_is_kept_without_a_written_record(room: Room, mentee: Client) -> None:
    written_record.stop_writing(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW)
    assert mentee.post(at(room, "messages/send/"), letter(upload())).status_code == 409
    assert Attachment.objects.count() == 0


# --- tampering and pace -----------------------------------------------------------------------------------


def test_a_file_that_was_moved_or_changed_in_the_database_does_not_open(room: Room, mentor: Client) -> None:
    one, two = write_note(room, PLAIN), write_note(room, CleanFile("b.txt", Kind.TEXT, b"B"))
    row, other = Attachment.objects.get(note=one), Attachment.objects.get(note=two)
    keys = keyring_of(room.mentor)
    assert attachments.opened(row, keys)[1] == ROTA
    moves: list[dict[str, Any]] = [{"note": two}, {"data": other.data}, {"about": other.about}, {"author": keys.owner}]
    for changes in moves:
        before = {name: getattr(row, name) for name in changes}
        Attachment.objects.filter(pk=row.pk).update(**changes)
        with pytest.raises(Tampered):
            attachments.opened(Attachment.objects.get(pk=row.pk), keys)
        assert mentor.get(f"/attachments/{row.pk}/").status_code == 403
        Attachment.objects.filter(pk=row.pk).update(**before)
    with pytest.raises(NotGranted):
        attachments.opened(row, keyring_of(room.cast.coordinator))


def everything_kept() -> bytes:
    """All that the database holds, in every table."""
    held = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            for row in cursor.fetchall():
                held += b"".join(
                    bytes(one) if isinstance(one, bytes | memoryview) else f"{one}".encode() for one in row
                )
    return held


def test_a_stolen_database_shows_neither_a_file_nor_its_name(room: Room, mentee: Client) -> None:
    content, name, control = "canary-in-the-file", "canary-in-the-name", "canary-in-plain-sight"
    room.mentee.name = control
    room.mentee.save()
    for place, whose in (("messages/send/", ""), ("notes/new/", "me"), ("notes/new/", "both")):
        form = letter(upload(f"{name}.txt", content.encode()), whose=whose)
        assert mentee.post(at(room, place), form).status_code == 302
    held = everything_kept()
    assert control.encode() in held
    for canary in (content, name):
        for seen_as in (canary.encode(), canary.encode().hex().encode(), canary.encode("utf-16-le")):
            assert seen_as not in held


def test_files_cost_a_page_one_question_however_many_there_are(room: Room, mentee: Client) -> None:
    asked = []
    for many in (1, 15):
        for _one in range(many):
            keys = keyring_of(room.mentee)
            messages.send(room.mentorship.pk, "", Party.MENTEE, files=[PLAIN], keyring=keys, at=NOW, form=uuid4())
            write_note(room, PLAIN)
        counts = []
        for path in (at(room, ""), at(room), at(room, "notes/")):
            with CaptureQueriesContext(connection) as queries:
                assert "rota.txt" in typed.see(mentee, path) or path == at(room, "")
            assert not any('"data"' in query["sql"] and "attachment" in query["sql"] for query in queries)
            counts.append(len(queries))
        asked.append(counts)
    assert asked[0] == asked[1]
