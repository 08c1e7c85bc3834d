"""How each step of the stage tables is taken: which form a person sends where, or what the schedule is left to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ithaca.journeys.operating.schedule import tick
from tests.cast import Cast

Fields = dict[str, Any]


@dataclass
class Scene:
    """A record in one stage. `keys` are the uuids of other records that forms and addresses name."""

    cast: Cast
    row: Any
    keys: Fields


@dataclass(frozen=True)
class Press:
    """A form is sent to `route`, for the record whose uuid is called `pk` among the scene's keys.

    `change` brings about what the step waits for. `begin` is the stage to begin in when the step is one of several that
    a press takes, and `who` sends it when the step's own party is the schedule.
    """

    route: str
    fields: Callable[[Scene], Fields] | None = None
    pk: str = "row"
    slug: str = ""
    change: Callable[[Scene], object] | None = None
    begin: str = ""
    who: str = ""

    def __call__(self, scene: Scene, client: Client) -> int:
        if self.change:
            self.change(scene)
        keys = {"slug": self.slug} if self.slug else {"pk": scene.keys.get(self.pk, scene.row.pk)}
        fields = self.fields(scene) if self.fields else {}
        return client.post(reverse(self.route, kwargs=keys), {"once": str(uuid4()), **fields}).status_code


@dataclass(frozen=True)
class Later:
    """The schedule runs, so many days later, after `change` has brought about what it waits for."""

    days: int = 0
    change: Callable[[Scene], object] | None = None
    begin: str = ""
    who: str = ""

    def __call__(self, scene: Scene, _client: Client | None = None) -> int:
        if self.change:
            self.change(scene)
        tick(timezone.now() + timedelta(days=self.days))
        return 200
