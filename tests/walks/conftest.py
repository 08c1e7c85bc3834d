"""The stage of the walks: a scheme from its preset, practices, the coordinators, and browsers for those who come."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, Page

from ithaca.publishing.demo_pages import write_pages
from ithaca.records.members.models import Area, Organisation, Placement
from ithaca.records.schemes.actions import appointments, mailboxes, schemes
from ithaca.records.schemes.models import Appointment, Scheme
from ithaca.records.schemes.presets import PRESETS
from tests.cast import keyring_of, make_person
from tests.walks.person import Person, arrives

BEGIN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday


@pytest.fixture
def scheme(transactional_db: None, clock: time_machine.Traveller, preset: str) -> Scheme:
    """A scheme opened from its preset by two coordinators, with its pages, and practices in two areas."""
    clock.move_to(BEGIN)
    chosen = next(each for each in PRESETS if each.slug == preset)
    scheme = schemes.open_scheme(chosen, f"{preset}@ithaca.example", BEGIN.date() - timedelta(days=400))
    cora, dev = make_person("Cora Lane"), make_person("Dev Shah")
    for who, duty in ((cora, Appointment.Duty.COORDINATOR), (dev, Appointment.Duty.DEPUTY)):
        appointments.appoint(scheme, who.pk, duty, BEGIN.date() - timedelta(days=300))
    mailboxes.open_mailbox(scheme, keyring_of(cora), [cora.pk, dev.pk])
    for code, name, area in (("Z90001", "Harbour View Surgery", "QZ1"), ("Z90002", "Oak Tree Practice", "QZ2")):
        practice = Organisation.objects.create(code=code, name=name, postcode=f"ZZ{area[-1]} 1ZZ", setting="4")
        for kind, lies_in in (("region", "Y99"), ("icb", area), ("sub_icb", f"{area}S")):
            found, _ = Area.objects.get_or_create(code=lies_in, defaults={"kind": kind})
            Placement.objects.create(organisation=practice, area=found, since=BEGIN.date() - timedelta(days=2000))
    write_pages(BEGIN)
    return scheme


@pytest.fixture
def person(
    browser: Browser,
    live_server: Any,
    browser_context_args: dict[str, Any],
    scripts: bool,
    request: pytest.FixtureRequest,
) -> Iterator[Callable[[str], Person]]:
    """Make people who arrive with a browser of their own. Where a walk fails, their last pages are kept as pictures."""
    contexts: list[BrowserContext] = []
    failed_before = request.session.testsfailed

    def new_page(**options: Any) -> Page:
        contexts.append(browser.new_context(**browser_context_args, **options))
        return contexts[-1].new_page()

    yield arrives(new_page, live_server.url, scripts=scripts)
    for number, context in enumerate(contexts):
        if request.session.testsfailed > failed_before:
            context.pages[0].screenshot(path=f"var/walks/{request.node.name}-{number}.png", full_page=True)
        context.close()
