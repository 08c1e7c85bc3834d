"""Files as people and others send them, made for the tests."""

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, PngImagePlugin
from PIL.ExifTags import GPS, IFD, Base

SECRET = "taken-at-the-surgery"


def photograph(size: tuple[int, int] = (60, 40), turned: int = 6) -> bytes:
    """A JPEG as a telephone makes it: lying on its side, with its place, its camera and a remark."""
    exif = Image.Exif()
    exif[Base.Orientation] = turned
    exif[Base.Make] = SECRET
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    out = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, "JPEG", exif=exif, comment=SECRET)
    return out.getvalue() + b"<script>alert(1)</script>" + SECRET.encode()


def drawing(format_: str = "PNG", mode: str = "RGBA", size: tuple[int, int] = (50, 30)) -> bytes:
    """A picture with a hole in it, and a text beside it."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", SECRET)
    out = BytesIO()
    Image.new(mode, size).save(out, format_, **({"pnginfo": told} if format_ == "PNG" else {"xmp": SECRET.encode()}))
    return out.getvalue()


def bomb() -> bytes:
    """A picture of 900 million dots in a few kilobytes."""
    out = BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    return out.getvalue()


def paper(**save: Any) -> bytes:
    """A PDF with all that one may carry: scripts, programs, files, films, forms that send, and who wrote it."""
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page()
    page, hidden = pdf.pages[0], Stream(pdf, SECRET.encode())
    page.obj["/Contents"] = Stream(pdf, b"BT (What the page says) Tj ET")
    page.obj["/AA"] = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
    page.obj["/Annots"] = Array(
        [
            Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("calc.exe"))),
            Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("javascript:alert(1)"))),
            Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://nhs.example"))),
            pdf.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, FS=Dictionary(EF=Dictionary(F=hidden)))
            ),
            Dictionary(Type=Name.Annot, Subtype=Name.Screen, A=Dictionary(S=Name.Rendition, JS=String("x"))),
        ]
    )
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=Stream(pdf, b"app.alert(1)")))
    pdf.Root["/OpenAction"] = Dictionary(S=Name.GoTo, Next=Array([script]))
    pdf.Root["/Names"] = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), script])),
        EmbeddedFiles=Dictionary(Names=Array([String("a"), Dictionary(EF=Dictionary(F=hidden))])),
        Dests=Dictionary(Names=Array([])),
    )
    pdf.Root["/AcroForm"] = Dictionary(
        XFA=hidden,
        Fields=Array(
            [pdf.make_indirect(Dictionary(FT=Name.Btn, A=Dictionary(S=Name.SubmitForm, F=String("http://x"))))]
        ),
    )
    pdf.Root["/Metadata"] = hidden
    pdf.Root["/AF"] = Array([Dictionary(EF=Dictionary(F=hidden))])
    pdf.docinfo["/Author"] = SECRET
    out = BytesIO()
    pdf.save(out, **save)
    return out.getvalue()
