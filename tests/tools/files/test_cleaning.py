"""What is taken is what a reader sees; all else of a file is gone. What is not taken is refused with its reason."""

import os
import subprocess
import sys
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from PIL import Image

from ithaca.tools.files import papers, pictures, washer
from ithaca.tools.files.cleaning import clean, plain_name
from ithaca.tools.files.kinds import Kind, Reason, Unwelcome, kind_of
from tests.tools.files.uploads import SECRET, bomb, drawing, paper, photograph

TEN_MB = 10 * 1024 * 1024
ZIP = b"PK\x03\x04" + bytes(40)


def test_a_photograph_comes_out_upright_with_its_dots_alone() -> None:
    data = photograph()
    assert SECRET.encode() in data
    found = pictures.redrawn(Kind.JPEG, data)
    assert not any(one in found for one in (SECRET.encode(), b"Exif", b"script", b"ICC_PROFILE"))
    with Image.open(BytesIO(found)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (40, 60), {})


@pytest.mark.parametrize(("format_", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("WEBP", "RGBA")])
def test_a_drawing_keeps_its_holes_and_loses_what_was_written_beside_it(format_: str, mode: str) -> None:
    data = drawing(format_, mode)
    found = pictures.redrawn(kind_of(data), data)
    assert SECRET.encode() not in found
    with Image.open(BytesIO(found)) as image:
        assert (image.format, image.size) == (format_, (50, 30))
        assert image.has_transparency_data == (mode == "RGBA")


def test_a_picture_is_kept_no_larger_than_a_page_of_print_needs() -> None:
    found = pictures.redrawn(Kind.PNG, drawing(mode="L", size=(6000, 10)))
    with Image.open(BytesIO(found)) as image:
        assert image.width == 2560


