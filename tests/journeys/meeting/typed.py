"""What a person types, and what a page says back."""

import re
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

APOSTROPHE = re.compile("&#x27;|&#39;")
MONDAY = {"day_0": "30", "day_1": "11", "day_2": "2026"}


def session(**changes: Any) -> dict[str, Any]:
    """The form of a session, filled in for Monday 30 November 2026, 4:30pm."""
    form = {**MONDAY, "clock": "4:30pm", "minutes": "60", "way": "video", "place": "https://meet.example/abc"}
    return {**form, "once": str(uuid4()), **changes}


def press(**more: Any) -> dict[str, Any]:
    return {"once": str(uuid4()), **more}


def text(response: HttpResponse) -> str:
    """The page with its spaces made one and its apostrophes plain, so that a sentence can be looked for.

    Other characters stay escaped, so that a test can see they are.
    """
    return " ".join(APOSTROPHE.sub("'", response.content.decode()).split())


def see(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.status_code
    return text(response)
