"""Who may do what: one table. Acts that have a stage are in the stage tables; all else is here. Default deny."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ithaca.records.members import stages as members
from ithaca.records.mentorships import stages as mentorships
from ithaca.records.stages import Party, StageTable

STAGED: dict[str, StageTable] = {
    table.noun: table
    for table in (
        members.MEMBERSHIP,
        members.APPLICATION,
        members.STANDING,
        mentorships.ENQUIRY,
        mentorships.REQUEST,
        mentorships.INTRODUCTION,
        mentorships.MATCH_RUN,
        mentorships.CONTRACT,
        mentorships.MENTORSHIP,
        mentorships.SESSION,
        mentorships.GOAL,
        mentorships.ACTION,
        mentorships.FEEDBACK,
        mentorships.ENDING,
        mentorships.SHEET,
    )
}

ALLOWED: dict[tuple[str, str], frozenset[Party]] = {
    # (noun, act without a stage): those who may
    ("scheme", "read_desk"): frozenset({Party.COORDINATOR}),
    ("scheme", "match"): frozenset({Party.COORDINATOR}),
    ("scheme", "invite"): frozenset({Party.COORDINATOR}),
    ("scheme", "open_letter_box"): frozenset({Party.COORDINATOR}),
    ("scheme", "review_signposts"): frozenset({Party.COORDINATOR}),
    ("scheme", "read_team"): frozenset({Party.COORDINATOR}),
    ("scheme", "use_sheets"): frozenset({Party.COORDINATOR}),
    ("sheet", "read"): frozenset({Party.COORDINATOR}),
    ("membership", "read"): frozenset({Party.MEMBER, Party.COORDINATOR}),
    ("membership", "edit"): frozenset({Party.MEMBER}),
    ("membership", "read_check"): frozenset({Party.COORDINATOR}),
    ("application", "read"): frozenset({Party.MEMBER, Party.COORDINATOR}),
    ("application", "edit"): frozenset({Party.MEMBER}),
    ("application", "read_check"): frozenset({Party.COORDINATOR}),
    ("application", "pass_check"): frozenset({Party.COORDINATOR}),
    ("standing", "read"): frozenset({Party.MEMBER, Party.COORDINATOR}),
    ("standing", "edit"): frozenset({Party.MEMBER}),
    ("standing", "propose"): frozenset({Party.COORDINATOR}),
    ("standing", "read_desk"): frozenset({Party.COORDINATOR}),
    ("standing", "note_by_phone"): frozenset({Party.COORDINATOR}),
    ("request", "note_by_phone"): frozenset({Party.COORDINATOR}),
    ("introduction", "note_by_phone"): frozenset({Party.COORDINATOR}),
    ("pair", "note_by_phone"): frozenset({Party.COORDINATOR}),
    ("enquiry", "read"): frozenset({Party.COORDINATOR}),
    ("enquiry", "invite"): frozenset({Party.COORDINATOR}),
    ("request", "read"): frozenset({Party.MENTEE, Party.COORDINATOR}),
    ("request", "edit"): frozenset({Party.MENTEE}),
    ("request", "read_candidates"): frozenset({Party.COORDINATOR}),
    ("request", "choose"): frozenset({Party.MENTEE}),
    ("request", "propose"): frozenset({Party.COORDINATOR}),
    ("introduction", "read"): frozenset({Party.MENTEE, Party.MENTOR, Party.COORDINATOR}),
    ("introduction", "read_steps"): frozenset({Party.COORDINATOR}),
    ("match_run", "read"): frozenset({Party.COORDINATOR}),
    ("mentorship", "read"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("mediation", "take_up"): frozenset({Party.MEDIATOR}),
    ("mentorship", "schedule_session"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("mentorship", "write"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("mentorship", "set_goals"): frozenset({Party.MENTEE}),
    ("goal", "edit"): frozenset({Party.MENTEE}),
    ("action", "edit"): frozenset({Party.MENTEE}),
    ("attachment", "read"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("own_message", "take_back"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("own_note", "edit"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("contract", "read"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("contract", "edit"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("session", "read"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("session", "edit"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("session", "ask_feedback"): frozenset({Party.MENTOR}),
    ("session", "give_feedback"): frozenset({Party.MENTEE}),
    ("session", "read_feedback"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("feedback", "answer"): frozenset({Party.MENTEE}),
    ("ending", "read"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("ending", "edit"): frozenset({Party.MENTEE, Party.MENTOR}),
}


STAFF_READ: dict[str, tuple[str, ...]] = {
    "request": ("reasons", "roles", "topics", "slots", "ways", "languages", "wants_near", "prefers"),
    "application": ("reasons", "roles", "topics", "slots", "ways", "languages"),
}
"""Of the structured answers (T1s), those that a coordinator is shown. A request's story is never among them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is refused, in words for the person who asked."""

    reason: Promise


