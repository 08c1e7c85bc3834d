"""Maps for a conversation: GROW and the Skilled Helper. Places to visit in any order, with questions and no answers.

A note may stand at a place. Its code is sealed with the note, so that nobody learns what two people talked about.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_BESIDE = re.compile(r"(goal|action)\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Place:
    """One place: `code` is `map.place`, `part` the heading it lies under, `decides` whether one decides here."""

    code: str
    name: Promise
    prompts: tuple[Promise, ...]
    part: Promise | None = None
    decides: bool = False

    @property
    def anchor(self) -> str:
        """Its name on the page of its map."""
        return self.code.split(".")[1]


@dataclass(frozen=True, slots=True)
class Map:
    """A map and its places, in the order in which they are drawn."""

    code: str
    name: Promise
    about: Promise
    places: tuple[Place, ...]


GROW = Map(
    "grow",
    pgettext_lazy("map", "GROW"),
    _("Four places: what you want, where you are, what you could do, and what you will do."),
    (
        Place(
            "grow.goal",
            _("What you want"),
            (
                _("What would make this hour worth your while?"),
                _("If it went well, what would be different in three months?"),
                _("Which part of that is yours to change?"),
                _("How would you notice that you were there?"),
            ),
        ),
        Place(
            "grow.reality",
            _("Where you are"),
            (
                _("What is going on? Take one day that shows it."),
                _("What have you tried, and what came of it?"),
                _("Who else is part of it, and how may it look to them?"),
                _("What have you not said about it yet?"),
            ),
        ),
        Place(
            "grow.options",
            _("What you could do"),
            (
                _("What could you do? Name three things before you judge one."),
                _("What would you do if nobody minded?"),
                _("What has helped you with something like this before?"),
                _("Would it help to hear what someone else did?"),
            ),
        ),
        Place(
            "grow.will",
            _("What you will do"),
            (
                _("Which of these will you do, and by when?"),
                _("What is the smallest first step?"),
                _("Who could help, and who needs to know?"),
                _("How much do you want to, from 1 to 10? What would make it a 10?"),
            ),
            decides=True,
        ),
    ),
)

_NOW, _BETTER, _THERE = _("What is going on?"), _("What would be better?"), _("How do I get there?")

HELPER = Map(
    "helper",
    _("The Skilled Helper"),
    _("Three questions, and three places under each. Start anywhere, and go back whenever you like."),
    (
        Place(
            "helper.story",
            _("My story"),
            (
                _("What has been happening, and since when?"),
                _("What is it like for you?"),
                _("What matters most to you in it?"),
            ),
            _NOW,
        ),
        Place(
            "helper.blind-spots",
            _("What I may not see"),
            (
                _("What would a friend say who had watched it?"),
                _("What may be your part in it?"),
                _("What else could be true?"),
                _("What strength of yours are you leaving out?"),
            ),
            _NOW,
        ),
        Place(
            "helper.leverage",
            _("Where to start"),
            (
                _("If you could change one thing, which would help with the others?"),
                _("Which part is in your hands?"),
                _("What is worth your effort now, and what can wait?"),
            ),
            _NOW,
        ),
        Place(
            "helper.possibilities",
            _("What could be"),
            (
                _("Think of a good day a year from now. What is in it?"),
                _("What would you be doing that you don't do today?"),
                _("Who do you know who has something like it?"),
            ),
            _BETTER,
        ),
        Place(
            "helper.agenda",
            _("What I will change"),
            (
                _("Which of these do you really want?"),
                _("How would you say it, so that you would know when it is reached?"),
                _("Does it fit the rest of your life?"),
            ),
            _BETTER,
        ),
        Place(
            "helper.commitment",
            _("How much I want it"),
            (
                _("What will you gain by it, and what will it cost you?"),
                _("What do you gain if all stays as it is?"),
                _("How much do you want it, from 1 to 10? What would make it a 10?"),
            ),
            _BETTER,
            decides=True,
        ),
        Place(
            "helper.actions",
            _("Ways to get there"),
            (
                _("How many ways can you think of? Odd ones count."),
                _("Who has done it, and how did they start?"),
                _("What do you have already that would help?"),
            ),
            _THERE,
        ),
        Place(
            "helper.fit",
            _("The way for me"),
            (
                _("Which of these is most like you?"),
                _("Which will still work in a bad week?"),
                _("What could go wrong with it, and what then?"),
            ),
            _THERE,
        ),
        Place(
            "helper.plan",
            _("My plan"),
            (
                _("What will you do first, and on which day?"),
                _("What comes after that?"),
                _("What will help you to keep to it?"),
            ),
            _THERE,
            decides=True,
        ),
    ),
)

MAPS = {each.code: each for each in (GROW, HELPER)}
PLACES = {place.code: place for each in MAPS.values() for place in each.places}


def is_place(code: str) -> bool:
    """Say whether a note can be placed here: on a map, or beside a goal or a step of a goal."""
    return code in PLACES or _BESIDE.fullmatch(code) is not None


def in_words(code: str) -> str:
    """Where a note stands, for a person: "GROW: What you want"; empty for no place."""
    if code in PLACES:
        return f"{MAPS[code.split('.')[0]].name}: {PLACES[code].name}"
    words = {"goal": _("Beside a goal"), "action": _("Beside a step")}
    return str(words.get(code.split(".")[0], ""))
