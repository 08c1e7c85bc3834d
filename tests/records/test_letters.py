"""Every letter there is: no names, no content, a plain-text part that works, one link, and a link that only opens.

The letters are found by their annotations, so a new one is held to this by itself; what it needs to be written is
looked up in `GIVEN` by the type it asks for.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, get_args, get_type_hints

import pytest
from django.apps import apps
from django.template import Engine
from django.test import Client

import ithaca.records
from ithaca.records.members.models import Membership, User
from ithaca.records.mentorships.models import Introduction, MentoringRequest, Mentorship, Session
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post import outbox
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.post.outbox import Invitation, Letter, Recipient
from tests.cast import NOW, TODAY, make_cast, sign_in
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
OURS = ("ledger", "schemes", "members", "mentorships")


def modules(package: Any) -> Iterator[Any]:
    """Every module under `records` that is about letters."""
    for found in iter_modules(package.__path__, f"{package.__name__}."):
        if found.name.split(".")[-1] in ("migrations", "wagtail_hooks"):
            continue
        module = import_module(found.name)
        if ".emails" in found.name:
            yield module
        if found.ispkg:
            yield from modules(module)


def letters() -> dict[str, Any]:
    """Every public function that writes a letter, by room and name."""
    found = {}
    for module in modules(ithaca.records):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            writes = get_type_hints(function).get("return") in (Letter, list[Letter])
            if writes and function.__module__ == module.__name__ and not name.startswith("_"):
                found[f"{module.__name__.removeprefix('ithaca.records.')}.{name}"] = function
    return found


LETTERS = letters()


def words() -> dict[str, Path]:
    """Every file of an email's words, by its folder and name."""
    files = [
        file
        for app in apps.get_app_configs()
        if app.name.startswith("ithaca.")
        for file in (Path(app.path) / "templates" / "emails").rglob("*")
        if file.is_file()
    ]
    found = {f"{file.parent.name}/{file.stem}": file for file in files}
    assert len(found) == len(files), "two files have the same name"
    return found


