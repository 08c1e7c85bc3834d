"""The request that every view of ours receives."""

from django.http import HttpRequest

from ithaca.access.actor import Actor


class Request(HttpRequest):
    """A request with the person behind it; `ActorMiddleware` sets it."""

    actor: Actor


LEFT_BEHIND = "left-behind"
"""The field of a carried form that names each file that it could not carry."""
