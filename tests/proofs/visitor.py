"""A browser of the plainest kind: pages, cookies and forms, no script. It can send the same form again."""

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode

from allauth.core.internal.ratelimit import CACHE_LOCK_TIMEOUT

UNSURE = (OSError, http.client.HTTPException)
"""What a browser gets when the server dies under it. Whether the form was taken, it cannot know."""


@dataclass
class PageForm:
    """One form of a page, with the values that stand in it."""

    action: str
    values: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[PageForm] = []
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(PageForm(given.get("action", "")))
        if not self.found or not given.get("name"):
            return
        unticked = given.get("type") in ("radio", "checkbox") and "checked" not in given
        if tag == "input" and not unticked:
            self.found[-1].values[given["name"]] = given.get("value", "")
        if tag == "textarea":
            self._text = given["name"]
            self.found[-1].values[self._text] = ""

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self.found[-1].values[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = None


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Visitor:
    """Someone at a browser."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._opener = urllib.request.build_opener(_Stay(), urllib.request.HTTPCookieProcessor(CookieJar()))

    def _open(self, path: str, data: bytes | None) -> tuple[int, str]:
        request = urllib.request.Request(self.root + path, data)
        try:
            with self._opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def form(self, path: str, action: str, field: str = "once") -> tuple[str, dict[str, str]]:
        """Open a page; return the address and the values of its form that leads to `action` and has this field."""
        status, page = self._open(path, None)
        assert status == 200, (path, status)
        forms = _Forms()
        forms.feed(page)
        (found,) = [form for form in forms.found if action in (form.action or path) and field in form.values]
        return found.action or path, found.values

    def send(self, path: str, values: Mapping[str, str]) -> bool:
        """Send a form; True when it was taken. Raises one of UNSURE when no answer came.

        Who is told to come back later (429) does so. A web process that is killed while it counts the forms from an
        address leaves that count locked for ten seconds: a machine that restarts it sooner cannot count yet.
        """
        until = time.monotonic() + 2 * CACHE_LOCK_TIMEOUT
        status, page = self._open(path, urlencode(values).encode())
        while status == 429 and time.monotonic() < until:
            status, page = self._open(path, urlencode(values).encode())
        assert status in (302, 303), (path, status, page[:3000])
        return True

    def signs_in(self, email: str, password: str) -> None:
        path, values = self.form("/accounts/login/", "login", "password")
        self.send(path, values | {"login": email, "password": password})