class Links(HTMLParser):
    """The addresses a letter leads to, and all else that it would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.hrefs += [given["href"] or ""] if tag == "a" else []
        self.fetched += [tag] if tag in ("img", "link", "script", "iframe", "form") or "src" in given else []


def given(world: World, user: User, *, discreet: bool) -> dict[Any, Any]:
    """What a letter may ask for, by its type."""
    member = next(row for row in (world.cast.mentee_member, world.cast.mentor_member) if row.user_id == user.pk)
    introduction = world.records["introduction"]
    introduction.answer_by, introduction.chat_at = TODAY + timedelta(days=7), NOW + timedelta(days=3)
    chat = '{"place": "The Blue Kettle", "way": "in_person"}'
    introduction.chat = Introduction.chat.seal(introduction, chat)
    member.user.discreet_letters = discreet
    return {
        Recipient: Recipient(user.pk, user.email, discreet),
        Membership: member,
        Scheme: world.cast.scheme,
        MentoringRequest: world.records["request"],
        Introduction: introduction,
        Mentorship: world.records["mentorship"],
        Session: world.records["session"],
        Invitation: None,
        date: TODAY + timedelta(days=5),
        datetime: NOW,
        int: 3,
        str: "/my-mentoring/",
    }


def written(function: Any, things: dict[Any, Any]) -> list[Letter]:
    """The letter, with one thing of each type it asks for."""
    hints = {name: hint for name, hint in get_type_hints(function).items() if name != "return"}
    kinds = {name: next((a for a in get_args(hint) if a is not type(None)), hint) for name, hint in hints.items()}
    unknown = {name: kind for name, kind in kinds.items() if kind not in things}
    assert not unknown, f"say in given() what a letter is handed as {unknown}"
    arguments = {name: "abc-def" if name == "token" else things[kind] for name, kind in kinds.items()}
    found = function(**arguments)
    return found if isinstance(found, list) else [found]


@pytest.fixture
def world() -> World:
    return make_world(make_cast())


def secrets(world: World) -> list[str]:
    """Names of people and places, addresses, and what was said."""
    people = [person for person in world.cast.people.values() if person]
    words = [word for person in people for word in person.name.split()] + [person.email for person in people]
    return [*words, "Z90001", "Z90002", "Blue Kettle", "960 123", "rota", "Calm", "See you on", "big_change", "S-1001"]


def test_every_letter_says_its_kind_of_step_and_nothing_of_anybody(world: World) -> None:
    count = 0
    for name, function in LETTERS.items():
        for user in (world.cast.mentee, world.cast.mentor):
            for discreet in (False, True):
                for letter in written(function, given(world, user, discreet=discreet)):
                    OutboxLetter.objects.all().delete()
                    outbox.put(letter, NOW)
                    check(f"{name}, discreet: {discreet}", letter, OutboxLetter.objects.get(), world, discreet)
                    count += 1
    print(f"{len(LETTERS)} letters, {count} written and read")  # noqa: T201 - the evidence
    assert len(LETTERS) >= 60


def test_each_email_has_one_file_of_words_and_each_file_one_email(world: World, monkeypatch: Any) -> None:
    """The folder is the module's name and the file the function's, so that either is found from the other."""
    opened: list[str] = []
    get_template = Engine.get_template

    def noting(engine: Engine, name: str) -> Any:
        opened.append(name)
        return get_template(engine, name)

    monkeypatch.setattr(Engine, "get_template", noting)
    for name, function in LETTERS.items():
        opened.clear()
        (letter,) = written(function, given(world, world.cast.mentee, discreet=False))
        _room, _dot, email = name.rpartition(".emails.")
        assert opened == [f"emails/{email.replace('.', '/')}.txt"], name
        assert opened == [f"emails/{email.split('.')[0]}/{letter.kind}.txt"], name
    emails = [name.rpartition(".emails.")[2].replace(".", "/") for name in LETTERS]
    assert sorted(emails) == sorted(words())
    assert len({email.split("/")[1] for email in emails}) == len(emails), "two emails are of the same kind"


@pytest.mark.parametrize("words", words().values(), ids=list(words()))
def test_an_email_is_translated_as_a_whole_and_its_words_have_no_conditions(words: Path) -> None:
    tags = re.findall(r"{%-?\s*(\w+)", words.read_text())
    assert tags in (["blocktranslate", "endblocktranslate"], ["blocktranslate", "plural", "endblocktranslate"])
    assert re.fullmatch(r"{% blocktranslate .*?%}\S.*\S{% endblocktranslate %}\n", words.read_text(), re.DOTALL)


def test_no_address_in_an_email_is_written_out() -> None:
    """Made by reverse, it can't outlive the page it leads to."""
    records = Path(ithaca.records.__file__).parent
    files = [file for file in records.rglob("*.py") if "emails" in file.relative_to(records).parts]
    files += [records / "mentorships/overview/actions/phone_answers.py", *Path(outbox.__file__).parent.glob("*.py")]
    assert len(files) > 20
    for file in files:
        strings = [node.value for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Constant)]
        assert not [text for text in strings if isinstance(text, str) and re.match(r"/\w", text)], file


def check(name: str, letter: Letter, sent: OutboxLetter, world: World, discreet: bool) -> None:
    assert letter.kind == name.split(",")[0].split(".")[-1], f"{name}: its kind is the name of its function"
    links, plain = Links(sent.html), re.findall(r"https?://\S+", sent.text)
    assert len(links.hrefs) == len(plain) == 1, name
    assert links.hrefs == plain, f"{name}: the two parts lead to the same place"
    assert links.fetched == [], f"{name}: nothing is fetched when a letter is opened"
    spoken = f"{sent.subject}\n{sent.text}\n{re.sub('<[^>]*>', ' ', sent.html)}".replace(plain[0], " ")
    for secret in secrets(world):
        assert not re.search(rf"\b{re.escape(secret)}\b", spoken), f"{name} says {secret}"
    assert "None" not in spoken, name
    assert "%(" not in spoken, name
    assert sent.subject, name
    assert "\n" not in sent.subject, name
    assert "mentor" not in sent.subject.lower(), f"{name}: a subject is read over a shoulder"
    assert len(sent.text.split()) > 12, f"{name}: the plain part is a letter of its own"
    if discreet and letter.to.discreet:
        assert letter.path == "/my-mentoring/" or letter.path not in sent.text, name
        assert world.cast.scheme.name not in spoken, name
        assert world.cast.scheme.contact_email not in spoken, name
    else:
        for paragraph in letter.paragraphs:
            assert paragraph in sent.text, name


