"""Three schemes ready to use: their configuration and their agreements, in our own words.

A preset is a beginning. Once opened, a scheme is rows like any other, and whoever runs it may change each word.
"""

from dataclasses import dataclass, field
from typing import Any

from ithaca.records.schemes.models import Scheme

Clause = dict[str, str]


@dataclass(frozen=True)
class Preset:
    """The columns of a `Scheme`, and the clauses of its agreement in their order."""

    slug: str
    name: str
    summary: str
    professions: tuple[str, ...]
    topics: tuple[str, ...]
    checks: tuple[str, ...]
    joining: str
    proposing: str
    clauses: tuple[Clause, ...]
    mentee_word: str = "mentee"
    subscriber_body: str = ""
    first_chat: bool = False
    maps: bool = False
    goals: bool = False
    phases: bool = False
    feedback: bool = True
    ratings: bool = True
    allowance: int | None = None
    matching_policy: dict[str, Any] = field(default_factory=dict)


def _clause(key: str, heading: str, *sentences: str) -> Clause:
    return {"key": key, "heading": heading, "text": " ".join(sentences)}


_OPENING = _clause(
    "what_this_is",
    "What we're doing",
    "We talk as equals, because we both want to.",
    "The person who asked for a mentor leads: they choose what we talk about, and their goals are their own.",
    "The mentor asks questions first. Then they may share what they did themselves, as one possible way.",
)
_NOT_YOUR_DOCTOR = _clause(
    "not_your_gp",
    "The mentor isn't your GP",
    "A mentor doesn't treat, test or prescribe.",
    "We each have our own GP, at a practice where we don't work.",
    "If you're worried about your health, you can refer yourself to the health service for practitioners.",
)
_FEEDBACK = _clause(
    "feedback",
    "Feedback",
    "After a session the mentor may ask how it was, and what would have been more useful.",
    "A short answer is enough. It stays between us.",
)
_RHYTHM = _clause(
    "rhythm",
    "How often we meet",
    "About once a month is a good start. We can meet more or less often if we need to.",
    "If one of us can't come, we say so as early as we can and choose another day.",
)
_REACHING = _clause(
    "reaching",
    "How to contact each other",
    "We say which address or number is private, and whether anyone else reads it.",
    "We each say which days and times we usually reply. Nobody has to reply at other times.",
)
_DIRECTNESS = _clause(
    "directness",
    "How direct the mentor may be",
    "We agree at the start how plainly the mentor can speak, and about what.",
    "Either of us can ask for more or less of this at any time.",
)
_LETTING_GO = _clause(
    "letting_go",
    "How we'll know it's time to let go",
    "It's time when we no longer need two people for the question that brought us together.",
    "Every few months we ask each other whether this is still useful.",
)
_STOPPING = _clause(
    "stopping",
    "How we can stop",
    "Either of us can stop at any time, straight away. We don't need to give a reason.",
    "You're welcome to say thank you, but you don't have to. The scheme can introduce someone else.",
)
_CONFIDENTIAL = "What we say stays between us. The people who run the scheme can see that we met, and nothing more."

PRACTICE_MANAGERS = Preset(
    slug="practice-managers",
    name="Practice manager mentor scheme",
    summary="For practice managers who are new in post. Your mentor is a manager who's done the job for years.",
    mentee_word="protégé",
    joining=Scheme.Joining.SUBSCRIPTION,
    subscriber_body="the Practice Managers' Circle",
    professions=("practice_manager",),
    topics=(
        "starting_out",
        "staff",
        "finance",
        "partners",
        "difficult_conversations",
        "complaints",
        "inspection",
        "workload",
        "networks",
        "change",
    ),
    checks=("experience", "declaration", "conversation"),
    proposing=Scheme.Proposing.COORDINATOR,
    matching_policy={"version": "practice-managers-1", "weights": {"apart": 120}},
    clauses=(
        _OPENING,
        _clause(
            "confidential",
            "What stays between us",
            _CONFIDENTIAL,
            "We leave out anything that could identify a patient or a member of staff.",
            "There's one exception. If either of us learns of conduct that a regulator must know about, or that puts"
            " someone in danger, that person must report it. We talk to each other about it first, unless that adds to"
            " the danger.",
        ),
        _clause(
            "independent",
            "The mentor is independent",
            "The mentor has no say over your job, your pay or your practice, and nothing to sell.",
            "If we find that we know the same people too well, we say so. The scheme then finds someone else.",
        ),
        _NOT_YOUR_DOCTOR,
        _clause(
            "not_supervisor",
            "What the mentor doesn't do",
            "The mentor isn't a supervisor or an adviser to the practice, and doesn't make decisions for it.",
            "Clinical questions go back to the practice, and legal ones go to the people who are paid to answer them.",
        ),
        _RHYTHM,
        _REACHING,
        _DIRECTNESS,
        _FEEDBACK,
        _clause(
            "letting_go",
            "How we'll know it's time to let go",
            "There's no fixed term. It may last for years, and change as you grow into the job.",
            "Once a year we ask each other whether it's still useful, or whether it's time to let go.",
        ),
        _STOPPING,
    ),
)

