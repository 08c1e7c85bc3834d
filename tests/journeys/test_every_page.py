"""Every page has one main heading and a title, and says beside each box who reads what is written in it.

The pages are found by their routes, so a new one is held to this by itself. The record behind a page is put into one
stage after the other, and the page is read by each of its people when it is there for the first time.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ithaca.access import policy
from tests.access.test_gate import WHO_IS_WHO
from tests.access.test_knocking import addresses, clients
from tests.cast import make_cast
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
SAY_WHO_READS = {
    "coordinating:enquiry",
    "joining:join",
    "joining:keep_away",
    "joining:membership_renew",
    "joining:membership_step",
    "meeting:agreement_change",
    "meeting:goals",
    "meeting:map_grow",
    "meeting:map_helper",
    "meeting:messages",
    "meeting:notes",
    "meeting:roles",
}
"""The pages that say who reads what stands on them, beside what each box says."""
ANYBODY = ("visitor", "mentee", "coordinator")
FORM = re.compile(r"<form.*?</form>", re.DOTALL)
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
TITLE = re.compile(r"<title>\s*(Error: )?\S[^<]* [-–] [^<]+</title>")


@pytest.fixture
def world() -> World:
    return make_world(make_cast())


def pages(world: World, noun: str | None) -> Iterator[tuple[str, str]]:
    """Yield (name, address) of each route to a record of this noun, or to none."""
    for name, of, address in addresses(world):
        if of == noun:
            yield name, address
    if noun == "request":
        yield "pairing:request_edit, story", reverse("pairing:request_edit", args=[world.records[noun].pk, "story"])


def main_of(text: str) -> str:
    """The page without its frame."""
    return text.partition("<main")[2].partition("</main")[0]


def faults(text: str) -> Iterator[str]:
    """What a page lacks."""
    main = main_of(text)
    headings = [re.sub(r"<[^>]+>", "", heading).strip() for heading in HEADING.findall(main)]
    if len(headings) != 1 or not headings[0]:
        yield f"its main headings are {headings}"
    if not TITLE.search(text):
        yield "it has no title"
    for form in FORM.findall(main):
        if form.count("ithaca-read-by") < form.count("<textarea"):
            yield "a box does not say who reads what is written in it"


def stages(noun: str | None, row: Any) -> Iterator[str]:
    """Put the record into each of its stages in turn, and back into its own. What has no stages is as it is."""
    table = policy.STAGED.get(noun or "")
    if table is None:
        yield ""
        return
    for stage in (*table.stages, row.stage):
        type(row).objects.filter(pk=row.pk).update(stage=stage)
        yield stage


def test_every_page_says_what_it_is_and_every_box_who_reads_it(world: World) -> None:
    everyone, seen, wrong, boxes = clients(world.cast), set[tuple[str, str]](), [], 0
    say: set[str] = set()
    for noun, row in [(None, None), *world.records.items()]:
        players = [player for player in (WHO_IS_WHO[noun] if noun else ANYBODY) if player != "deputy"]
        for stage in stages(noun, row):
            for (name, address), player in product(pages(world, noun), players):
                if (name, player) in seen or not (text := read(everyone[player], address)):
                    continue
                seen.add((name, player))
                say |= {name} if "ithaca-read-by" in FORM.sub("", main_of(text)) else set()
                boxes += text.count("<textarea")
                wrong += [f"{name} ({stage}), for the {player}: {fault}" for fault in faults(text)]
    assert wrong == []
    assert say == SAY_WHO_READS
    names = {name for name, _player in seen}
    print(f"{len(names)} pages and {boxes} boxes")  # noqa: T201 - the count is part of the evidence
    assert len(names) > 95
    assert boxes > 50


def read(client: Client, address: str) -> str:
    """The page, or nothing where there is none for this person now."""
    answer = client.get(address)
    is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return answer.content.decode() if is_page else ""