NOT_YOURS = Refusal(_("This step belongs to someone else."))
TOO_LATE = Refusal(_("This has already moved on, so this step is no longer open."))


def refusal(noun: str, act: str, party: Party, stage: str | None) -> Refusal | None:
    """Return None when `party` may perform `act`, else why not."""
    if (noun, act) in ALLOWED:
        return None if party in ALLOWED[noun, act] else NOT_YOURS
    table = STAGED.get(noun)
    if table is None or party not in table.parties(act):
        return NOT_YOURS
    return None if stage is not None and table.allows(stage, act, party) else TOO_LATE


class Audience(StrEnum):
    """Who may knock at a route. The record behind it is opened by the gate."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    EDITORS = "editors"
    DEMO = "anyone, in the demo only"
    OFF = "nobody: switched off"


ROUTES: dict[str, Audience] = {
    # whoever runs it
    "operating:healthz": Audience.ANYONE,
    "operating:design_catalogue": Audience.DEMO,
    "operating:demo_start": Audience.DEMO,
    "operating:demo_letters": Audience.DEMO,
    "operating:demo_letter": Audience.DEMO,
    "operating:demo_letter_html": Audience.DEMO,
    "operating:demo_letter_calendar": Audience.DEMO,
    # prose
    "publishing:home": Audience.ANYONE,
    "publishing:schemes": Audience.ANYONE,
    "publishing:scheme": Audience.ANYONE,
    "publishing:prose": Audience.ANYONE,
    # joining
    "joining:home": Audience.SIGNED_IN,
    "joining:account": Audience.SIGNED_IN,
    "joining:account_details": Audience.SIGNED_IN,
    "joining:recovery_code": Audience.SIGNED_IN,
    "joining:keep_away": Audience.SIGNED_IN,
    "joining:keep_away_remove": Audience.SIGNED_IN,
    "joining:confirm_email": Audience.ANYONE,
    "joining:unlock": Audience.SIGNED_IN,
    "joining:unlock_recover": Audience.SIGNED_IN,
    "joining:unlock_start_again": Audience.SIGNED_IN,
    "joining:join": Audience.SIGNED_IN,
    "joining:membership": Audience.SIGNED_IN,
    "joining:membership_step": Audience.SIGNED_IN,
    "joining:membership_answers": Audience.SIGNED_IN,
    "joining:membership_reopen": Audience.SIGNED_IN,
    "joining:membership_renew": Audience.SIGNED_IN,
    "joining:membership_withdraw": Audience.SIGNED_IN,
    "joining:offer": Audience.SIGNED_IN,
    "joining:offer_step": Audience.SIGNED_IN,
    "joining:offer_answers": Audience.SIGNED_IN,
    "joining:offer_list": Audience.SIGNED_IN,
    "joining:offer_leave": Audience.SIGNED_IN,
    "joining:offer_return": Audience.SIGNED_IN,
    "joining:offer_retire": Audience.SIGNED_IN,
    "joining:invitation_decline": Audience.ANYONE,
    "joining:invitation": Audience.ANYONE,
    "joining:welcome": Audience.ANYONE,
    # the room two people share
    "meeting:room": Audience.SIGNED_IN,
    "meeting:make_ready": Audience.SIGNED_IN,
    "meeting:story": Audience.SIGNED_IN,
    "meeting:pause": Audience.SIGNED_IN,
    "meeting:resume": Audience.SIGNED_IN,
    "meeting:session_schedule": Audience.SIGNED_IN,
    "meeting:agreement": Audience.SIGNED_IN,
    "meeting:agreement_print": Audience.SIGNED_IN,
    "meeting:agreement_paper": Audience.SIGNED_IN,
    "meeting:go_on": Audience.SIGNED_IN,
    "meeting:third_person": Audience.SIGNED_IN,
    "meeting:settled": Audience.SIGNED_IN,
    "meeting:mediations": Audience.SIGNED_IN,
    "meeting:mediation_take_up": Audience.SIGNED_IN,
    "meeting:end": Audience.SIGNED_IN,
    "meeting:closing": Audience.SIGNED_IN,
    "meeting:last_word": Audience.SIGNED_IN,
    "meeting:messages": Audience.SIGNED_IN,
    "meeting:message_send": Audience.SIGNED_IN,
    "meeting:messages_read": Audience.SIGNED_IN,
    "meeting:timeline": Audience.SIGNED_IN,
    "meeting:timeline_unlocked": Audience.SIGNED_IN,
    "meeting:copy": Audience.SIGNED_IN,
    "meeting:attachment": Audience.SIGNED_IN,
    "meeting:message_take_back": Audience.SIGNED_IN,
    "meeting:notes": Audience.SIGNED_IN,
    "meeting:note_new": Audience.SIGNED_IN,
    "meeting:note_change": Audience.SIGNED_IN,
    "meeting:note_delete": Audience.SIGNED_IN,
    "meeting:search": Audience.SIGNED_IN,
    "meeting:goals": Audience.SIGNED_IN,
    "meeting:map_grow": Audience.SIGNED_IN,
    "meeting:map_helper": Audience.SIGNED_IN,
    "meeting:goal_new": Audience.SIGNED_IN,
    "meeting:goal_change": Audience.SIGNED_IN,
    "meeting:goal_revise": Audience.SIGNED_IN,
    "meeting:goal_agree": Audience.SIGNED_IN,
    "meeting:goal_begin": Audience.SIGNED_IN,
    "meeting:goal_achieve": Audience.SIGNED_IN,
    "meeting:goal_let_go": Audience.SIGNED_IN,
    "meeting:goal_commitment": Audience.SIGNED_IN,
    "meeting:step_new": Audience.SIGNED_IN,
    "meeting:step_change": Audience.SIGNED_IN,
    "meeting:step_commitment": Audience.SIGNED_IN,
    "meeting:step_done": Audience.SIGNED_IN,
    "meeting:step_not_done": Audience.SIGNED_IN,
    "meeting:step_drop": Audience.SIGNED_IN,
    "meeting:record": Audience.SIGNED_IN,
    "meeting:record_stop": Audience.SIGNED_IN,
    "meeting:record_go_on": Audience.SIGNED_IN,
    "meeting:record_destroy": Audience.SIGNED_IN,
    "meeting:record_keep": Audience.SIGNED_IN,
    "meeting:agreement_change": Audience.SIGNED_IN,
    "meeting:agreement_agree": Audience.SIGNED_IN,
    "meeting:agreement_seen": Audience.SIGNED_IN,
    "meeting:roles": Audience.SIGNED_IN,
    "meeting:days": Audience.SIGNED_IN,
    "meeting:fine": Audience.SIGNED_IN,
    "meeting:agreement_set_aside": Audience.SIGNED_IN,
    "meeting:session": Audience.SIGNED_IN,
    "meeting:session_move": Audience.SIGNED_IN,
    "meeting:session_cancel": Audience.SIGNED_IN,
    "meeting:session_held": Audience.SIGNED_IN,
    "meeting:session_missed": Audience.SIGNED_IN,
    "meeting:session_calendar": Audience.SIGNED_IN,
    "meeting:feedback": Audience.SIGNED_IN,
    "meeting:feedback_ask": Audience.SIGNED_IN,
    "meeting:feedback_pass": Audience.SIGNED_IN,
    "meeting:rating": Audience.SIGNED_IN,
    "meeting:rating_pass": Audience.SIGNED_IN,
    "meeting:review": Audience.SIGNED_IN,
    "meeting:way": Audience.SIGNED_IN,
    "meeting:notes_read": Audience.SIGNED_IN,
    # the desk
    "coordinating:desk": Audience.SIGNED_IN,
    "coordinating:queue": Audience.SIGNED_IN,
    "coordinating:mentors": Audience.SIGNED_IN,
    "coordinating:mentorships": Audience.SIGNED_IN,
    "coordinating:board": Audience.SIGNED_IN,
    "coordinating:board_begin": Audience.SIGNED_IN,
    "coordinating:board_find": Audience.SIGNED_IN,
    "coordinating:supply": Audience.SIGNED_IN,
    "coordinating:ratings": Audience.SIGNED_IN,
    "coordinating:match_propose": Audience.SIGNED_IN,
    "coordinating:match_proposed": Audience.SIGNED_IN,
    "coordinating:match_undo": Audience.SIGNED_IN,
    "coordinating:match_person": Audience.SIGNED_IN,
    "coordinating:match_change": Audience.SIGNED_IN,
    "coordinating:match_keep": Audience.SIGNED_IN,
    "coordinating:invitations": Audience.SIGNED_IN,
    "coordinating:sheets": Audience.SIGNED_IN,
    "coordinating:sheet_template": Audience.SIGNED_IN,
    "coordinating:sheet_download": Audience.SIGNED_IN,
    "coordinating:arrivals": Audience.SIGNED_IN,
    "coordinating:sheet": Audience.SIGNED_IN,
    "coordinating:sheet_confirm": Audience.SIGNED_IN,
    "coordinating:sheet_set_aside": Audience.SIGNED_IN,
    "coordinating:sheet_faults": Audience.SIGNED_IN,
    "coordinating:letter_box": Audience.SIGNED_IN,
    "coordinating:letter_box_share": Audience.SIGNED_IN,
    "coordinating:letter_box_renew": Audience.SIGNED_IN,
    "coordinating:team": Audience.SIGNED_IN,
    "coordinating:members": Audience.SIGNED_IN,
    "coordinating:membership_suspend": Audience.SIGNED_IN,
    "coordinating:membership_reinstate": Audience.SIGNED_IN,
    "coordinating:standing": Audience.SIGNED_IN,
    "coordinating:standing_hold": Audience.SIGNED_IN,
    "coordinating:standing_telephone": Audience.SIGNED_IN,
    "coordinating:request_telephone": Audience.SIGNED_IN,
    "coordinating:request_open_again": Audience.SIGNED_IN,
    "coordinating:introduction_telephone": Audience.SIGNED_IN,
    "coordinating:pair": Audience.SIGNED_IN,
    "coordinating:pair_asked": Audience.SIGNED_IN,
    "coordinating:introduction_link": Audience.SIGNED_IN,
    "coordinating:team_end": Audience.SIGNED_IN,
    "coordinating:mediators": Audience.SIGNED_IN,
    "coordinating:mediator_end": Audience.SIGNED_IN,
    "coordinating:team_away": Audience.SIGNED_IN,
    "coordinating:team_there": Audience.SIGNED_IN,
    "coordinating:membership_check": Audience.SIGNED_IN,
    "coordinating:membership_verify": Audience.SIGNED_IN,
    "coordinating:membership_confirm": Audience.SIGNED_IN,
    "coordinating:membership_register_check": Audience.SIGNED_IN,
    "coordinating:membership_place": Audience.SIGNED_IN,
    "coordinating:membership_ask_to_correct": Audience.SIGNED_IN,
    "coordinating:membership_turn_down": Audience.SIGNED_IN,
    "coordinating:enquiry": Audience.SIGNED_IN,
    "coordinating:enquiry_answer": Audience.SIGNED_IN,
    "coordinating:enquiry_invite": Audience.SIGNED_IN,
    "coordinating:enquiry_close": Audience.SIGNED_IN,
    "coordinating:application": Audience.SIGNED_IN,
    "coordinating:application_begin_checks": Audience.SIGNED_IN,
    "coordinating:application_pass_check": Audience.SIGNED_IN,
    "coordinating:application_talk": Audience.SIGNED_IN,
    "coordinating:application_approve": Audience.SIGNED_IN,
    "coordinating:application_defer": Audience.SIGNED_IN,
    "coordinating:application_decline": Audience.SIGNED_IN,
    "coordinating:request_desk": Audience.SIGNED_IN,
    "coordinating:request_take_in": Audience.SIGNED_IN,
    "coordinating:request_answer_otherwise": Audience.SIGNED_IN,
    "coordinating:request_say_unlikely": Audience.SIGNED_IN,
    "coordinating:request_propose": Audience.SIGNED_IN,
    "coordinating:introduction_desk": Audience.SIGNED_IN,
    "coordinating:introduction_take_back": Audience.SIGNED_IN,
    "coordinating:request_propose_in_order": Audience.SIGNED_IN,
    "coordinating:introduction_next": Audience.SIGNED_IN,
    "coordinating:rules": Audience.SIGNED_IN,
    "coordinating:signposts": Audience.SIGNED_IN,
    "coordinating:signpost_review": Audience.SIGNED_IN,
    # pairing
    "pairing:other_help": Audience.ANYONE,
    "pairing:scheme_other_help": Audience.ANYONE,
    "pairing:enquiry_new": Audience.ANYONE,
    "pairing:enquiry_thanks": Audience.ANYONE,
    "pairing:request_new": Audience.SIGNED_IN,
    "pairing:request": Audience.SIGNED_IN,
    "pairing:request_check": Audience.SIGNED_IN,
    "pairing:request_withdraw": Audience.SIGNED_IN,
    "pairing:request_reopen": Audience.SIGNED_IN,
    "pairing:request_alternatives": Audience.SIGNED_IN,
    "pairing:request_elsewhere": Audience.SIGNED_IN,
    "pairing:request_found": Audience.SIGNED_IN,
    "pairing:request_prefers": Audience.SIGNED_IN,
    "pairing:request_kind": Audience.SIGNED_IN,
    "pairing:request_mentors": Audience.SIGNED_IN,
    "pairing:request_edit": Audience.SIGNED_IN,
    "pairing:introduction": Audience.SIGNED_IN,
    "pairing:introduction_accept": Audience.SIGNED_IN,
    "pairing:introduction_decline": Audience.SIGNED_IN,
    "pairing:chat_arrange": Audience.SIGNED_IN,
    "pairing:chat_miss": Audience.SIGNED_IN,
    "pairing:introduction_confirm": Audience.SIGNED_IN,
    "pairing:introduction_question": Audience.SIGNED_IN,
    "pairing:introduction_next": Audience.SIGNED_IN,
    "pairing:introduction_too_close": Audience.SIGNED_IN,
    "pairing:chat_calendar": Audience.SIGNED_IN,
    "pairing:conflicts": Audience.SIGNED_IN,
    "pairing:conflict_remove": Audience.SIGNED_IN,
}
"""Each of our own routes by its name, `room:name`; filled from the table below."""

PROSE = "wagtail_serve"
"""The one route of Wagtail's that has no beginning of its own: public pages."""