EXTENDED_MENTORING = Preset(
    slug="extended-mentoring",
    name="Extended mentoring project",
    summary="For GPs who'd like another GP to talk things through with, about once a month.",
    joining=Scheme.Joining.ROLE,
    professions=("gp",),
    topics=(
        "starting_out",
        "partners",
        "difficult_conversations",
        "complaints",
        "inspection",
        "workload",
        "career",
        "returning",
        "networks",
        "change",
    ),
    checks=("registration", "declaration", "conversation"),
    proposing=Scheme.Proposing.MENTEE,
    goals=True,
    matching_policy={"version": "extended-mentoring-1"},
    clauses=(
        _OPENING,
        _NOT_YOUR_DOCTOR,
        _clause(
            "confidential",
            "What stays between us",
            _CONFIDENTIAL,
            "We leave out anything that could identify a patient.",
            "There's one exception, because we are both doctors. If either of us learns of conduct that the General"
            " Medical Council (GMC) must know about, that person must tell the GMC. We talk to each other about it"
            " first, unless that adds to the danger.",
        ),
        _clause(
            "not_supervisor",
            "The mentor isn't a clinical supervisor",
            "The mentor supports you as another GP.",
            "Clinical questions go back to your own practice, to the person who supervises or advises you there.",
            "Nothing said here is part of an appraisal.",
        ),
        _clause(
            "roles",
            "What the mentor can be for you",
            "From the 8 roles, we choose the ones that would help now. We can choose others later.",
        ),
        _RHYTHM,
        _REACHING,
        _DIRECTNESS,
        _FEEDBACK,
        _LETTING_GO,
        _STOPPING,
    ),
)

MENTORING_PLUS = Preset(
    slug="mentoring-plus",
    name="Mentoring-plus service",
    summary="For GPs, nurses and practice managers. Your mentor is a trained colleague who knows the work.",
    joining=Scheme.Joining.ROLE,
    professions=("gp", "nurse", "practice_manager"),
    topics=(
        "starting_out",
        "staff",
        "partners",
        "difficult_conversations",
        "complaints",
        "workload",
        "career",
        "returning",
        "networks",
        "change",
    ),
    checks=("training", "experience", "conversation"),
    proposing=Scheme.Proposing.COORDINATOR,
    first_chat=True,
    maps=True,
    goals=True,
    phases=True,
    allowance=6,
    matching_policy={"version": "mentoring-plus-1"},
    clauses=(
        _OPENING,
        _clause(
            "change",
            "What we work on",
            "You say in your own words what you'd like to be different. Together, we make it clear.",
            "We also ask how much you want it, from 1 to 10. Only you can commit to something, and you can let it go.",
            "We can use a map for the conversation, such as GROW, if we like.",
        ),
        _clause(
            "confidential",
            "What stays between us",
            _CONFIDENTIAL,
            "We leave out anything that could identify a patient.",
            "There's one exception. If either of us learns of conduct that a regulator must know about, that person"
            " must tell the regulator: the GMC for doctors, the NMC for nurses. We talk to each other about it first,"
            " unless that adds to the danger.",
        ),
        _NOT_YOUR_DOCTOR,
        _clause(
            "not_supervisor",
            "The mentor isn't a clinical supervisor",
            "This isn't supervision or an assessment.",
            "Clinical questions go back to your own practice.",
        ),
        _RHYTHM,
        _REACHING,
        _DIRECTNESS,
        _FEEDBACK,
        _LETTING_GO,
        _STOPPING,
    ),
)

PRESETS = (PRACTICE_MANAGERS, EXTENDED_MENTORING, MENTORING_PLUS)
