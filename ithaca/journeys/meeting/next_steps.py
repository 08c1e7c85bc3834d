"""What happens next in a room, in words for the one who looks."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from ithaca.records.mentorships.room.queries.rooms import Next, Room


@dataclass(frozen=True, slots=True)
class NextStep:
    """A card: what happens next, who acts, and the one way on."""

    heading: str
    text: str
    who: str
    href: str
    action: str


def next_step(room: Room, mentorship: UUID) -> NextStep | None:
    """Return the step that comes next; None when it is to meet, which comes first on the page, or when all is over."""
    name = room.partner.first_name
    agreement = reverse("meeting:agreement", args=[mentorship])
    book = reverse("meeting:session_schedule", args=[mentorship])
    either = _("Either of you")
    if room.next is Next.SAY_WHETHER_MET:
        session = reverse("meeting:session", args=[room.unsaid[0].pk])
        return NextStep(
            _("Did you meet?"), _("Only one of you needs to say."), either, session, _("Say whether you met")
        )
    if room.next is Next.BOOK_FIRST:
        text = _("Most people allow an hour. You can talk about how you'll work together when you meet.")
        return NextStep(_("Choose a time for your first session"), text, either, book, _("Choose a time"))
    if room.next is Next.BOOK:
        text = _("About once a month suits most people, but you can meet more or less often.")
        return NextStep(_("Choose a time for your next session"), text, either, book, _("Choose a time"))
    if room.next is Next.USED_UP:
        text = _("You can still write to each other. See what else you can do now.")
        return NextStep(_("You've used your funded sessions"), text, either, book, _("See what you can do"))
    if room.next is Next.AGREE:
        heading = _("Agree how you'll work together")
        if room.agreement.other_agreed:
            text = _("%(name)s has agreed. Once you've agreed too, you can book your next session.") % {"name": name}
            return NextStep(heading, text, _("You"), agreement, _("Read the agreement"))
        text = _("It's one page, already filled in. Once you've both agreed, you can book your next session.")
        return NextStep(heading, text, _("Both of you"), agreement, _("Read the agreement"))
    if room.next is Next.WAIT_FOR_YES:
        text = _("You've agreed. Once %(name)s has agreed too, you can book your next session.") % {"name": name}
        return NextStep(
            _("Waiting for %(name)s to agree") % {"name": name}, text, name, agreement, _("Read the agreement")
        )
    return None
