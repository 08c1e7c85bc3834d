"""The words of the first pages, in our own. `write_pages` puts each where no page is yet, never over an editor's."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wagtail.models import Page

from ithaca.publishing.models import HomePage, ProsePage, SchemePage, SchemesPage
from ithaca.publishing.statement import STATEMENT
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries import schemes as scheme_queries

Body = list[tuple[str, Any]]


def _text(*paragraphs: str) -> tuple[str, str]:
    return "paragraph", "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _points(*points: str) -> tuple[str, str]:
    return "paragraph", "<ul>" + "".join(f"<li>{point}</li>" for point in points) + "</ul>"


def _steps(*steps: tuple[str, str]) -> tuple[str, list[dict[str, str]]]:
    return "steps", [{"heading": heading, "text": text} for heading, text in steps]


HOME_OPENING = "A mentor is someone who's been where you are, has time for you, and wants nothing from you."

HOME: Body = [
    _text(
        "Working in general practice can be lonely. You may have nobody to try an idea out on, or to tell when"
        " things are hard.",
        "We introduce you to someone from another practice. About once a month, you talk about what matters to you."
        ' <a href="/what-mentoring-is/">What mentoring is</a>',
    ),
    _steps(
        ("You ask", "It takes 2 minutes, and you don't need an account."),
        ("We read your request", "The scheme's coordinator replies within 2 working days."),
        ("You meet someone", "You both say yes first, and either of you can stop at any time."),
    ),
]

SCHEMES: Body = [
    _text("Each scheme has a small team, and is for people in certain jobs. Choose the one that fits you.")
]

MENTORING: Body = [
    _text(
        "Mentoring is a conversation between two people. One brings a question, a worry or a plan. The other listens,"
        " asks questions, and helps them find their own answer.",
        "A mentor has often been in the same kind of situation. They'll ask questions first, and then they may say what"
        " they did. They won't tell you what to do.",
    ),
    ("heading", "What mentoring is built on"),
    _points(
        "You choose to come, and you choose to stay.",
        "You decide what to talk about. Your goals are your own.",
        "What you say stays between the two of you.",
        "It's a journey, so nobody expects a quick fix.",
        "Questions come before answers.",
        "Your mentor isn't selling anything, and isn't recruiting.",
    ),
    ("heading", "What a mentor can be for you"),
    _text("Most people don't want all 8. You say which ones you'd like, and you can change them as you go."),
    ("roles", None),
    ("heading", "What mentoring isn't"),
    _points(
        "It isn't an assessment. Nothing is marked, and nobody is told how you did.",
        "Your mentor isn't your doctor. For your own health, see your own GP.",
        "Your mentor isn't your clinical supervisor. If you have a clinical question, they'll ask you to take it to "
        "someone at your practice.",
        "It isn't for emergencies. If someone is in danger, call 999.",
    ),
    ("heading", "Two ways to structure a conversation"),
    _text("Some people like a structure for the conversation. You can use either of these, or neither."),
    (
        "details",
        {
            "summary": "GROW",
            "text": "<p>It has 4 parts: the goal you want, the reality you're in, the options you have, and what"
            " you will do.</p>",
        },
    ),
    (
        "details",
        {
            "summary": "The Skilled Helper",
            "text": "<p>It asks 3 questions. What's going on? What would be better? How do I get there? Each one"
            " opens into smaller questions, and you can go back at any time.</p>",
        },
    ),
    _text("Whichever you choose, it helps to ask yourself: how much do I want this change, from 1 to 10?"),
    _text('<a href="/schemes/">Find someone to talk to</a>'),
]

ABOUT: Body = [
    _text(
        "Ithaca helps small schemes bring people in general practice together, and then keeps out of the way.",
        "The name comes from an old story. When Odysseus left Ithaca, he asked his friend Mentor to look after his"
        " son.",
    ),
    ("heading", "Who runs a scheme"),
    _text(
        "Each scheme has a coordinator and a deputy. They reply to people, check those who offer to mentor, and suggest"
        " matches. Nobody handles their own match.",
        "Your mentor is always independent of you. They're never your manager, a partner, or anyone at your practice.",
    ),
    ("heading", "If something is wrong"),
    _text("Email the scheme: the address is on the scheme's page."),
]

PRIVACY: Body = [
    _text("What you both write is locked with keys that only you hold. This is our promise:"),
    ("quote", {"text": STATEMENT, "who": ""}),
    ("heading", "What we keep, and can read"),
    _points(
        "Your name, your email address and your practice.",
        "The scheme you joined, and how far you've got.",
        "The dates when you met.",
    ),
    ("heading", "What we keep locked"),
    _points(
        "Your messages, notes, goals and agreement. Only you and the other person can open them.",
        "What you tell a coordinator. Only the coordinators of that scheme can open it.",
        "Your topics, your free times and your phone number. Our system opens them to find you a mentor.",
    ),
    ("heading", "Emails"),
    _text(
        "Our emails never say who is being mentored, or what anyone has said. You can choose emails that say even less."
    ),
    ("heading", "Cookies"),
    _text("We only use the cookies that you need to sign in. We don't track you."),
    ("heading", "When you leave"),
    _text(
        "You have 30 days to take a copy of what you wrote. After the date that your scheme has set, we destroy it,"
        " and the keys with it."
    ),
]

ACCESSIBILITY: Body = [
    _text("We want everyone to be able to use this site. You should be able to:"),
    _points(
        "use it with only a keyboard",
        "make the text twice as large, without losing anything",
        "use it on a small phone",
        "use it with a screen reader",
        "use it without JavaScript",
    ),
    ("heading", "How we check"),
    _text(
        "We aim to meet level AA of the Web Content Accessibility Guidelines 2.2. Every time we change"
        " something, each page is tested automatically and checked with a keyboard."
    ),
    ("heading", "What doesn't work yet"),
    _points(
        "Passkeys need JavaScript. A password works without it.",
        "The pages where editors write need JavaScript.",
    ),
    ("heading", "Tell us"),
    _text("If something stops you using this site, email your scheme: the address is on the scheme's page."),
]

MANAGERS: Body = [
    ("heading", "Why have a mentor as a practice manager?"),
    _text(
        "A practice has one manager. Nobody else in the building does your job, and there are some things you can't say"
        " to the people you work with.",
        "Here you meet a manager who has done the job for years, somewhere else. You can be open, because nothing in"
        " your practice depends on it. Your mentoring can last for years, and change as you do.",
    ),
    ("heading", "Who your mentor is"),
    _points(
        "an experienced practice manager",
        "never your own manager, a partner or a close colleague",
        "from outside your area, wherever possible",
    ),
    (
        "inset",
        "Early on, you and your mentor agree what you expect of each other, and how you'll know it's time to let go.",
    ),
]

GPS: Body = [
    ("heading", "Someone to talk things through with"),
    _text(
        "You listen all day. Here, someone listens to you: another GP, who knows the work and has no stake in yours.",
        "You meet about once a month. It's fine to meet more or less often.",
    ),
    ("heading", "What your mentor can be for you"),
    ("roles", None),
    ("heading", "What you agree"),
    _text("The first time you meet, you talk through a one-page agreement. Among other things, it covers:"),
    _points(
        "Your mentor isn't your GP, so please be registered with one.",
        "You can refer yourself to the health service for practitioners.",
        "What you say stays between you, unless one of you has to tell the regulator about conduct.",
        "Clinical questions go back to your own practice.",
        "How you'll contact each other, and which days each of you replies.",
    ),
]

PLUS: Body = [
    ("heading", "Is it time to talk?"),
    _points("Something big is changing.", "You're under pressure.", "You want a new challenge."),
    _text(
        "Whatever brings you here, an hour with someone who understands can make a big difference.",
        "Our mentors are GPs, nurses and practice managers. They're trained to listen and ask questions. They also know"
        " the work, and will share what they did if you ask them.",
    ),
    ("heading", "How it works"),
    _steps(
        ("A first chat", "See whether you get on. Then you both decide."),
        ("What would you like to change?", "You say it in your own words, and your mentor helps you make it clear."),
        ("How much do you want it?", "You say from 1 to 10. A low number is a good thing to talk about."),
        ("What will you do first?", "One small step is enough. You decide, and you can let it go."),
    ),
    _text('You can use maps such as GROW if you like. <a href="/what-mentoring-is/">See the maps</a>'),
]

ANY: Body = [
    ("heading", "How it works"),
    _text(
        "You ask for a mentor, and the coordinator finds someone who suits you. You both say yes, and then you talk."
    ),
]


def write_pages(at: datetime) -> None:
    """Write the first pages: home, schemes, one for each open scheme, and the prose that every footer links to."""
    home = HomePage.objects.get()
    if not home.body and not home.opening:
        home.opening, home.body = HOME_OPENING, HOME
        home.first_published_at = home.last_published_at = at
        home.save()
    schemes = _put(home, SchemesPage(title="Schemes", slug="schemes", body=SCHEMES), at)
    for scheme in scheme_queries.open_schemes():
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
