"""What the match board says: how far it is, why somebody waits, what a change would do, what became of a proposal."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ithaca.journeys.coordinating.words import wait
from ithaca.records.mentorships.matching.queries.best_match import Move
from ithaca.records.mentorships.matching.queries.match_runs import News
from ithaca.records.mentorships.matching.run_contents import Answer, MatchChange, Said, Waiter
from ithaca.records.mentorships.pairing.queries import score_parts
from ithaca.records.mentorships.pairing.queries.candidates import Reason
from ithaca.records.mentorships.pairing.queries.others import told
from ithaca.records.mentorships.rules.waits import Range

PHASES = {
    "": gettext_lazy("Starting in a moment"),
    "reading": gettext_lazy("Reading requests and offers"),
    "matching": gettext_lazy("Finding the best matches"),
    "checking": gettext_lazy("Checking that no other matches would be better"),
    "proposing": gettext_lazy("Proposing matches one by one"),
}
PROBLEMS = {
    "rules": gettext_lazy(
        "The scheme's matching rules don't work as they are. Ask whoever runs this service to correct them."
    ),
    "lost": gettext_lazy("The search was interrupted several times and never finished."),
    "error": gettext_lazy("Something went wrong on our side. We haven't changed anything or emailed anyone."),
}
SHOWN = {
    "all": gettext_lazy("Everyone"),
    "matched": gettext_lazy("Matched"),
    "waiting": gettext_lazy("Not matched"),
    "changed": gettext_lazy("Changed"),
}


_OTHERS = gettext_lazy(
    "full, away, no time or way to meet in common, too little in common, or not available for another reason"
)
"""One sentence for every cause that is not in the open (docs/adr/0069)."""


def fairness(answer: Answer) -> str:
    """How fair the set is, in one line. The least counts the pairs chosen by hand too, unlike `answer.floor`."""
    matched, everyone = len(answer.pairs), len(answer.pairs) + len(answer.waiting)
    words = [_("%(matched)d of %(all)d people have a match.") % {"matched": matched, "all": everyone}]
    if answer.pairs:
        least = min(pair.suits for pair in answer.pairs)
        words.append(_("Every match scores at least %(points)d points.") % {"points": least})
    if answer.longest is not None:
        words.append(_("The longest wait among the others is %(days)s.") % {"days": wait(answer.longest)})
    return " ".join(words)


def news(found: News) -> list[str]:
    """Say what has changed since the match was worked out."""
    said = [
        (
            found.joined,
            ngettext("%(count)d person has joined the queue.", "%(count)d people have joined the queue.", found.joined),
        ),
        (
            found.gone,
            ngettext("%(count)d person is no longer waiting.", "%(count)d people are no longer waiting.", found.gone),
        ),
        (
            found.altered,
            ngettext(
                "%(count)d person has changed their answers.",
                "%(count)d people have changed their answers.",
                found.altered,
            ),
        ),
        (
            found.mentors,
            ngettext(
                "The places or offer of %(count)d mentor have changed.",
                "The places or offers of %(count)d mentors have changed.",
                found.mentors,
            ),
        ),
    ]
    rules = [_("The scheme's matching rules have changed.")] if found.rules else []
    return [words % {"count": count} for count, words in said if count] + rules


def why_waiting(waiter: Waiter, room: int) -> str:
    """Why somebody has no mentor in this set. `room`: how many free places there were."""
    if waiter.possible:
        return ngettext(
            "%(count)d mentor could take them, but someone else needs that mentor more.",
            "%(count)d mentors could take them, but other people need those mentors more.",
            waiter.possible,
        ) % {"count": waiter.possible}
    if not waiter.against:
        return _("There are no mentors yet.")
    if not room:
        return _("No mentor has a free place.")
    listed = "; ".join(
        ngettext("%(count)d mentor: %(why)s", "%(count)d mentors: %(why)s", count)
        % {"count": count, "why": _OTHERS if reason == Reason.NOT_AVAILABLE else _lower(str(score_parts.WORDS[reason]))}
        for reason, count in waiter.against
    )
    return _("No mentor can take them at the moment. %(list)s.") % {"list": listed}


def refusal(against: Mapping[tuple[UUID, UUID], tuple[Reason, ...]], names: Mapping[UUID, str]) -> list[str]:
    """Why a change cannot be."""
    return [
        _("%(mentee)s can't be matched with %(mentor)s: %(why)s.")
        % {"mentee": names.get(pair[0], ""), "mentor": names.get(pair[1], ""), "why": _because(why)}
        for pair, why in against.items()
    ] or [_("These changes don't fit together: a mentor would have more people than places. Undo a change first.")]


def dropped(wish: MatchChange, why: Iterable[Reason], names: Mapping[UUID, str]) -> str:
    """Say which change could not be kept, and why."""
    return _("%(change)s This is no longer possible: %(why)s.") % {
        "change": wished(wish, names),
        "why": _because(tuple(why)) if why else _("the mentor doesn't have enough places"),
    }


def wished(wish: MatchChange, names: Mapping[UUID, str]) -> str:
    """Say which change a coordinator made."""
    (request, standing), *rest = wish.pairs
    said = {"mentee": names.get(request, ""), "mentor": names.get(standing, "")}
    if wish.kind == "forbidden":
        return _("%(mentee)s is not matched with %(mentor)s.") % said
    if rest:
        said |= {"other": names.get(rest[0][0], ""), "theirs": names.get(rest[0][1], "")}
        return _("%(mentee)s is matched with %(mentor)s, and %(other)s with %(theirs)s.") % said
    return _("%(mentee)s is matched with %(mentor)s.") % said


def if_wished(wish: MatchChange, names: Mapping[UUID, str]) -> str:
    """Say the same as the start of a sentence about what follows."""
    (request, standing), *rest = wish.pairs
    said = {"mentee": names.get(request, ""), "mentor": names.get(standing, "")}
    if wish.kind == "forbidden":
        return _("If %(mentee)s is not matched with %(mentor)s") % said
    if rest:
        said |= {"other": names.get(rest[0][0], ""), "theirs": names.get(rest[0][1], "")}
        return _("If %(mentee)s is matched with %(mentor)s, and %(other)s with %(theirs)s") % said
    return _("If %(mentee)s is matched with %(mentor)s") % said


def follows(move: Move, names: Mapping[UUID, str], longer: Range | None = None) -> str:
    """Say what a change does to one person. `longer`: how many more weeks they would probably wait, where known."""
    said = {"who": names[move.request]}
    if move.after is None:
        said["mentor"] = names.get(move.before, "") if move.before else ""
        if longer:
            said["longer"] = _longer(longer)
            return _("%(who)s would lose their match with %(mentor)s, and wait %(longer)s longer.") % said
        return _("%(who)s would lose their match with %(mentor)s, and wait. We can't say yet how much longer.") % said
    said |= {"mentor": names.get(move.after, ""), "points": str(move.suits)}
    if move.before is None:
        return _("%(who)s, who had no match, would be matched with %(mentor)s (%(points)s points).") % said
    said |= {"before": names.get(move.before, ""), "were": str(move.suited)}
    return (
        _("%(who)s would be matched with %(mentor)s instead of %(before)s (%(points)s points instead of %(were)s).")
        % said
    )


def in_common(move: Move, names: Mapping[UUID, str]) -> str:
    """Say how well two people who are matched by hand suit each other, by name: a swap has two such pairs."""
    said = {"who": names[move.request], "mentor": names.get(move.after, "") if move.after else ""}
    if move.before is None:
        return _("%(who)s and %(mentor)s would score %(points)d points.") % (said | {"points": move.suits})
    return _("%(who)s and %(mentor)s would score %(points)d points instead of %(were)d.") % (
        said | {"points": move.suits, "were": move.suited}
    )


def _longer(weeks: Range) -> str:
    if weeks.low in (0, weeks.high):
        words = ngettext("%(low)s%(high)d week", "%(low)s%(high)d weeks", weeks.high)
        return words % {"low": "" if weeks.low else _("up to "), "high": weeks.high}
    return _("%(low)d to %(high)d weeks") % {"low": weeks.low, "high": weeks.high}


def cost(points: int) -> str:
    """Say what a change costs overall."""
    if points <= 0:
        return _("Overall, the matches are as good as before.")
    return ngettext(
        "Overall, the matches lose %(points)d point.", "Overall, the matches lose %(points)d points.", points
    ) % {"points": points}


def became(one: Said) -> str:
    """Say what became of a pair that was selected."""
    said = {
        "made": _("Proposed. We'll email the person who asked for a mentor first."),
        "moved_on": _("No longer waiting: an introduction is under way, or the request was withdrawn."),
        "still_checked": _("Not proposed: their membership isn't confirmed."),
        "not_enrolled": _(
            "Not proposed: the mentor hasn't signed in yet, so we can't share anything private with them."
        ),
        "own_match": _("Not proposed: you're this mentor yourself. Another coordinator can propose this match."),
        "": _("Not tried yet."),
    }
    return said.get(one.said) or _("Not proposed: %(why)s.") % {"why": _because(one.reasons)}


def _because(why: Iterable[Reason]) -> str:
    """Reasons against a mentor by name: what is private looks like a mentor who is not available."""
    return ", ".join(_lower(words) for words in score_parts.words(told(why)))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
