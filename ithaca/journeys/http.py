"""The request that every view of ours receives."""

from django.http import HttpRequest

from ithaca.access.actor import Actor


class Request(HttpRequest):
    """A request with the person behind it; `ActorMiddleware` sets it."""

    actor: Actor
