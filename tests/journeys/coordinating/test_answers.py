"""What somebody answered stands on the desk's page of them, answer by answer, and what is theirs alone does not."""

import re
from dataclasses import fields
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from ithaca.records.members.offers import Offer
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.mentorships.pairing.actions import requests
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.records.mentorships.rules.answers import Answers
from ithaca.records.schemes.vocabulary import LANGUAGES, REASONS, ROLES, SLOTS, TOPICS, WAYS
from tests.cast import make_mentor
from tests.journeys.coordinating.world import OFFER, Desk

WORDS: dict[str, dict[str, Any]] = {
    "reasons": REASONS,
    "roles": {code: role for code, (role, _meaning) in ROLES.items()},
    "topics": TOPICS,
    "slots": SLOTS,
    "ways": WAYS,
    "languages": LANGUAGES,
}


def shown(client: Client, name: str, pk: object) -> list[str]:
    """What stands in the page's list of answers."""
    page = client.get(reverse(f"coordinating:{name}", args=[pk])).text
    values = re.findall(r'<dd class="nhsuk-summary-list__value">(.*?)</dd>', page, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", " ", value)).strip() for value in values]


def missing(answers: Offer | Answers, in_words: dict[str, str], there: list[str]) -> list[str]:
    """The answers, found in the class that holds them, that do not stand there. All of them have to be given."""
    assert all(getattr(answers, field.name) not in ((), "", None) for field in fields(answers)), answers
    given = {name: ", ".join(str(words[code]) for code in getattr(answers, name)) for name, words in WORDS.items()}
    return [field.name for field in fields(answers) if (given | in_words)[field.name] not in there]


def test_the_desk_reads_all_that_a_mentor_offers(desk: Desk, cora: Client) -> None:
    offer = offer_of(desk.application)
    assert missing(offer, {"own_words": offer.own_words}, shown(cora, "application", desk.application.pk)) == []


def test_the_desk_reads_all_that_a_mentor_of_the_scheme_offers(desk: Desk, cora: Client) -> None:
    standing = make_mentor(desk.application.membership, offer=Offer(**OFFER))
    assert missing(Offer(**OFFER), {"own_words": OFFER["own_words"]}, shown(cora, "standing", standing.pk)) == []


def test_the_desk_reads_all_that_somebody_asks_for_but_the_address_they_gave(desk: Desk, cora: Client) -> None:
    row, address = desk.new_request, "omar@elsewhere.example"
    more = {"wants_near": False, "prefers": desk.cast.standing.pk, "prefers_address": address}
    requests.change_answers(row, row.version, **more)
    row.refresh_from_db()
    in_words = {"wants_near": "Further away", "prefers": desk.cast.mentor.name, "prefers_address": address}
    assert missing(answers_of(row), in_words, shown(cora, "request_desk", row.pk)) == ["prefers_address"]
    assert address not in cora.get(reverse("coordinating:request_desk", args=[row.pk])).text
