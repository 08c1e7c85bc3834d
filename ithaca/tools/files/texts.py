"""Plain text: what does not read as text is not one."""

import re

from ithaca.tools.files.kinds import Reason, Unwelcome

_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def rewritten(data: bytes) -> bytes:
    """Return the text as UTF-8, without a byte order mark. Raises Unwelcome."""
    try:
        text = data.decode(_MARKS.get(data[:2], "utf-8-sig"))
    except UnicodeDecodeError:
        raise Unwelcome(Reason.UNKNOWN) from None
    if _NO_TEXT.search(text):
        raise Unwelcome(Reason.UNKNOWN)
    if not text.strip():
        raise Unwelcome(Reason.EMPTY)
    return text.encode()