WITHOUT_CONTACT = {
    *("confirm_address", "account_exists", "reset_password", "account_changed", "new_key_asked"),  # of no scheme
    *("application_to_check", "offer_to_check", "enquiry_to_answer", "request_to_read", "back_in_the_queue"),
    "signposts_to_review",
}
"""What belongs to no scheme, or goes to the people whom everybody else contacts."""


@pytest.mark.parametrize("phone", ["", "01632 960150"])
def test_every_email_of_a_scheme_says_who_to_contact_if_it_cannot_wait(world: World, phone: str) -> None:
    scheme = world.cast.scheme
    scheme.contact_phone = phone
    scheme.save()
    reach = f"call {phone} or email {scheme.contact_email}" if phone else f"email {scheme.contact_email}"
    for name, function in LETTERS.items():
        (letter,) = written(function, given(world, world.cast.mentee, discreet=False))
        OutboxLetter.objects.all().delete()
        outbox.put(letter, NOW)
        sent = OutboxLetter.objects.get()
        for part in (sent.text, unescape(sent.html)):
            assert (f"If it can't wait, {reach}." in part) == (letter.kind not in WITHOUT_CONTACT), name
            assert part.count("If it can't wait") <= 1, name


def state() -> dict[str, list[Any]]:
    """All that we keep, but for sign-ins."""
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in [*models, OutboxLetter]}


READERS = {
    **dict.fromkeys(("application_to_check", "offer_to_check", "asked_to_deputise"), "coordinator"),
    **dict.fromkeys(("enquiry_to_answer", "request_to_read", "back_in_the_queue"), "coordinator"),
    **dict.fromkeys(("asked_to_mediate", "help_wanted", "no_more_wanted"), "stranger"),  # who mediates in this world
}
"""Whom a letter is for, by its kind, where it is for neither of the two."""


def test_the_link_of_every_letter_leads_its_reader_to_a_page(world: World) -> None:
    clients = {name: sign_in(Client(), person) for name, person in world.cast.people.items() if person}
    for name, function in LETTERS.items():
        answers = {}
        for part, user in (("mentee", world.cast.mentee), ("mentor", world.cast.mentor)):
            for letter in written(function, given(world, user, discreet=False)):
                reader = READERS.get(letter.kind, part)
                answers[reader, letter.path] = clients[reader].get(letter.path, follow=True).status_code
                never_signed_in = Client().get(letter.path).status_code
                assert never_signed_in in (200, 302, 410), f"{name}: {letter.path} answers {never_signed_in}"
        leads = 410 if "token" in get_type_hints(function) else 200  # the token was never given to anybody
        assert leads in answers.values(), f"{name}: {answers}"


def test_opening_the_link_of_any_letter_changes_nothing(world: World) -> None:
    """As the recipient, and as a scanner of mail that fetches every link without having signed in."""
    visited: set[tuple[str, str]] = set()
    for user in (world.cast.mentee, world.cast.mentor):
        client = sign_in(Client(), user)
        paths = {
            letter.path
            for function in LETTERS.values()
            for letter in written(function, given(world, user, discreet=False))
        }
        before = state()
        for path in sorted(paths):
            for visitor in (client, Client()):
                visitor.get(path)
                visitor.head(path)
            visited.add((user.name, path))
        assert state() == before
    print(f"{len(visited)} links opened")  # noqa: T201 - the evidence
    assert len(visited) > 15
