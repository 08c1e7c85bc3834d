"""Pictures are redrawn from their pixels, so that nothing else of the file is left: no place, camera or payload."""

from io import BytesIO

from PIL import Image, ImageOps

from ithaca.tools.files.kinds import Kind, Reason, Unwelcome

MOST_DOTS = 50_000_000
"""More than any telephone's photograph, and less than what fills a small server's memory."""
LONGEST = 2560
"""Dots along the longer side of what is kept: a page of print stays readable."""

_FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP"}


def redrawn(kind: Kind, data: bytes) -> bytes:
    """Return the picture upright, no larger than needed, and its pixels alone. Of several in a file, the first.

    Raises Unwelcome when it has too many dots, or is damaged.
    """
    format_ = _FORMATS[kind]
    try:
        with Image.open(BytesIO(data), formats=[format_]) as image:
            if image.width * image.height > MOST_DOTS:
                raise Unwelcome(Reason.DOTS)
            image.draft("RGB", (LONGEST, LONGEST))
            image.thumbnail((LONGEST, LONGEST))
            plain = _dots_of(ImageOps.exif_transpose(image), kind)
    except Image.DecompressionBombError:
        raise Unwelcome(Reason.DOTS) from None
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unwelcome(Reason.DAMAGED) from error
    out = BytesIO()
    plain.save(out, format_, **({} if kind is Kind.PNG else {"quality": 85}))
    return out.getvalue()


def _dots_of(image: Image.Image, kind: Kind) -> Image.Image:
    """Return a picture with nothing but these pixels: no metadata is copied."""
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.point(lambda dot: dot / 256).convert("L")
    through = kind is not Kind.JPEG and image.has_transparency_data
    mode = "RGBA" if through else "L" if image.mode in ("1", "L") else "RGB"
    plain = Image.new(mode, image.size)
    plain.paste(image.convert(mode))
    return plain
