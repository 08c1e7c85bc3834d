"""What the match board says: how far it is, why somebody waits, what a change would do, what became of a proposal."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ithaca.journeys.coordinating.words import days
from ithaca.records.mentorships.matching.queries.best_match import Move
from ithaca.records.mentorships.matching.queries.match_runs import News
from ithaca.records.mentorships.matching.run_contents import Answer, MatchChange, Said, Waiter
from ithaca.records.mentorships.pairing.queries import score_parts
from ithaca.records.mentorships.pairing.queries.candidates import Reason
from ithaca.records.mentorships.pairing.queries.others import told
from ithaca.records.mentorships.rules.waits import Range

PHASES = {
    "": gettext_lazy("It begins in a moment"),
    "reading": gettext_lazy("Reading who waits and who offers"),
    "matching": gettext_lazy("Finding the best set"),
    "checking": gettext_lazy("Checking that no other set is better"),
    "proposing": gettext_lazy("Proposing, one after the other"),
}
PROBLEMS = {
    "rules": gettext_lazy(
        "The scheme’s rules for matching cannot be used as they stand. Whoever runs the site can mend them."
    ),
    "lost": gettext_lazy("It was interrupted several times, and nobody finished it."),
    "error": gettext_lazy("Something went wrong on our side. Nothing was changed, and nobody was written to."),
}
SHOWN = {
    "all": gettext_lazy("Everyone"),
    "matched": gettext_lazy("With a mentor"),
    "waiting": gettext_lazy("Who waits"),
    "changed": gettext_lazy("Changed"),
}


_OTHERS = gettext_lazy("full, away, no time or way to meet in common, too little in common, or otherwise not available")
"""One sentence for every cause that is not in the open (docs/adr/0069)."""


def fairness(answer: Answer) -> str:
    """How fair the set is, in one line. The least counts the pairs chosen by hand too, unlike `answer.floor`."""
    matched, everyone = len(answer.pairs), len(answer.pairs) + len(answer.waiting)
    words = [_("%(matched)d of %(all)d have a mentor.") % {"matched": matched, "all": everyone}]
    if answer.pairs:
        least = min(pair.suits for pair in answer.pairs)
        words.append(_("Every pair has at least %(points)d points in common.") % {"points": least})
    if answer.longest is not None:
        words.append(_("Of those who wait on, one has waited %(days)s.") % {"days": days(answer.longest)})
    return " ".join(words)


def news(found: News) -> list[str]:
    """What has changed since the match was worked out."""
    said = [
        (
            found.joined,
            ngettext("%(count)d person joined the queue.", "%(count)d people joined the queue.", found.joined),
        ),
        (found.gone, ngettext("%(count)d person waits no more.", "%(count)d people wait no more.", found.gone)),
        (
            found.altered,
            ngettext(
                "%(count)d person changed their answers.", "%(count)d people changed their answers.", found.altered
            ),
        ),
        (
            found.mentors,
            ngettext(
                "%(count)d mentor has other places or another offer.",
                "%(count)d mentors have other places or other offers.",
                found.mentors,
            ),
        ),
    ]
    rules = [_("The scheme’s rules for matching have changed.")] if found.rules else []
    return [words % {"count": count} for count, words in said if count] + rules


def why_waiting(waiter: Waiter, room: int) -> str:
    """Why somebody has no mentor in this set. `room`: how many free places there were."""
    if waiter.possible:
        return ngettext(
            "%(count)d mentor could be theirs, but is needed more by someone else.",
            "%(count)d mentors could be theirs, but are needed more by others.",
            waiter.possible,
        ) % {"count": waiter.possible}
    if not waiter.against:
        return _("There is no mentor yet.")
    if not room:
        return _("No mentor has room.")
    listed = "; ".join(
        ngettext("%(count)d mentor: %(why)s", "%(count)d mentors: %(why)s", count)
        % {"count": count, "why": _OTHERS if reason == Reason.NOT_AVAILABLE else _lower(str(score_parts.WORDS[reason]))}
        for reason, count in waiter.against
    )
    return _("No mentor can be theirs now. %(list)s.") % {"list": listed}


def refusal(against: Mapping[tuple[UUID, UUID], tuple[Reason, ...]], names: Mapping[UUID, str]) -> list[str]:
    """Why a change cannot be."""
    return [
        _("%(mentee)s cannot go to %(mentor)s: %(why)s.")
        % {"mentee": names.get(pair[0], ""), "mentor": names.get(pair[1], ""), "why": _because(why)}
        for pair, why in against.items()
    ] or [_("These cannot all be: a mentor would have more people than places. Undo a change first.")]


def dropped(wish: MatchChange, why: Iterable[Reason], names: Mapping[UUID, str]) -> str:
    """A change that could not be kept."""
    return _("%(change)s This can no longer be: %(why)s.") % {
        "change": wished(wish, names),
        "why": _because(tuple(why)) if why else _("the mentor has too few places for it"),
    }


def wished(wish: MatchChange, names: Mapping[UUID, str]) -> str:
    """A change that a coordinator made."""
    (request, standing), *rest = wish.pairs
    said = {"mentee": names.get(request, ""), "mentor": names.get(standing, "")}
    if wish.kind == "forbidden":
        return _("%(mentee)s does not go to %(mentor)s.") % said
    if rest:
        said |= {"other": names.get(rest[0][0], ""), "theirs": names.get(rest[0][1], "")}
        return _("%(mentee)s goes to %(mentor)s, and %(other)s to %(theirs)s.") % said
    return _("%(mentee)s goes to %(mentor)s.") % said


def if_wished(wish: MatchChange, names: Mapping[UUID, str]) -> str:
    """The same as the beginning of a sentence on what follows."""
    (request, standing), *rest = wish.pairs
    said = {"mentee": names.get(request, ""), "mentor": names.get(standing, "")}
    if wish.kind == "forbidden":
        return _("If %(mentee)s does not go to %(mentor)s") % said
    if rest:
        said |= {"other": names.get(rest[0][0], ""), "theirs": names.get(rest[0][1], "")}
        return _("If %(mentee)s goes to %(mentor)s, and %(other)s to %(theirs)s") % said
    return _("If %(mentee)s goes to %(mentor)s") % said


def follows(move: Move, names: Mapping[UUID, str], longer: Range | None = None) -> str:
    """What a change does to one person. `longer`: how many weeks more they would probably wait, where that is known."""
    said = {"who": names[move.request]}
    if move.after is None:
        said["mentor"] = names.get(move.before, "") if move.before else ""
        if longer:
            said["longer"] = _longer(longer)
            return _("%(who)s waits %(longer)s longer, instead of going to %(mentor)s.") % said
        return _("%(who)s waits, instead of going to %(mentor)s. Nobody can say yet how much longer.") % said
    said |= {"mentor": names.get(move.after, ""), "points": str(move.suits)}
    if move.before is None:
        return _("%(who)s, who was to wait, goes to %(mentor)s: %(points)s points in common.") % said
    said |= {"before": names.get(move.before, ""), "were": str(move.suited)}
    return (
        _("%(who)s goes to %(mentor)s instead of %(before)s: %(points)s points in common, instead of %(were)s.") % said
    )


def in_common(move: Move, names: Mapping[UUID, str]) -> str:
    """What the two who are put together by hand have in common, by name: a swap has two such pairs."""
    said = {"who": names[move.request], "mentor": names.get(move.after, "") if move.after else ""}
    if move.before is None:
        return _("%(who)s and %(mentor)s have %(points)d points in common.") % (said | {"points": move.suits})
    return _("%(who)s and %(mentor)s have %(points)d points in common, instead of %(were)d.") % (
        said | {"points": move.suits, "were": move.suited}
    )


def _longer(weeks: Range) -> str:
    if weeks.low in (0, weeks.high):
        words = ngettext("%(low)s%(high)d week", "%(low)s%(high)d weeks", weeks.high)
        return words % {"low": "" if weeks.low else _("up to "), "high": weeks.high}
    return _("%(low)d to %(high)d weeks") % {"low": weeks.low, "high": weeks.high}


def cost(points: int) -> str:
    """What a change costs all together."""
    if points <= 0:
        return _("The whole set is as good as before.")
    return ngettext(
        "The whole set is %(points)d point poorer.", "The whole set is %(points)d points poorer.", points
    ) % {"points": points}


def became(one: Said) -> str:
    """What became of a pair that was ticked."""
    said = {
        "made": _("Proposed. The one who asked is written to first."),
        "moved_on": _("Waits no more: an introduction is under way, or the request was taken back."),
        "still_checked": _("Not proposed: their membership is not confirmed."),
        "not_enrolled": _(
            "Not proposed: the mentor has not signed in yet, so nothing private could be shared with them."
        ),
        "own_match": _("Not proposed: you are this mentor yourself. Another coordinator can propose it."),
        "": _("Not tried yet."),
    }
    return said.get(one.said) or _("Not proposed: %(why)s.") % {"why": _because(one.reasons)}


def _because(why: Iterable[Reason]) -> str:
    """Reasons against a mentor by name: what is private looks like a mentor who is not available."""
    return ", ".join(_lower(words) for words in score_parts.words(told(why)))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
