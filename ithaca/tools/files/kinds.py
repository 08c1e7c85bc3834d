"""What a file is, by what it holds: never by its name, nor by what a browser says of it."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of file that are taken, by their media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"
    TEXT = "text/plain"

    @property
    def suffix(self) -> str:
        """The end of the name of such a file."""
        return _SUFFIXES[self]

    @property
    def is_picture(self) -> bool:
        return self in (Kind.JPEG, Kind.PNG, Kind.WEBP)


class Reason(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    LARGE = "large"
    UNKNOWN = "unknown"
    OFFICE = "office"
    HEIC = "heic"
    DAMAGED = "damaged"
    DOTS = "dots"
    PASSWORD = "password"  # noqa: S105 - the file has one
    COSTLY = "costly"


class Unwelcome(Exception):
    """The file is not taken; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


_SUFFIXES = {Kind.JPEG: ".jpg", Kind.PNG: ".png", Kind.WEBP: ".webp", Kind.PDF: ".pdf", Kind.TEXT: ".txt"}
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_MARKUP = (b"<?xml", b"<!doctype", b"<html", b"<svg", b"<script", b"%!ps")
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif", b"ftyphevc")


def kind_of(data: bytes) -> Kind:
    """Return the kind of a file. Anything unknown may be a text; raises Unwelcome if it can't be one."""
    start = data[:1024].lstrip().lower()
    if not start:
        raise Unwelcome(Reason.EMPTY)
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Kind.WEBP
    if start.startswith(b"%pdf-"):
        return Kind.PDF
    if data.startswith(_OFFICE):
        raise Unwelcome(Reason.OFFICE)
    if data[4:12] in _HEIC:
        raise Unwelcome(Reason.HEIC)
    if start.startswith(_MARKUP):
        raise Unwelcome(Reason.UNKNOWN)
    return Kind.TEXT
