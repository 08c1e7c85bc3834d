"""What the tests of pairing's pages have in common."""

import html
import re
from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from ithaca.records.mentorships.models import (
    Introduction,
    MentoringRequest,
)
from ithaca.records.mentorships.pairing.actions import questions
from ithaca.records.schemes.models import Scheme
from tests.cast import NOW, Cast, keyring_of
from tests.records.mentorships.pairs import (
    accept_as_mentor,
    asked,
    fresh,
)

QUESTION, ANSWER = "Is it the numbers or the people?", "The people, mostly."
QUICK = {
    "first_name": "Jo",
    "way": "phone",
    "reach_at": "01632 960 000",
    "good_time": "Tuesday after 6pm",
    "line": "Help",
}
OTHERS = ["visitor", "coordinator", "deputy", "stranger", "outsider"]
NEW = "new.mentor@elsewhere.example"


def questioned(cast: Cast) -> Introduction:
    row = asked(cast)
    ring = keyring_of(cast.mentor)
    questions.ask(row, QUESTION, keyring=ring, actor=cast.mentor.pk, at=NOW, form=uuid4())
    return fresh(row)


def the_list(page: str) -> list[str]:
    return re.findall(r"<li>([^<]*)</li>", page)


def text_of(response) -> str:
    """The page as its reader sees it: entities unescaped, spaces one."""
    return " ".join(html.unescape(response.content.decode()).split())


def begin(client: Client, cast: Cast) -> MentoringRequest:
    client.post(f"/schemes/{cast.scheme.slug}/requests/new/", {"once": str(uuid4()), "reasons": ["new_in_post"]})
    return MentoringRequest.objects.get(membership=cast.mentee_member)


def press(client: Client, path: str, **more):
    return client.post(path, {"once": str(uuid4()), **more})


def came_to_chat(cast: Cast) -> Introduction:
    Scheme.objects.filter(pk=cast.scheme.pk).update(first_chat=True)
    introduction = asked(cast)
    accept_as_mentor(introduction)
    return fresh(introduction)


def chat(days: int = 3, **changes) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=days)
    form = {"day_0": day.day, "day_1": day.month, "day_2": day.year, "time": "1:30pm", "way": "phone", "place": "1"}
    return {key: str(value) for key, value in (form | changes).items()}


def queries_of(client: Client, path: str, counter) -> int:
    with counter(60) as counted:
        assert client.get(path).status_code == 200
    return len(counted)
