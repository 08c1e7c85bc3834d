"""What happens next in a room, in words for the one who looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.room.queries.rooms import Next, Room
from ithaca.records.mentorships.rules import maps
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import DAYS
from ithaca.records.stages import Party


@dataclass(frozen=True, slots=True)
class Step:
    """A card: what happens next, who acts, and the one way on."""

    heading: str
    text: str
    who: str
    href: str
    action: str


def partner_word(scheme: Scheme, party: Party) -> str:
    """The other, by what they are: "mentor", or the scheme's word for a mentee."""
    return _("mentor") if party is Party.MENTEE else scheme.mentee_word


def the_two(scheme: Scheme, party: Party) -> str:
    """Who reads what the two share: "you and your mentor"."""
    return _("you and your %(partner)s") % {"partner": partner_word(scheme, party)}


def usual_days(codes: Iterable[str]) -> str:
    """Tuesday and Wednesday."""
    return get_text_list([str(DAYS[code]) for code in codes], _("and"))


def both_read(name: str) -> str:
    """Who reads what is written to both: "you and Omar"."""
    return _("you and %(name)s") % {"name": name}


def page_of(place: str, mentorship: Mentorship) -> str:
    """Where a note that stands at `place` is shown, if its scheme has such places; otherwise with all the others.

    A fragment stays in the browser, so no log has it.
    """
    kind, _dot, rest = place.partition(".")
    if place in maps.PLACES and mentorship.scheme.maps:
        return f"{reverse(f'meeting:map_{kind}', args=[mentorship.pk])}#{rest}"
    if kind in ("goal", "action") and mentorship.scheme.goals:
        return f"{reverse('meeting:goals', args=[mentorship.pk])}#{kind}-{rest}"
    return reverse("meeting:notes", args=[mentorship.pk])


def step(room: Room, mentorship: UUID) -> Step | None:
    """The step that comes next; None when it is to meet, which the page shows above all else, or when all is over."""
    name = room.partner.first_name
    agreement = reverse("meeting:agreement", args=[mentorship])
    book = reverse("meeting:session_schedule", args=[mentorship])
    either = _("Either of you")
    if room.next is Next.SAY_WHETHER_MET:
        session = reverse("meeting:session", args=[room.unsaid[0].pk])
        return Step(_("Did you meet?"), _("Only one of you needs to say."), either, session, _("Say whether you met"))
    if room.next is Next.BOOK_FIRST:
        text = _("Most people allow an hour. You can talk about how you’ll work together when you meet.")
        return Step(_("Choose a time for your first session"), text, either, book, _("Choose a time"))
    if room.next is Next.BOOK:
        text = _("About once a month suits most people, but you can meet more or less often.")
        return Step(_("Choose a time for your next session"), text, either, book, _("Choose a time"))
    if room.next is Next.USED_UP:
        text = _("You can still write to each other. See what else you can do now.")
        return Step(_("You’ve used your funded sessions"), text, either, book, _("See what you can do"))
    if room.next is Next.AGREE:
        heading = _("Agree how you’ll work together")
        if room.agreement.other_agreed:
            text = _("%(name)s has agreed. Once you’ve agreed too, you can book your next session.") % {"name": name}
            return Step(heading, text, _("You"), agreement, _("Read the agreement"))
        text = _("It’s one page, already filled in. Once you’ve both agreed, you can book your next session.")
        return Step(heading, text, _("Both of you"), agreement, _("Read the agreement"))
    if room.next is Next.WAIT_FOR_YES:
        text = _("You’ve agreed. Once %(name)s has agreed too, you can book your next session.") % {"name": name}
        return Step(_("Waiting for %(name)s to agree") % {"name": name}, text, name, agreement, _("Read the agreement"))
    return None
