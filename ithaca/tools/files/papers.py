"""PDFs are rewritten with what a reader sees and follows, and without what acts, hides or names the author."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Object, ObjectStreamMode, Pdf, Stream, StreamDecodeLevel

from ithaca.tools.files.kinds import Reason, Unwelcome

_CATALOGUE = (
    "/Type /Version /Pages /PageLabels /PageLayout /PageMode /Names /Dests /Outlines /Lang /MarkInfo /StructTreeRoot "
    "/OCProperties /ViewerPreferences /AcroForm /Extensions /OutputIntents"
).split()
"""What the root of a paper may hold."""
_NEVER = "/AA /OpenAction /JS /JavaScript /EF /AF /EmbeddedFiles /RichMediaContent /Metadata /PieceInfo /XFA".split()
"""What nothing in it may hold: what runs or plays, other files, what programs wrote beside it."""
_FOLLOWED = ("/GoTo", "/Named", "/URI")
_ACTS = (
    "/JavaScript /Launch /SubmitForm /ResetForm /ImportData /GoToR /GoToE /GoToDp /Thread /Sound /Movie /Hide "
    "/SetOCGState /Rendition /Trans /GoTo3DView /RichMediaExecute"
).split()
"""The actions of ISO 32000-2 (table 201) but those that lead to a place in the paper or to an address."""
_ADDRESSES = (b"http://", b"https://", b"mailto:", b"tel:")
_REMARKS = ("/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D")
"""Marks on a page that carry a file or play one."""


def rewritten(data: bytes) -> bytes:
    """Return the PDF as it is now, with no earlier versions. Pictures in it stay as they are.

    Raises Unwelcome when it is damaged, or locked in any way: then we could not see what is in it.
    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise Unwelcome(Reason.PASSWORD)
            if not len(pdf.pages):
                raise Unwelcome(Reason.DAMAGED)
            _clean(pdf)
            out = BytesIO()
            pdf.save(
                out,
                deterministic_id=True,
                object_stream_mode=ObjectStreamMode.generate,
                stream_decode_level=StreamDecodeLevel.none,
            )
            return out.getvalue()
    except pikepdf.PasswordError:
        raise Unwelcome(Reason.PASSWORD) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise Unwelcome(Reason.DAMAGED) from error


def _clean(pdf: Pdf) -> None:
    for key in set(pdf.Root.keys()) - set(_CATALOGUE):
        del pdf.Root[key]
    if "/Names" in pdf.Root:
        for key in set(pdf.Root.Names.keys()) - {"/Dests"}:
            del pdf.Root.Names[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for thing in pdf.objects:
        for part in _parts(thing):
            _quieten(part)


def _parts(thing: Object) -> Iterator[Object]:
    """Yield the dictionaries of one object, from the outside in. Indirect objects come by themselves."""
    waiting = [thing]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Dictionary | Stream):
            yield found
            inner = [value for _key, value in found.items()]
        elif isinstance(found, Array):
            inner = list(found)
        else:
            continue
        waiting += [one for one in inner if isinstance(one, Object) and not one.is_indirect]


def _quieten(part: Object) -> None:
    for key in _NEVER:
        if key in part:
            del part[key]
    if _acts(part):
        for key in list(part.keys()):
            del part[key]
    if isinstance(part.get("/Annots"), Array):
        part["/Annots"] = Array([mark for mark in part["/Annots"] if not _carries(mark)])


def _acts(part: Object) -> bool:
    """Return whether it is an action that does more than lead a reader on."""
    act = str(part.get("/S", ""))
    if act == "/URI":
        return not bytes(part.get("/URI", b"")).lower().startswith(_ADDRESSES)
    return act in _ACTS or (str(part.get("/Type", "")) == "/Action" and act not in _FOLLOWED)


def _carries(mark: Object) -> bool:
    return not isinstance(mark, Dictionary) or str(mark.get("/Subtype", "")) in _REMARKS
