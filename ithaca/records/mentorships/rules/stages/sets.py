"""Named sets of stages that several rooms need."""

RUNNING = ("active", "paused", "mediation")
"""A mentorship that is not over: it takes one of the mentor's places, and both people may still change something."""

PENDING = ("draft", "proposed", "changes_requested", "agreed_by_one")
"""The wording of an agreement that both people have still to agree."""

BOOKED = ("scheduled", "rescheduled")
"""A session that has a time."""
CAME_TO_NOTHING = ("cancelled", "no_show")
"""A session that did not take place."""
ASKABLE = ("held",)
"""A session of which a mentor may ask how it was."""
SAYABLE = ("held", "no_show")
"""A session of which a mentee may say how it was. What they typed is not lost when it is corrected to "no show"."""

MAY_ASK = ("applied", "verifying", "active", "grace")
"""A membership with which someone may ask for a mentor: checks hold up the introduction, not the asking."""
INTRODUCIBLE = ("active", "grace")
"""A membership that may be introduced to someone. Until then a request waits."""

EDITABLE = ("draft", "submitted", "triaged", "waiting", "introducing", "closed_unplaced")
"""A request that the mentee may still change."""
CLOSED = ("matched", "withdrawn", "ineligible", "signposted")
"""A request that has its answer; the member may make another."""
UNPLACED = ("submitted", "triaged", "waiting")
"""A request of someone who waits, and has no introduction."""

OFFERS = ("offered_to_mentee", "offered_to_mentor", "question_asked", "accepted", "first_chat", "no_show")
"""An introduction that holds one of the mentor's places."""
UNDER_WAY = ("suggested", *OFFERS)
"""An introduction that is not over."""
