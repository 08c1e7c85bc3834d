"""Making the keys of rooms that came from a spreadsheet."""

from datetime import datetime

from django.db import transaction

from ithaca.records.members.emails.addressing import member
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.room.emails import mentorships as emails
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox
from ithaca.tools.vault import directory, grants
from ithaca.tools.vault.keyring import Keyring


@transaction.atomic
def make_keys(keyring: Keyring, at: datetime) -> int:
    """Make the keys of every room of this mentee's that has none, where the mentor has signed in. Returns how many."""
    rooms = Mentorship.objects.filter(mentee__user=keyring.owner, introduction=None).exclude(
        stage=MentorshipStage.ENDED
    )
    made = 0
    for room in rooms.select_related("scheme", "mentee__user", "mentor__user").select_for_update(of=("self",)):
        mentor = room.mentor.user_id
        if grants.epochs_of(room.pk) or not directory.enrolled(mentor):
            continue
        keyring.open_relationship(room.pk, f"{at.year + 1}-{at.month:02}", [keyring.owner, mentor])
        ledger.record("mentorship", room.pk, "make_keys", by=Party.MENTEE, at=at, actor=keyring.owner)
        outbox.put(emails.room_opened(member(room.mentor), room), at)
        made += 1
    return made
