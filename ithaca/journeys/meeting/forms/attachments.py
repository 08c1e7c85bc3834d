"""Files that come with what someone writes: made harmless before anything else looks at them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ithaca.journeys.http import LEFT_BEHIND
from ithaca.journeys.meeting.forms.cautious import CautiousForm
from ithaca.records.mentorships.writing.actions.attachments import MOST
from ithaca.tools.files.cleaning import CleanFile, clean
from ithaca.tools.files.kinds import Reason, Unwelcome

REFUSALS: dict[Reason, Promise] = {
    Reason.EMPTY: gettext_lazy("“%(name)s” is empty. Choose another file."),
    Reason.LARGE: gettext_lazy("“%(name)s” is larger than 10MB. Choose a smaller file or part of it."),
    Reason.UNKNOWN: gettext_lazy(
        "We can't accept “%(name)s”. You can add photos (JPEG, PNG or WebP), PDFs and plain text. "
        "Save it as a PDF and choose it again."
    ),
    Reason.OFFICE: gettext_lazy("“%(name)s” is an Office document. Save it as a PDF and choose it again."),
    Reason.HEIC: gettext_lazy(
        "“%(name)s” is a kind of photo that many devices can't open. Save it as a JPEG and choose it again."
    ),
    Reason.DAMAGED: gettext_lazy("“%(name)s” won't open. Save it again and choose it again."),
    Reason.DOTS: gettext_lazy("“%(name)s” has more than 50 million pixels. Make it smaller and choose it again."),
    Reason.PASSWORD: gettext_lazy("“%(name)s” is protected with a password. Save a copy without one and choose that."),
    Reason.COSTLY: gettext_lazy("“%(name)s” takes too long to check. Save it as a simpler PDF and choose it again."),
}
"""Why a file is not taken, and what to do."""
ACCEPTED = ".jpg,.jpeg,.png,.webp,.pdf,.txt,image/jpeg,image/png,image/webp,application/pdf,text/plain"


class FilesInput(forms.FileInput):
    """One box for several files; a phone offers its camera and its photos."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to three files, each known by what it holds."""

    widget = FilesInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> tuple[CleanFile, ...]:
        """Return the files as they may be kept, the same one once. Raises ValidationError, which says what to do."""
        sent: list[UploadedFile[bytes]] = list(data or [])
        if len(sent) > MOST:
            raise ValidationError(too_many(len(sent)))
        found = {file.digest: file for file in map(_cleaned, sent)}
        return tuple(found.values())


class WithFilesForm(CautiousForm):
    """Text, files, or both. A page cannot carry a file: `left_behind` names those that have to be chosen again."""

    enclosed = FilesField(
        label=gettext_lazy("Add photos or files"),
        help_text=gettext_lazy(
            "Up to 3 photos, PDFs or plain text files, 10MB each. Make sure nobody could identify a patient."
        ),
        required=False,
    )

    @property
    def left_behind(self) -> list[str]:
        """The names of files that came with this form, now or before someone had to sign in."""
        if not self.is_bound:
            return []
        return left_behind(self.data, self.files)

    @property
    def parted(self) -> bool:
        """Did files stay behind on the way here? Then nothing is sent before its author says so. Of a valid form."""
        return bool(left_behind(self.data, {})) and not self.cleaned_data["enclosed"]

    def clean(self) -> None:
        """There are words, or files; if neither, the box of the words says so."""
        if not {"text", "enclosed"} & set(self.errors) and not self.cleaned_data["text"] and not self.has_files():
            self.add_error("text", self.fields["text"].error_messages["required"])

    def has_files(self) -> bool:
        """Say whether there are files beside the words."""
        return bool(self.cleaned_data["enclosed"])


def left_behind(data: Any, files: Any) -> list[str]:
    """Return the names of the files that were sent, and of those that a page couldn't carry."""
    sent = [str(file.name) for file in files.getlist("enclosed")] if files else []
    return [*sent, *(data.getlist(LEFT_BEHIND) if hasattr(data, "getlist") else [])]


def too_many(count: int) -> str:
    """Say that there are more files than one message or note holds."""
    return _("Choose up to %(most)d files. There are %(count)d.") % {"most": MOST, "count": count}


def _cleaned(file: UploadedFile[bytes]) -> CleanFile:
    name = file.name or ""
    try:
        return clean(name, file.read())
    except Unwelcome as why:
        raise ValidationError(str(REFUSALS[why.reason]) % {"name": name[-60:]}) from why
