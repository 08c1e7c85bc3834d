"""How long each thing may take, and how long each thing is kept. The one place for these numbers."""

from datetime import timedelta

# --- introductions ---

EXPIRE_AFTER = timedelta(days=7)
"""An offer that nobody answers expires, and the next mentor on the shortlist is asked."""
REMIND_AFTER = timedelta(days=3)
"""The person who has not answered an offer is reminded once."""
ARRANGE_WITHIN = timedelta(days=5)
"""Both people are reminded of a first chat that has no time by then."""
ANSWER_WITHIN = timedelta(days=3)
"""After a first chat, whoever has not said yes or no is reminded."""
WORD_EVERY = timedelta(days=14)
"""Someone who waits hears from us at least this often, whether there is news or not."""

# --- rooms ---

CORRECTABLE_FOR = timedelta(days=14)
"""What was said of a session ("we met") can be corrected."""
NUDGE_AFTER = timedelta(days=45)
"""Both people are reminded when they have not met, and have no session booked."""
ASK_AFTER = timedelta(days=75)
"""A coordinator is asked to find out whether all is well."""
ASK_AGAIN_AFTER = timedelta(days=14)
"""A pair who were asked are left alone."""
FINE_FOR_MONTHS = 3
"""Nobody is reminded or asked after one of them has said that they are fine."""
KEEP_WORDS_FOR = timedelta(days=365)
"""What was written is kept for at least a year after the ending, to the end of that month."""

# --- writing ---

TAKE_BACK_FOR = timedelta(minutes=15)
"""A message can be taken back. Nobody is emailed about it before that."""
LOOK_BACK = timedelta(days=14)
"""What has been unread for longer was in an email before, or is no news."""
ASK_WITHIN = timedelta(days=30)
"""The room suggests asking how a session was. The session's own page always does."""
REMIND_OF_FEEDBACK_AFTER = timedelta(days=7)
"""A mentee who was asked how a session was, and has not answered, is reminded once."""