PREFIXES: dict[str, Audience] = {
    # third parties' routes, by the beginning of their path; the longest beginning counts
    "accounts/": Audience.ANYONE,
    "accounts/email/": Audience.SIGNED_IN,
    "accounts/password/change/": Audience.SIGNED_IN,
    "accounts/password/set/": Audience.OFF,
    "accounts/login/code/": Audience.OFF,
    "accounts/reauthenticate/": Audience.SIGNED_IN,
    "accounts/sessions/": Audience.SIGNED_IN,
    "accounts/3rdparty/": Audience.OFF,
    "accounts/social/": Audience.OFF,
    "accounts/2fa/": Audience.SIGNED_IN,
    "accounts/2fa/authenticate/": Audience.ANYONE,
    "accounts/2fa/webauthn/login/": Audience.ANYONE,
    "cms/": Audience.EDITORS,
    "cms/login/": Audience.ANYONE,
    "cms/users/": Audience.OFF,
    "documents/": Audience.ANYONE,
    "static/": Audience.ANYONE,
    "_util/": Audience.OFF,
}


def audience(route: str, path: str) -> Audience | None:
    """Who may knock at a route, by its name and the pattern of its path; None where the table knows of nobody."""
    if route in ROUTES:
        return ROUTES[route]
    if route == PROSE:
        return Audience.ANYONE
    fitting = [prefix for prefix in PREFIXES if path.startswith(prefix)]
    return PREFIXES[max(fitting, key=len)] if fitting else None
