"""The words of the first pages, in our own. `write_pages` puts each where no page is yet, never over an editor's."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wagtail.models import Page

from ithaca.publishing.models import HomePage, ProsePage, SchemePage, SchemesPage
from ithaca.publishing.statement import STATEMENT
from ithaca.records.schemes import queries
from ithaca.records.schemes.models import Scheme

Body = list[tuple[str, Any]]


def _text(*paragraphs: str) -> tuple[str, str]:
    return "paragraph", "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _points(*points: str) -> tuple[str, str]:
    return "paragraph", "<ul>" + "".join(f"<li>{point}</li>" for point in points) + "</ul>"


def _steps(*steps: tuple[str, str]) -> tuple[str, list[dict[str, str]]]:
    return "steps", [{"heading": heading, "text": text} for heading, text in steps]


HOME_OPENING = "A mentor is someone who has been where you are, has time for you, and wants nothing from you."

HOME: Body = [
    _text(
        "Work in general practice can be lonely. There may be nobody beside you to try an idea on, or to tell that"
        " it is hard just now.",
        "We introduce you to someone from another practice. You talk, about once a month, about what matters to you."
        ' <a href="/what-mentoring-is/">What mentoring is</a>',
    ),
    _steps(
        ("You ask", "It takes two minutes, and you need no account."),
        ("A person reads it", "The coordinator of the scheme replies within two working days."),
        ("You meet someone", "You both say yes first. Either of you may stop at any time."),
    ),
]

SCHEMES: Body = [_text("Each scheme is run by its own small team, for its own people. Choose the one that fits you.")]

MENTORING: Body = [
    _text(
        "Mentoring is a conversation between two people. One brings a question, a worry or a plan. The other listens,"
        " asks, and helps them to find their own answer.",
        "A mentor has often met the same kind of situation. After asking, they may say what they did. They do not tell"
        " you what to do.",
    ),
    ("heading", "What holds it together"),
    _points(
        "You choose to come, and you choose to stay.",
        "You decide what to talk about. Your goals are your own.",
        "It stays between the two of you.",
        "It is a journey. Nobody expects a quick fix.",
        "Questions come before answers.",
        "Your mentor has nothing to sell, and no post to fill.",
    ),
    ("heading", "What a mentor can be for you"),
    _text("Few people want all eight. You say which you would like, and it may change as you go."),
    ("roles", None),
    ("heading", "What it is not"),
    _points(
        "It is not assessment. Nothing is marked, and nobody is told how you did.",
        "Your mentor is not your doctor. For your own health, see your own GP.",
        "Your mentor is not your clinical supervisor. They send clinical questions back to your practice.",
        "It is not for emergencies. If someone is in danger, use the usual ways at once.",
    ),
    ("heading", "Two maps, if you want them"),
    _text("Some pairs like a map for the conversation. Both are yours to use freely, or to leave alone."),
    (
        "details",
        {
            "summary": "GROW",
            "text": "<p>Four places to visit: the goal you want, the reality you are in, the options you have, and what"
            " you will do.</p>",
        },
    ),
    (
        "details",
        {
            "summary": "The Skilled Helper",
            "text": "<p>Three questions. What is going on? What would be better? How do I get there? Each opens into"
            " smaller ones, and you may go back at any time.</p>",
        },
    ),
    _text("Either way, one small test helps: how much do you want this, from 1 to 10?"),
    _text('<a href="/schemes/">Find someone to talk to</a>'),
]

ABOUT: Body = [
    _text(
        "Ithaca helps small schemes to bring people in general practice together, and then keeps out of the way.",
        "The name comes from an old story. When Odysseus left Ithaca he asked his friend Mentor to look after his son.",
    ),
    ("heading", "Who runs a scheme"),
    _text(
        "Each scheme has a coordinator and a deputy. They answer people, check those who offer to mentor, and suggest"
        " pairs. Nobody handles their own match.",
        "A mentor is always someone independent of you: never your manager, a partner, or anyone at your practice.",
    ),
    ("heading", "If something is wrong"),
    _text("Write to the scheme. Its address stands on its page."),
]

PRIVACY: Body = [
    _text("What the two of you write is locked with keys that only you hold. This is our promise:"),
    ("quote", {"text": STATEMENT, "who": ""}),
    ("heading", "What we keep that we can read"),
    _points(
        "Your name, your email address and your practice.",
        "The scheme you joined, and the step you have reached.",
        "The dates on which you met.",
    ),
    ("heading", "What we keep locked"),
    _points(
        "Your messages, notes, goals and agreement: only the two of you can open them.",
        "What you tell a coordinator: only the coordinators of that scheme can open it.",
        "Your topics, your free times and your telephone number: our system opens them to find you a mentor.",
    ),
    ("heading", "Letters"),
    _text("Our emails never say who is mentored, and never what was said. You can choose even plainer ones."),
    ("heading", "Cookies"),
    _text("We use the few cookies that signing in needs. We have no others, and nobody follows you here."),
    ("heading", "When you leave"),
    _text(
        "You can take your words with you for 30 days. After the date that your scheme has set, they are destroyed,"
        " and the keys with them."
    ),
]

ACCESSIBILITY: Body = [
    _text("We want everyone to be able to use this site. You should be able to:"),
    _points(
        "use it by keyboard alone",
        "make the words twice as large, and lose nothing",
        "use it on a small telephone",
        "use it with a screen reader",
        "use it without JavaScript",
    ),
    ("heading", "How we check"),
    _text(
        "We aim at level AA of the Web Content Accessibility Guidelines 2.2. Each page is tested by a machine at every"
        " change, and walked by keyboard."
    ),
    ("heading", "What does not work yet"),
    _points(
        "Passkeys need JavaScript. A password works without it.",
        "The desk at which editors write pages needs JavaScript.",
    ),
    ("heading", "Tell us"),
    _text("If something stops you, write to your scheme. Its address stands on its page."),
]

MANAGERS: Body = [
    ("heading", "Why a practice manager has a mentor"),
    _text(
        "A practice has one manager. Nobody else in the building does your job, and some things cannot be said to the"
        " people one works with.",
        "Here you meet a manager who has done it for years, somewhere else. You can be open, because nothing in your"
        " practice hangs on it. It may last for years, and change as you do.",
    ),
    ("heading", "Who your mentor is"),
    _points(
        "an experienced practice manager",
        "never your own manager, a partner or a close colleague",
        "from outside your area, wherever that can be done",
    ),
    (
        "inset",
        "You and your mentor agree early what you expect of each other, and how you will know it is time to let go.",
    ),
]

GPS: Body = [
    ("heading", "Someone to think with"),
    _text(
        "A GP listens all day. Here someone listens to you: another GP, who knows the work and has no stake in yours.",
        "You meet about once a month. More or less is fine.",
    ),
    ("heading", "What your mentor can be"),
    ("roles", None),
    ("heading", "What you agree"),
    _text("The first time you meet, you talk through one page. It says, among other things:"),
    _points(
        "Your mentor is not your GP. Please be registered with one.",
        "You can refer yourself to the health service for practitioners.",
        "What you say stays between you, unless one of you must tell the regulator about conduct.",
        "Clinical questions go back to your own practice.",
        "How to reach each other, and on which days each of you replies.",
    ),
]

PLUS: Body = [
    ("heading", "Is it time to talk?"),
    _points("Something big is changing.", "You are under pressure.", "You want a new challenge."),
    _text(
        "Whatever brings you, an hour with someone who understands can make a large difference.",
        "Our mentors are GPs, nurses and practice managers. They are trained to listen and to ask. They also know the"
        " work, and will share what they did when you ask them.",
    ),
    ("heading", "How it goes"),
    _steps(
        ("A first chat", "See whether you get on. Then you both decide."),
        ("What would you like to change?", "You say it in your own words. Your mentor helps you to make it clear."),
        ("How much do you want it?", "You say from 1 to 10. A low number is a good thing to talk about."),
        ("What will you do first?", "One small step is enough. You decide, and you may let go."),
    ),
    _text('Maps such as GROW are there if you like them. <a href="/what-mentoring-is/">See the maps</a>'),
]

ANY: Body = [
    ("heading", "How it goes"),
    _text("You ask. The coordinator finds someone who suits you. You both say yes, and then you talk."),
]


def write_pages(at: datetime) -> None:
    """Write the first pages: home, schemes, one page for each open scheme, and the prose that every footer leads to."""
    home = HomePage.objects.get()
    if not home.body and not home.opening:
        home.opening, home.body = HOME_OPENING, HOME
        home.first_published_at = home.last_published_at = at
        home.save()
    schemes = _put(home, SchemesPage(title="Schemes", slug="schemes", body=SCHEMES), at)
    for scheme in queries.open_schemes():
        _put(
            schemes,
            SchemePage(title=scheme.name, scheme_slug=scheme.slug, slug=scheme.slug, body=_words_of(scheme)),
            at,
        )
    for slug, title, body in _prose():
        _put(home, ProsePage(title=title, slug=slug, body=body, shows_updated=slug == "what-mentoring-is"), at)


def _prose() -> Iterable[tuple[str, str, Body]]:
    yield "what-mentoring-is", "What mentoring is", MENTORING
    yield "about", "About Ithaca", ABOUT
    yield "privacy", "Privacy", PRIVACY
    yield "accessibility", "Accessibility", ACCESSIBILITY


def _words_of(scheme: Scheme) -> Body:
    if scheme.joining == Scheme.Joining.SUBSCRIPTION:
        return MANAGERS
    if scheme.maps:
        return PLUS
    return GPS if scheme.professions == ["gp"] else ANY


def _put(parent: Page, page: Page, at: datetime) -> Page:
    """Add a page below `parent`, unless one has its address already."""
    found = Page.objects.child_of(parent).filter(slug=page.slug).first()
    if found is not None:
        return found
    page.first_published_at = page.last_published_at = at
    parent.add_child(instance=page)
    return page