def every_word(data: bytes) -> bytes:
    """All that a PDF holds, unpacked."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def test_a_paper_says_what_it_said_and_does_nothing_more() -> None:
    before, after = every_word(paper()), every_word(papers.rewritten(paper()))
    names = "JavaScript JS Launch SubmitForm Rendition OpenAction AA EF AF XFA Metadata FileAttachment Screen"
    for word in (*(f"/{name}" for name in names.split()), SECRET, "javascript:", "calc.exe"):
        assert word.encode() in before, f"{word} is not in the paper that we try"
        assert word.encode() not in after, word
    assert b"What the page says" in after
    assert b"https://nhs.example" in after
    assert papers.rewritten(paper()) == papers.rewritten(paper()), "the same paper comes out the same"


def test_what_follows_a_paper_in_its_file_is_gone() -> None:
    assert ZIP not in papers.rewritten(paper() + ZIP)


REFUSED: dict[str, tuple[Reason, bytes]] = {
    "nothing": (Reason.EMPTY, b""),
    "white space": (Reason.EMPTY, b" \r\n\t"),
    "a mark of order": (Reason.EMPTY, b"\xef\xbb\xbf "),
    "a Word file": (Reason.OFFICE, ZIP),
    "an old Word file": (Reason.OFFICE, b"\xd0\xcf\x11\xe0" + bytes(40)),
    "rich text": (Reason.OFFICE, b"{\\rtf1 hello}"),
    "a telephone's own format": (Reason.HEIC, b"\x00\x00\x00\x18ftypheic" + bytes(20)),
    "a drawing that may run": (Reason.UNKNOWN, b"\n <svg onload='alert(1)'/>"),
    "a page": (Reason.UNKNOWN, b"<!DOCTYPE html><script>alert(1)</script>"),
    "a program": (Reason.UNKNOWN, b"MZ\x90\x00\x03\x00"),
    "a text with a hidden sign": (Reason.UNKNOWN, b"Hello\x00"),
    "a text of another alphabet's bytes": (Reason.UNKNOWN, b"Caf\xe9"),
    "half a photograph": (Reason.DAMAGED, photograph((600, 400))[:900]),
    "a photograph in name": (Reason.DAMAGED, b"\xff\xd8\xff hello"),
    "half a drawing": (Reason.DAMAGED, drawing(size=(400, 400))[:-30]),
    "half a paper": (Reason.DAMAGED, paper()[:200]),
    "a paper in name": (Reason.DAMAGED, b"%PDF-1.7 hello"),
    "a locked paper": (Reason.PASSWORD, paper(encryption=pikepdf.Encryption(owner="a", user="b"))),
    "a paper that may not be changed": (Reason.PASSWORD, paper(encryption=pikepdf.Encryption(owner="a", user=""))),
    "a picture of too many dots": (Reason.DOTS, bomb()),
}


@pytest.mark.parametrize(("reason", "data"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_taken_is_refused_with_its_reason(
    reason: Reason, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ithaca.tools.files.cleaning._washed", washer.washed)  # the same, in this process
    with pytest.raises(Unwelcome) as refused:
        clean("a.jpg", data)
    assert refused.value.reason is reason


def test_a_file_that_is_too_large_is_not_looked_at() -> None:
    with pytest.raises(Unwelcome) as refused:
        clean("a.txt", b"x" * (TEN_MB + 1))
    assert refused.value.reason is Reason.LARGE
    assert clean("a.txt", b"x" * TEN_MB).kind is Kind.TEXT


@pytest.mark.parametrize(
    ("name", "kind", "plain"),
    [
        ("photo.jpg.exe", Kind.JPEG, "photo.jpg"),
        ("minutes.docx", Kind.PDF, "minutes.pdf"),
        ("Scan 3.11.2026", Kind.PDF, "Scan 3.11.2026.pdf"),
        ("../../etc/passwd", Kind.TEXT, "passwd.txt"),
        ("C:\\Users\\me\\rota.PDF", Kind.PDF, "rota.pdf"),
        ("evil\u202egpj.exe", Kind.PNG, "evilgpj.png"),
        ('Who? "Me": 1*2.png', Kind.PNG, "Who- -Me-- 1-2.png"),
        ("null\x00.png", Kind.PNG, "null.png"),
        ("🙂 für uns.png", Kind.PNG, "🙂 für uns.png"),
        (" . ", Kind.PDF, "file.pdf"),
        ("a\r\nb.txt", Kind.TEXT, "ab.txt"),
        ("x" * 300, Kind.TEXT, "x" * 80 + ".txt"),
    ],
)
def test_a_name_is_made_plain_and_ends_as_what_the_file_is(name: str, kind: Kind, plain: str) -> None:
    assert plain_name(name, kind) == plain


# --- the process of its own ---------------------------------------------------------------------------


def test_files_are_opened_by_a_process_that_knows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, Any]] = []
    run = subprocess.run

    def watched(*args: Any, **options: Any) -> Any:
        seen.append(options)
        return run(*args, **options)

    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setattr(subprocess, "run", watched)
    assert clean("me.jpeg", photograph()).name == "me.jpg"
    with pytest.raises(Unwelcome) as refused:
        clean("me.pdf", paper()[:200])
    assert refused.value.reason is Reason.DAMAGED
    assert [set(options["env"]) for options in seen] == [{"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}] * 2


def test_that_process_has_little_memory_writes_no_file_and_starts_nothing() -> None:
    program = (
        "import io, resource, sys; from ithaca.tools.files import washer; sys.argv = ['', 'image/png'];"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(b'x')); washer.main();"
        "print([resource.getrlimit(getattr(resource, f'RLIMIT_{one}'))[0] for one in ('AS', 'CPU', 'FSIZE')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=dict(os.environ), check=True
    )
    assert done.stdout.strip() == f"[{1024**3}, 20, 0]"


@pytest.mark.parametrize("error", [MemoryError, RecursionError])
def test_a_file_that_costs_too_much_is_refused(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def costly(_data: bytes) -> bytes:
        raise error

    monkeypatch.setattr(papers, "rewritten", costly)
    with pytest.raises(Unwelcome) as refused:
        washer.washed(Kind.PDF, paper())
    assert refused.value.reason is Reason.COSTLY
